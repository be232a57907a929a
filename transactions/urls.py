"""Addresses of transactions."""

from django.urls import path

from transactions.views import entries

app_name = "transactions"
urlpatterns = [
    path("transactions/", entries.index, name="list"),
    path("transactions/sums/", entries.sums, name="sums"),
    path("transactions/suggest/", entries.suggest, name="suggest"),
    path("transactions/add/", entries.create, name="create"),
    path("transactions/<int:pk>/edit/", entries.update, name="update"),
    path("transactions/<int:pk>/delete/", entries.delete, name="delete"),
]
