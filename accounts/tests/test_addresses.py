"""Which addresses are one, whatever their case and way of writing, and which could pass for another."""

import pytest
from django.db import IntegrityError, transaction

from accounts import addresses
from accounts.models import User


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Asha@Example.ORG", "asha@example.org"),
        (" asha@example.org ", "asha@example.org"),
        ("asha@ｅｘａｍｐｌｅ.org", "asha@example.org"),
        ("as\u212aa@example.org", "aska@example.org"),  # the Kelvin sign
        ("a\u017fha@example.org", "asha@example.org"),  # the long s
        ("asha@bücher.example", "asha@bu\u0308cher.example"),
        ("asha@bücher.example", "asha@xn--bcher-kva.example"),
        ("asha@straße.example", "asha@STRASSE.example"),
        ("asha@example.org.", "asha@example.org"),
    ],
)
def test_two_ways_of_writing_are_one_address(one, other):
    assert addresses.normal_form(one) == addresses.normal_form(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("asha@example.org", "asha@example.com"),
        ("a.sha@example.org", "asha@example.org"),
        ("asha+books@example.org", "asha@example.org"),
    ],
)
def test_other_addresses_stay_apart(one, other):
    assert addresses.normal_form(one) != addresses.normal_form(other)


@pytest.mark.parametrize(
    "address",
    [
        "asha@ex\u0430mple.org",  # a Cyrillic а
        "asha@\u03bfpen.example",  # a Greek ο
        "asha@xn--exmple-4nf.org",  # the same Cyrillic а, as machines write it
        "\u0430sha@example.org",
        "\u0131sha@example.org",  # an i without its dot
    ],
)
def test_an_address_that_could_pass_for_another_is_refused(address):
    with pytest.raises(addresses.AddressError):
        addresses.checked(address)


@pytest.mark.parametrize(
    "address",
    ["asha@उदाहरण.example", "asha@почта.example", "asha@日本の.example", "asha@한국.example", "a-b_c@e-x.org"],
)
def test_an_address_of_one_alphabet_is_taken(address):
    assert addresses.checked(address) == address


@pytest.mark.parametrize("address", ["alice@example.org", "ALICE@EXAMPLE.ORG", "alice@ｅxample.org"])
def test_the_database_refuses_two_people_of_one_address(alice, address):
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.bulk_create([User(email=address)])


def test_a_person_is_found_by_any_way_of_writing(db):
    asha = User.objects.create_user("Asha@BÜCHER.example", "a long enough secret")

    assert asha.email == "asha@bücher.example"
    assert User.objects.with_email("asha@xn--bcher-kva.example").get() == asha
    assert User.objects.get_by_natural_key("ASHA@bücher.EXAMPLE") == asha


def test_the_normal_form_follows_the_address_by_every_way_of_writing_it(alice):
    alice.email = "one@example.org"
    alice.save(update_fields=["email"])
    assert User.objects.with_email("one@example.org").get() == alice

    User.objects.filter(pk=alice.pk).update(email="two@example.org")
    assert User.objects.with_email("two@example.org").get() == alice

    alice.email = "three@example.org"
    User.objects.bulk_update([alice], ["email"])
    assert User.objects.with_email("three@example.org").get() == alice


def test_the_database_refuses_an_address_without_its_normal_form(alice):
    with pytest.raises(IntegrityError, match="email_key_follows_the_address"), transaction.atomic():
        User.objects.filter(pk=alice.pk).update(email="other@example.org", email_key="alice@example.org")
