"""Addresses of transactions."""

from django.urls import path

from transactions.views import categories, entries, importing, kept_accounts, profiles, wallets

app_name = "transactions"
urlpatterns = [
    path("transactions/", entries.index, name="list"),
    path("transactions/sums/", entries.sums, name="sums"),
    path("transactions/suggest/", entries.suggest, name="suggest"),
    path("transactions/add/", entries.create, name="create"),
    path("transactions/<int:pk>/edit/", entries.update, name="update"),
    path("transactions/<int:pk>/delete/", entries.delete, name="delete"),
    path("wallets/", wallets.index, name="wallets"),
    path("wallets/add/", wallets.create, name="wallet-create"),
    path("wallets/<int:pk>/edit/", wallets.update, name="wallet-update"),
    path("wallets/<int:pk>/archive/", wallets.archive, name="wallet-archive"),
    path("wallets/<int:pk>/reopen/", wallets.reopen, name="wallet-reopen"),
    path("wallets/<int:pk>/delete/", wallets.delete, name="wallet-delete"),
    path("categories/", categories.index, name="categories"),
    path("categories/add/", categories.create, name="category-create"),
    path("categories/<int:pk>/edit/", categories.update, name="category-update"),
    path("categories/<int:pk>/archive/", categories.archive, name="category-archive"),
    path("categories/<int:pk>/reopen/", categories.reopen, name="category-reopen"),
    path("categories/<int:pk>/merge/", categories.merge, name="category-merge"),
    path("categories/<int:pk>/delete/", categories.delete, name="category-delete"),
    path("transactions/import/", importing.upload, name="import"),
    path("transactions/import/<int:pk>/", importing.check, name="import-check"),
    path("transactions/import/<int:pk>/read/", importing.read, name="import-read"),
    path("transactions/import/<int:pk>/choose/", importing.choose, name="import-choose"),
    path("transactions/import/<int:pk>/commit/", importing.commit, name="import-commit"),
    path("transactions/import/<int:pk>/discard/", importing.discard, name="import-discard"),
    path("transactions/imports/", importing.batches, name="imports"),
    path("transactions/imports/<int:pk>/", importing.done, name="import-done"),
    path("transactions/imports/<int:pk>/take-back/", importing.take_back, name="import-take-back"),
    path("transactions/imports/profiles/", profiles.index, name="profiles"),
    path("transactions/imports/profiles/<int:pk>/edit/", profiles.update, name="profile-update"),
    path("transactions/imports/profiles/<int:pk>/delete/", profiles.delete, name="profile-delete"),
    path("transactions/imports/accounts/<int:pk>/edit/", kept_accounts.update, name="account-update"),
    path("transactions/imports/accounts/<int:pk>/delete/", kept_accounts.delete, name="account-delete"),
]
