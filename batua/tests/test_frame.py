"""What stands around every page: the places, the pages for when something is wrong, and fields that speak."""

import re
from html.parser import HTMLParser

import pytest
from django import forms
from django.conf import settings
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse

from batua.templatetags.frame import places_at


class Tags(HTMLParser):
    """The attributes of every tag, in order."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))

    def ids(self) -> list[str]:
        return [attributes["id"] for _tag, attributes in self.found if "id" in attributes]


class Payment(forms.Form):
    amount = forms.CharField(help_text="Sums work too")
    comment = forms.CharField(required=False)
    kind = forms.ChoiceField(widget=forms.RadioSelect, choices=[("in", "In"), ("out", "Out")])


@pytest.mark.parametrize(
    ("view_name", "place"),
    [
        ("reports:dashboard", "Home"),
        ("reports:calendar", "Calendar"),
        ("reports:calendar-day", "Calendar"),
        ("transactions:list", "Transactions"),
        ("transactions:update", "Transactions"),
        ("transactions:import", "Import"),
        ("transactions:import-check", "Import"),
        ("transactions:wallets", "Wallets"),
        ("transactions:wallet-update", "Wallets"),
        ("transactions:categories", "Categories"),
        ("transactions:category-merge", "Categories"),
        ("budgets:create", "Budgets"),
        ("reports:charts", "Charts"),
    ],
)
def test_a_page_marks_its_place_and_no_other(view_name, place):
    here = [str(each.label) for each in places_at(view_name).places if each.is_current]

    assert here == [place]


def test_a_page_outside_all_places_marks_none():
    assert not any(place.is_current for place in places_at("accounts:profile").places)


def test_each_page_marks_its_own_place_on_desk_and_phone(as_alice, household):
    # The links are drawn once for each view: a page after another, and the first one again.
    for path in ("/budgets/", "/calendar/", "/export/", "/budgets/"):
        tags = Tags(as_alice.get(path).text).found

        marked = [attributes["href"] for tag, attributes in tags if attributes.get("aria-current") == "page"]
        assert marked == [path, path]
        assert len([tag for tag, attributes in tags if attributes.get("class") == "nav__link"]) == 12
        assert len([tag for tag, attributes in tags if attributes.get("class") == "menu__item"]) == 8

    assert places_at("accounts:profile").is_profile


def test_a_phone_shares_the_same_places_out_around_its_plus():
    nav = places_at("transactions:wallets")

    assert nav.before_plus + nav.after_plus + nav.more == nav.places
    assert nav.is_in_more


def test_what_is_drawn_once_for_everybody_prints_nothing_of_anybody():
    base = (settings.BASE_DIR / "templates" / "base.html").read_text()
    parts = re.findall(r'{% unchanging "([^"]+)" %}', base)

    assert len(parts) == 2
    for part in parts:
        source = (settings.BASE_DIR / "templates" / part).read_text()
        assert not re.search(r"{{|csrf_token|{% (if|for|include) ", source), part


def test_what_is_drawn_once_for_each_view_prints_places_alone():
    parts = ["_sidebar_places.html", "_bottom_places.html", "_more_places.html"]

    for part in parts:
        source = (settings.BASE_DIR / "templates" / "ui" / part).read_text()
        printed = set(re.findall(r"{{ (\S+) }}", source)) | set(re.findall(r"{% (?:if|icon) (\S+) %}", source))
        assert printed <= {"place.url", "place.label", "place.icon", "place.is_current", '"plus"', '"user-round"'}, part
        assert "csrf_token" not in source


def test_a_member_who_is_lost_keeps_the_way_home(as_alice):
    response = as_alice.get("/nowhere/")

    assert response.status_code == 404
    assert "There is nothing here" in response.text
    assert f'href="{reverse("transactions:list")}"' in response.text


def test_a_stranger_who_is_lost_sees_no_member_place(client, db):
    response = client.get("/nowhere/")

    assert response.status_code == 404
    assert "There is nothing here" in response.text
    assert reverse("transactions:list") not in response.text


def test_a_form_from_an_old_page_is_asked_for_again(db):
    response = Client(enforce_csrf_checks=True).post(reverse("account_login"), {"login": "alice@example.org"})

    assert response.status_code == 403
    assert "Please send it again" in response.text


def test_the_page_for_our_fault_needs_nothing():
    html = render_to_string("500.html")

    assert "Something broke on our side" in html
    assert "{%" not in html


def test_a_field_names_its_help_and_its_error_to_a_screen_reader():
    form = Payment({"amount": "", "kind": "in"})
    form.is_valid()

    tags = Tags(render_to_string("ui/_field.html", {"field": form["amount"]}))

    entry = next(attributes for tag, attributes in tags.found if tag == "input")
    assert entry["aria-invalid"] == "true"
    assert set(entry["aria-describedby"].split()) == {"id_amount_helptext", "id_amount_error"}
    assert set(entry["aria-describedby"].split()) <= set(tags.ids())


def test_only_an_optional_field_says_so():
    form = Payment()

    assert "optional" in render_to_string("ui/_field.html", {"field": form["comment"]})
    assert "optional" not in render_to_string("ui/_field.html", {"field": form["amount"]})


def test_choices_stand_in_a_group_with_a_name():
    html = render_to_string("ui/_field.html", {"field": Payment()["kind"]})

    assert re.search(r"<fieldset[^>]*>\s*<legend[^>]*>Kind", html)
