"""Batua's addresses, and one that takes its time and one that breaks."""

import os
import time

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import path

from batua.urls import urlpatterns as own


@login_not_required
def slow(request: HttpRequest) -> HttpResponse:
    time.sleep(float(request.GET["seconds"]))
    return HttpResponse(str(os.getpid()))


@login_not_required
def broken(_request: HttpRequest) -> HttpResponse:
    raise RuntimeError("broken on purpose")


urlpatterns = [*own, path("slow/", slow, name="slow"), path("broken/", broken, name="broken")]
