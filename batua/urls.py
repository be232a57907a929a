"""Where every address leads. Closed by default: only what is marked here or by its view is open to strangers."""

from django.conf import settings
from django.contrib import admin
from django.urls import include, path

from batua import api, api_docs, leaving, mailbox, onboarding, styleguide
from batua.demo import views as demo

urlpatterns = [
    path("", include("accounts.urls")),
    path("", include("reports.urls")),
    path("", include("transactions.urls")),
    path("", include("budgets.urls")),
    path("", include("batua.backup.urls")),
    path("profile/delete/", leaving.delete, name="delete-account"),
    path("household/start/", onboarding.start_household, name="household-start"),
    path("api/docs/", api_docs.show, name="api-docs"),
    path("api/", api.urls),
    path("accounts/", include("allauth.account.urls")),
    path("accounts/factors/", include("allauth.mfa.urls")),
    path("admin/", admin.site.urls),
]

# Asked for by allauth, where one of its limits is used up.
handler429 = "batua.limits.too_many"

if settings.LOCAL_MAIL:
    urlpatterns.append(path("mail/", mailbox.show, name="mailbox"))
if settings.DEBUG:
    urlpatterns.append(path("styleguide/", styleguide.show, name="styleguide"))
    urlpatterns.append(path("demo/", demo.visit, name="demo"))
