"""The page on which people read about the API and try it."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_GET


@login_not_required
@require_GET
@ensure_csrf_cookie
def show(request: HttpRequest) -> HttpResponse:
    return render(request, "api/docs.html")
