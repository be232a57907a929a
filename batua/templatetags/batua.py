"""Tags and filters of every template: icons and amounts. They print; rules live elsewhere."""

from typing import Any

from django import template
from django.utils.safestring import SafeString

from batua import display

register = template.Library()


@register.simple_tag
def icon(name: str, css_class: str = "icon") -> SafeString:
    """A picture from the sprite."""
    return display.picture(name, css_class)


@register.filter
def counted(number: int, locale: str) -> str:
    """How many, as the locale writes it."""
    return display.count(number, locale=locale)


@register.simple_tag(takes_context=True)
def amount(context: dict[str, Any], value: Any, kind: str = "plain") -> SafeString | str:
    """An amount in the household's currency, written the member's way."""
    if value is None or value == "":
        return ""
    request = context["request"]
    return display.amount(value, currency=request.household.currency, locale=request.user.locale, kind=kind)
