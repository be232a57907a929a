"""The addresses of Batua, and one whose view breaks."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import path

from batua import urls


@login_not_required
def break_down(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("This view breaks, so that the page for it can be looked at.")


urlpatterns = [*urls.urlpatterns, path("broken/", break_down)]
