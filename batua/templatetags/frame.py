"""The places of the frame, the same for the sidebar of a desk and the bar of a phone."""

from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

from django import template
from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

register = template.Library()


@dataclass(frozen=True)
class Place:
    label: str | Promise
    icon: str
    url_name: str
    # The views that count as being here: URL names, or their beginnings.
    covers: tuple[str, ...]
    is_current: bool = False

    @cached_property
    def url(self) -> str:
        return reverse(self.url_name)


@dataclass(frozen=True)
class Navigation:
    """All places in order, and the same places as a phone shares them out around its plus."""

    places: tuple[Place, ...]
    is_profile: bool

    @property
    def before_plus(self) -> tuple[Place, ...]:
        return self.places[:2]

    @property
    def after_plus(self) -> tuple[Place, ...]:
        return self.places[2:3]

    @property
    def more(self) -> tuple[Place, ...]:
        return self.places[3:]

    @property
    def is_in_more(self) -> bool:
        return any(place.is_current for place in self.more)


_ENTRIES = ("transactions:list", "transactions:create", "transactions:update", "transactions:delete")
PLACES = (
    Place(_("Home"), "house", "reports:dashboard", ("reports:dashboard",)),
    Place(_("Transactions"), "receipt-text", "transactions:list", _ENTRIES),
    Place(_("Budgets"), "target", "budgets:list", ("budgets:",)),
    Place(_("Charts"), "chart-column", "reports:charts", ("reports:charts", "reports:payees")),
    Place(_("Calendar"), "calendar-days", "reports:calendar", ("reports:calendar",)),
    Place(_("Import"), "file-up", "transactions:import", ("transactions:import",)),
    Place(_("Export"), "download", "reports:export", ("reports:export",)),
    Place(_("Wallets"), "wallet", "transactions:wallets", ("transactions:wallet",)),
    Place(_("Categories"), "tags", "transactions:categories", ("transactions:categor",)),
)


@lru_cache(256)
def places_at(view_name: str) -> Navigation:
    """The navigation as it stands on the page of that view; the same for everybody, its words wait for a language."""
    return Navigation(
        tuple(
            Place(place.label, place.icon, place.url_name, place.covers, view_name.startswith(place.covers))
            for place in PLACES
        ),
        is_profile=view_name.startswith("accounts:"),
    )


@register.simple_tag
def unchanging(template_name: str) -> SafeString:
    """A part of the frame that says the same to everybody: drawn once for each language, as the code has it."""
    language = get_language() or ""
    return render_to_string(template_name) if settings.DEBUG else _drawn(template_name, language)


@lru_cache(64)
def _drawn(template_name: str, language: str) -> SafeString:
    return render_to_string(template_name)


@register.simple_tag(takes_context=True)
def navigation(context: dict[str, Any]) -> Navigation:
    """Where one can go, with the place of this page marked."""
    return places_at(_view_name(context))


@register.simple_tag(takes_context=True)
def places(context: dict[str, Any], template_name: str) -> SafeString:
    """The links of a ``nav``, the same to everybody on the pages of a view: drawn once for each view and language."""
    view_name, language = _view_name(context), get_language() or ""
    draw = _draw_places if settings.DEBUG else _drawn_places
    return draw(template_name, view_name, language)


def _draw_places(template_name: str, view_name: str, language: str) -> SafeString:
    return render_to_string(template_name, {"nav": places_at(view_name)})


_drawn_places = lru_cache(1024)(_draw_places)


def _view_name(context: dict[str, Any]) -> str:
    match = context["request"].resolver_match
    return match.view_name if match else ""
