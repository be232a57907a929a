"""What a person may prefer, and what we guess until they say: from the browser's languages and its time zone.

Plain values in, plain values out; forms and views know the request, this module does not.
"""

import zoneinfo
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from babel import Locale, UnknownLocaleError, parse_locale
from babel.core import get_global
from babel.numbers import get_territory_currencies
from django.utils.dates import WEEKDAYS
from django.utils.translation.trans_real import parse_accept_lang_header

from batua import money

Choices = list[tuple[str, str]]

DEFAULT_LOCALE = "en-IN"
# The first of a language is what its name alone stands for.
LOCALES = (
    *("en-US", "en-IN", "en-GB", "en-AE", "en-AT", "en-AU", "en-BE", "en-CA", "en-CH", "en-DE", "en-DK", "en-FI"),
    *("en-HK", "en-IE", "en-IL", "en-KE", "en-MY", "en-NG", "en-NL", "en-NZ", "en-PH", "en-PK", "en-SE", "en-SG"),
    *("en-ZA", "hi-IN", "bn-IN", "bn-BD", "gu-IN", "kn-IN", "ml-IN", "mr-IN", "or-IN", "pa-IN", "ta-IN", "ta-LK"),
    *("te-IN", "ur-IN", "ur-PK", "ne-NP", "si-LK", "de-DE", "de-AT", "de-CH", "fr-FR", "fr-BE", "fr-CA", "fr-CH"),
    *("it-IT", "it-CH", "es-ES", "es-AR", "es-CL", "es-CO", "es-MX", "es-PE", "es-US", "pt-BR", "pt-PT", "nl-NL"),
    *("nl-BE", "da-DK", "sv-SE", "sv-FI", "nb-NO", "fi-FI", "is-IS", "et-EE", "lv-LV", "lt-LT", "pl-PL", "cs-CZ"),
    *("sk-SK", "hu-HU", "ro-RO", "bg-BG", "el-GR", "hr-HR", "sl-SI", "sr-RS", "uk-UA", "ru-RU", "ka-GE", "tr-TR"),
    *("he-IL", "ar-AE", "ar-EG", "ar-MA", "ar-SA", "fa-IR", "sw-KE", "am-ET", "th-TH", "vi-VN", "id-ID", "ms-MY"),
    *("fil-PH", "zh-CN", "zh-HK", "zh-TW", "ja-JP", "ko-KR"),
)
# Where most people of a territory with several zones live.
_HOME_ZONES = {
    "AR": "America/Argentina/Buenos_Aires",
    "AU": "Australia/Sydney",
    "BR": "America/Sao_Paulo",
    "CA": "America/Toronto",
    "CL": "America/Santiago",
    "CN": "Asia/Shanghai",
    "DE": "Europe/Berlin",
    "ES": "Europe/Madrid",
    "ID": "Asia/Jakarta",
    "MX": "America/Mexico_City",
    "MY": "Asia/Kuala_Lumpur",
    "NZ": "Pacific/Auckland",
    "PT": "Europe/Lisbon",
    "RU": "Europe/Moscow",
    "UA": "Europe/Kyiv",
    "US": "America/New_York",
}


@dataclass(frozen=True)
class Guess:
    """What someone probably wants; the fields are named as the form's."""

    locale: str
    time_zone: str
    currency: str
    week_start: str


def guess(languages: str, zone: str = "") -> Guess:
    """The best guess from an Accept-Language header and, where the browser told it, the device's time zone.

    The clock says where someone is, the languages what they read: English on a German clock is written the German way.
    """
    zone = modern_zone(zone)
    wanted = list(_tags(languages))
    territory = _territory_of_zone(zone) or next((place for _language, place in wanted if place), "")
    locale = _locale(wanted, territory)
    territory = territory or locale.rpartition("-")[2]
    return Guess(
        locale=locale,
        time_zone=zone or _home_zone(territory),
        currency=_currency(territory),
        week_start=str(_first_week_day(territory)),
    )


def modern_zone(name: str) -> str:
    """The zone's name of today (Asia/Kolkata for Asia/Calcutta), or nothing when there is no such zone."""
    modern = str(get_global("zone_aliases").get(name, name))
    modern = "UTC" if modern == "Etc/UTC" else modern
    return modern if modern in time_zones() else ""


@lru_cache(1)
def time_zones() -> tuple[str, ...]:
    """Every zone this machine knows under the name of today, in order; UTC last."""
    known = zoneinfo.available_timezones()
    named = {str(name) for name in get_global("zone_territories")}
    return (*sorted(name for name in named & known if "/" in name and not name.startswith("Etc/")), "UTC")


@lru_cache(1)
def locale_choices() -> Choices:
    """Ways of writing dates and numbers: language and country, by name."""
    named = [(tag, str(Locale.parse(tag, sep="-").get_display_name("en"))) for tag in LOCALES]
    return sorted(named, key=lambda choice: choice[1])


@lru_cache(1)
def currency_choices() -> Choices:
    """Currencies of today by code and name."""
    names = Locale("en").currencies
    return [(code, f"{code} · {names.get(code, code)}") for code in money.CURRENCIES]


@lru_cache(1)
def time_zone_choices() -> list[tuple[str, Choices]]:
    """Zones by continent, as a select groups them."""
    groups: dict[str, Choices] = {}
    for name in time_zones():
        area, _slash, place = name.partition("/")
        label = (place or area).replace("_", " ").replace("/", ", ")
        groups.setdefault(area, []).append((name, label))
    return list(groups.items())


def week_start_choices() -> Choices:
    """Monday (0) to Sunday (6)."""
    return [(str(number), str(name)) for number, name in WEEKDAYS.items()]


def month_start_choices() -> Choices:
    """1 to 28: every month has these days."""
    return [(str(day), str(day)) for day in range(1, 29)]


def _tags(languages: str) -> Iterator[tuple[str, str]]:
    """Language and territory of each wanted tag, best first."""
    for tag, _weight in parse_accept_lang_header(languages.lower()):
        try:
            language, territory, *_rest = parse_locale(tag, sep="-")
        except ValueError:
            continue
        yield language, territory or ""


def _locale(wanted: list[tuple[str, str]], territory: str) -> str:
    for language, own in wanted:
        first = next((tag for tag in LOCALES if tag.startswith(f"{language}-")), "")
        for tag in (f"{language}-{territory}", f"{language}-{own}", first):
            if tag in LOCALES:
                return tag
    return DEFAULT_LOCALE


def _territory_of_zone(zone: str) -> str:
    found = str(get_global("zone_territories").get(zone, ""))
    return "" if found in {"001", "ZZ"} else found


def _home_zone(territory: str) -> str:
    only = get_global("territory_zones").get(territory, ())
    return modern_zone(_HOME_ZONES.get(territory) or (only[0] if only else "")) or "UTC"


def _currency(territory: str) -> str:
    tender = get_territory_currencies(territory) if territory else []
    return next((code for code in tender if code in money.CURRENCIES), "INR")


@lru_cache(300)
def _first_week_day(territory: str) -> int:
    try:
        return Locale.parse(f"und_{territory}").first_week_day
    except (ValueError, UnknownLocaleError):
        return 0
