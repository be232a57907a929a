"""Before a sensitive act a person shows once more that it is them; how is a matter of password and factors."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.reauthentication import is_reauthentication_required
from django.contrib import messages
from django.http import HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import resolve_url
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRedirect


def confirmed(*, back_to: str) -> Callable[..., Any]:
    """Marks a view that opens only to who signed in, or showed it once more, within the last five minutes.

    Afterwards they are at ``back_to``, the page with the button: a download would leave them at the question.
    """

    def decorate(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
        @wraps(view)
        def guarded(request: Any, *args: Any, **options: Any) -> HttpResponseBase:
            if not is_reauthentication_required(request, app="batua"):
                return view(request, *args, **options)
            messages.info(request, _("Then press the button once more."))
            question = get_adapter(request).get_reauthentication_methods(request.user)[0]["url"]
            address = f"{question}?{urlencode({'next': resolve_url(back_to)})}"
            return HttpResponseClientRedirect(address) if request.htmx else HttpResponseRedirect(address)

        return guarded

    return decorate
