"""What a member may choose of dates, numbers, money and time, and good guesses for someone new."""

import zoneinfo
from dataclasses import dataclass

from babel import Locale, UnknownLocaleError
from babel.core import get_global
from babel.numbers import get_currency_name

from batua import money

LOCALES = (
    "en-IN", "hi-IN", "bn-IN", "ta-IN", "te-IN", "mr-IN", "gu-IN", "en-US", "en-GB", "en-AU", "en-CA", "en-SG", "de-DE",
    "de-AT", "de-CH", "fr-FR", "fr-CA", "fr-CH", "es-ES", "es-MX", "it-IT", "pt-BR", "pt-PT", "nl-NL", "pl-PL", "cs-CZ",
    "hu-HU", "sv-SE", "nb-NO", "da-DK", "fi-FI", "tr-TR", "ru-RU", "uk-UA", "ja-JP", "ko-KR", "zh-CN",
)  # fmt: skip
WEEKDAYS = range(7)


@dataclass(frozen=True)
class Guess:
    """Preferences read from what a browser says of itself; zone and all else can be changed at once."""

    locale: str = "en-IN"
    currency: str = "INR"
    week_start: int = 0


def guess(accept_language: str) -> Guess:
    """The first language of an Accept-Language header that we know, with its country's currency and first weekday."""
    for part in accept_language.split(","):
        tag = part.split(";")[0].strip()
        known = _known(tag)
        if known:
            locale = Locale.parse(known, sep="-")
            return Guess(known, _currency_of(locale.territory or ""), locale.first_week_day)
    return Guess()


def _known(tag: str) -> str | None:
    by_tag = {locale.lower(): locale for locale in LOCALES}
    if tag.lower() in by_tag:
        return by_tag[tag.lower()]
    language = tag.split("-")[0].lower()
    if language == "en":  # English without a country, or of one we do not list, says nothing of where someone lives
        return "en-US" if tag.lower() in {"en", "en-us"} else None
    return next((locale for locale in LOCALES if locale.split("-")[0] == language), None)


def _currency_of(territory: str) -> str:
    in_use = [
        code
        for code, _start, end, tender in get_global("territory_currencies").get(territory, [])
        if not end and tender
    ]
    return in_use[0] if in_use and in_use[0] in money.CURRENCIES else "INR"


def locale_choices() -> list[tuple[str, str]]:
    """Each locale with its name and how it writes an amount."""
    choices = []
    for tag in LOCALES:
        try:
            name = Locale.parse(tag, sep="-").get_display_name("en") or tag
        except UnknownLocaleError:
            continue
        choices.append((tag, name))
    return sorted(choices, key=lambda choice: choice[1])


def currency_choices() -> list[tuple[str, str]]:
    return [(code, f"{code} · {get_currency_name(code, locale='en')}") for code in money.CURRENCIES]


def zone_choices() -> list[tuple[str, str]]:
    zones = sorted(zone for zone in zoneinfo.available_timezones() if "/" in zone and not zone.startswith("Etc/"))
    return [("UTC", "UTC"), *((zone, zone.replace("_", " ")) for zone in zones)]
