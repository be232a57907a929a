"""Where every address leads. Closed by default: only what is marked here or by its view is open to strangers."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("", include("accounts.urls")),
    path("", include("reports.urls")),
    path("", include("transactions.urls")),
    path("", include("budgets.urls")),
    path("accounts/", include("allauth.account.urls")),
    path("admin/", admin.site.urls),
]
