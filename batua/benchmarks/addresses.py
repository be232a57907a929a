"""The product's addresses and one more: a page that costs what every page costs, and nothing else."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from batua import urls


def empty(request: HttpRequest) -> HttpResponse:
    """Signed in, through all middleware, with nothing to say."""
    return HttpResponse("")


urlpatterns = [*urls.urlpatterns, path("benchmark/empty/", empty, name="benchmark-empty")]
