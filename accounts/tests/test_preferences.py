"""Good guesses from what a browser says, and choices that stay within what can be kept."""

import pytest

from accounts import preferences
from batua import money


@pytest.mark.parametrize(
    ("languages", "zone", "locale", "time_zone", "currency", "week_start"),
    [
        ("", "", "en-IN", "Asia/Kolkata", "INR", "6"),
        ("hi", "", "hi-IN", "Asia/Kolkata", "INR", "6"),
        ("en-US,en;q=0.9", "", "en-US", "America/New_York", "USD", "6"),
        # The clock says where someone is, the language what they read.
        ("en-US,en;q=0.9", "Asia/Calcutta", "en-IN", "Asia/Kolkata", "INR", "6"),
        ("en-US", "Europe/Berlin", "en-DE", "Europe/Berlin", "EUR", "0"),
        ("de-DE", "Asia/Kolkata", "de-DE", "Asia/Kolkata", "INR", "6"),
        ("de", "", "de-DE", "Europe/Berlin", "EUR", "0"),
        ("de-CH, fr;q=0.5", "", "de-CH", "Europe/Zurich", "CHF", "0"),
        ("tlh, fr-CA;q=0.5", "", "fr-CA", "America/Toronto", "CAD", "6"),
        ("ar-EG", "", "ar-EG", "Africa/Cairo", "EGP", "5"),
        ("zh-Hans-CN", "", "zh-CN", "Asia/Shanghai", "CNY", "0"),
        ("ja", "US/Pacific", "ja-JP", "America/Los_Angeles", "USD", "6"),
        ("en-GB", "Mars/Olympus", "en-GB", "Europe/London", "GBP", "0"),
        ("*;q=nonsense,,;", "../../etc/passwd", "en-IN", "Asia/Kolkata", "INR", "6"),
    ],
)
def test_a_guess_follows_language_and_clock(languages, zone, locale, time_zone, currency, week_start):
    assert preferences.guess(languages, zone) == preferences.Guess(locale, time_zone, currency, week_start)


@pytest.mark.parametrize("locale", preferences.LOCALES)
def test_every_guess_is_one_that_can_be_chosen(locale):
    guess = preferences.guess(locale)

    assert guess.locale == locale
    assert guess.time_zone in preferences.time_zones()
    assert guess.currency in money.CURRENCIES
    assert guess.week_start in dict(preferences.week_start_choices())


@pytest.mark.parametrize("locale", preferences.LOCALES)
def test_an_amount_can_be_written_and_read_in_every_locale_on_offer(locale):
    written = money.format_amount(
        money.parse_amount("1250.5", currency="INR", locale="en-IN"), currency="INR", locale=locale
    )

    assert str(money.parse_amount(written, currency="INR", locale=locale)) == "1250.50"


def test_a_zone_has_one_name():
    zones = preferences.time_zones()

    assert "Asia/Kolkata" in zones
    assert "Asia/Calcutta" not in zones
    assert len(zones) == len(set(zones))
    assert zones[-1] == "UTC"


def test_choices_are_called_by_name():
    assert ("en-IN", "English (India)") in preferences.locale_choices()
    assert ("INR", "INR · Indian Rupee") in preferences.currency_choices()
    assert ("America/Argentina/Buenos_Aires", "Argentina, Buenos Aires") in dict(preferences.time_zone_choices())[
        "America"
    ]
    assert preferences.week_start_choices()[0] == ("0", "Monday")
    assert preferences.month_start_choices()[-1] == ("28", "28")
