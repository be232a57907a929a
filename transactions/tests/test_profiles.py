"""What is remembered of a bank's files, and what the page asks where a file cannot tell."""

import hashlib

import pytest
from django.urls import reverse
from django.utils.html import strip_tags

from transactions.forms.reading_fields import ENCODINGS
from transactions.importers import text
from transactions.importers.base import Statement
from transactions.imports import profiles
from transactions.models import StatementAccount, StatementProfile, Transaction, Upload, Wallet
from transactions.tests.factories import make_wallet
from transactions.tests.test_importing import at, checked, pressed

OPEN_DAYS = b"Date,Description,Amount\n05/04/2026,Tea,-1.00\n06/04/2026,Bread,-2.00\n"
LATER = b"Date,Description,Amount\n07/05/2026,Milk,-3.00\n08/05/2026,Salt,-4.00\n"
TWO_ACCOUNTS = (
    b"Date,Account,Payee,Amount\n2026-11-03,Giro,Rent,-500.00\n2026-11-04,Card,Cinema,-12.00\n2026-11-05,Giro,Pay,900\n"
)


def read_days(client, upload: Upload, **query: str) -> list[str]:
    return [row.iso for row in client.get(at("check", upload), query).context["check"].rows]


def test_days_that_the_file_leaves_open_are_asked_with_both_readings(as_alice, household):
    upload = checked(as_alice, household, OPEN_DAYS)

    page = as_alice.get(at("check", upload))

    assert [(choice.label, choice.is_chosen) for choice in page.context["reading"].days] == [
        ("Day first", True),
        ("Month first", False),
    ]
    assert [row.iso for row in page.context["check"].rows] == ["2026-04-05", "2026-04-06"]
    assert read_days(as_alice, upload, read="1", date_order="mdy") == ["2026-05-04", "2026-06-04"]


def test_what_was_chosen_for_a_bank_is_used_for_its_next_file(as_alice, household):
    bank = make_wallet(household, "Bank")
    upload = checked(as_alice, household, OPEN_DAYS)
    pressed(as_alice, upload, read="1", date_order="mdy", wallet=bank.pk)

    later = checked(as_alice, household, LATER)
    page = as_alice.get(at("check", later))

    assert [row.iso for row in page.context["check"].rows] == ["2026-07-05", "2026-08-05"]
    assert page.context["form"]["wallet"].value() == str(bank.pk)
    assert page.context["profile"].name == "bank"
    assert read_days(as_alice, later, read="1") == ["2026-05-07", "2026-05-08"]


def test_a_file_with_other_columns_is_another_banks(as_alice, household):
    pressed(as_alice, checked(as_alice, household, OPEN_DAYS), read="1", date_order="mdy")

    other = checked(as_alice, household, OPEN_DAYS.replace(b"Description", b"Payee"))

    assert as_alice.get(at("check", other)).context["profile"] is None


@pytest.mark.parametrize(
    ("account", "is_same"), [("DE 12 34", True), ("DE12\u00a034", True), ("de1234", False), ("DE1235", False)]
)
def test_files_that_are_no_tables_are_told_apart_by_their_account_as_it_is_spelled(account, is_same):
    told, other = (
        profiles.layout_of(Statement(format="mt940", encoding="ascii", account=each)) for each in ("DE1234", account)
    )

    # Profiles of files that were imported long ago are found by it.
    assert told == hashlib.sha256(b"mt940\x1fDE1234").hexdigest()
    assert (told == other) is is_same


def test_each_account_of_a_file_has_its_wallet_and_keeps_it(as_alice, household):
    giro = make_wallet(household, "My giro")
    upload = checked(as_alice, household, TWO_ACCOUNTS)
    asked = as_alice.get(at("check", upload)).context["reading"].accounts
    assert [select.label for select in asked] == ["Giro", "Card"]

    pressed(as_alice, upload, **{"read": "1", "account-0": giro.pk, "account-1": "new"})

    places = {entry.note: entry.wallet.name for entry in Transaction.objects.select_related("wallet")}
    assert places == {"Rent": "My giro", "Cinema": "Card", "Pay": "My giro"}
    assert dict(StatementAccount.objects.values_list("name", "wallet__name")) == {"Giro": "My giro", "Card": "Card"}
    again = checked(as_alice, household, TWO_ACCOUNTS)
    assert {row.verdict for row in as_alice.get(at("check", again)).context["check"].rows} == {"Known"}


def test_lines_of_an_account_may_be_left_out(as_alice, household):
    upload = checked(as_alice, household, TWO_ACCOUNTS)

    pressed(as_alice, upload, **{"read": "1", "account-0": "out", "account-1": Wallet.objects.of(household).get().pk})

    assert [entry.note for entry in Transaction.objects.all()] == ["Cinema"]


def test_a_wallet_of_bob_is_no_choice_for_an_account(as_alice, household, bobs_household):
    upload = checked(as_alice, household, TWO_ACCOUNTS)

    answer = pressed(as_alice, upload, **{"read": "1", "account-0": Wallet.objects.of(bobs_household).get().pk})

    assert answer.status_code == 422
    assert "Giro: choose one of the listed wallets." in answer.content.decode()
    assert not Transaction.objects.exists()


def test_of_a_shared_file_one_persons_part_is_taken(as_alice, household):
    shared = b"Date,Description,Category,Cost,Currency,Asha,Ben\n2026-11-03,Dinner,Dining out,30.00,INR,15.00,-15.00\n"
    upload = checked(as_alice, household, shared)
    asked = as_alice.get(at("check", upload)).context["reading"].person

    page = as_alice.get(at("check", upload), {"read": "1", "column-amount": "6"})

    assert "Ben" in asked.options
    assert "−" in page.context["check"].rows[0].amount
    assert "15" in page.context["check"].rows[0].amount


def test_a_guess_that_cannot_be_followed_is_said_in_words(as_alice, household):
    upload = checked(as_alice, household, TWO_ACCOUNTS)

    answer = as_alice.get(at("check", upload), {"read": "1", "column-date": "2"})

    assert answer.status_code == 422
    assert answer.context["form"].non_field_errors() == ["The column “Payee” holds no dates."]


def test_every_encoding_that_the_reader_knows_can_be_chosen():
    assert ENCODINGS.keys() == set(text.ENCODINGS)


def a_profile(household) -> StatementProfile:
    return StatementProfile.objects.create(
        household=household, name="My bank", layout="x", choices={"sign": "inverted"}
    )


def test_a_profile_is_listed_renamed_and_forgotten(as_alice, household):
    profile, bank = a_profile(household), make_wallet(household, "Bank")
    assert "My bank" in as_alice.get(reverse("transactions:profiles")).content.decode()

    as_alice.post(reverse("transactions:profile-update", args=[profile.pk]), {"name": "HDFC", "wallet": bank.pk})
    profile.refresh_from_db()
    assert (profile.name, profile.wallet) == ("HDFC", bank)

    as_alice.post(reverse("transactions:profile-delete", args=[profile.pk]))
    assert not StatementProfile.objects.exists()


def test_a_profile_keeps_its_wallet_that_was_put_away(as_alice, household):
    profile = a_profile(household)
    old, away = make_wallet(household, "Old bank"), make_wallet(household, "Other old bank")
    Wallet.objects.filter(pk__in=[old.pk, away.pk]).update(archived_at="2026-01-01T00:00Z")
    StatementProfile.objects.update(wallet=old)
    path = reverse("transactions:profile-update", args=[profile.pk])

    page = as_alice.get(path)
    saved = as_alice.post(path, {"name": "HDFC", "wallet": old.pk})
    refused = as_alice.post(path, {"name": "HDFC", "wallet": away.pk})

    shown = page.content.decode()
    assert f'<option value="{old.pk}" selected>Old bank (archived)</option>' in shown
    assert "Other old bank" not in shown
    assert (saved.status_code, refused.status_code) == (303, 422)
    profile.refresh_from_db()
    assert (profile.name, profile.wallet) == ("HDFC", old)


def test_bob_cannot_touch_alices_profile(as_bob, household):
    profile = a_profile(household)

    for name in ("profile-update", "profile-delete"):
        url = reverse(f"transactions:{name}", args=[profile.pk])
        assert (as_bob.get(url).status_code, as_bob.post(url, {"name": "B"}).status_code) == (404, 404)

    assert StatementProfile.objects.get().name == "My bank"


def amounts_of(page) -> list[str]:
    return [strip_tags(row.amount) for row in page.context["check"].rows]


@pytest.mark.parametrize(
    ("first", "second", "told"),
    [
        pytest.param(
            b"Date,Description,Amount\n13/05/2026,Tea,-1.00\n",
            b"Date,Description,Amount\n04/05/2026,Tea,-1.00\n",
            "2026-05-04",
            id="days",
        ),
        pytest.param(
            b"Date,Description,Amount\n05/13/2026,Tea,-1.00\n",
            b"Date,Description,Amount\n05/04/2026,Tea,-1.00\n",
            "2026-05-04",
            id="days with the month first",
        ),
        pytest.param(
            b"Credit card,,\nDate,Description,Amount\n2026-05-04,Tea,1.00\n2026-05-05,Payment received,-9.00\n",
            b"Credit card,,\nDate,Description,Amount\n2026-06-04,Tea,1.00\n",
            "\u22121.00",
            id="a card's signs, told by a repayment",
        ),
        pytest.param(
            b"Date,Description,Amount\n2026-05-04,Tea,1.00\n2026-05-05,Paid,9.00 CR\n",
            b"Date,Description,Amount\n2026-06-04,Tea,1.00\n2026-06-05,Bread,2.00\n",
            "\u22121.00",
            id="a card's signs, told by what came in",
        ),
        pytest.param(
            b"Date;Description;Amount\n2026-05-04;Tea;-1.000,50\n",
            b"Date;Description;Amount\n2026-06-04;Tea;-1.000\n",
            "\u22121,000.00",
            id="decimals",
        ),
        pytest.param(
            b"Date;Description;Amount\n2026-05-04;Tea;-100\n",
            b"Date;Description;Amount\n2026-06-04;Tea;-1.000\n",
            "\u22121,000.00",
            id="no decimals",
        ),
    ],
)
def test_what_one_file_of_a_bank_proves_holds_for_the_next_that_leaves_it_open(
    as_alice, household, first, second, told
):
    pressed(as_alice, checked(as_alice, household, first))

    page = as_alice.get(at("check", checked(as_alice, household, second)))

    assert told in [page.context["check"].rows[0].iso, *(text.replace("₹", "") for text in amounts_of(page))]


def test_a_file_that_proves_the_opposite_is_read_by_itself(as_alice, household):
    pressed(as_alice, checked(as_alice, household, b"Date,Description,Amount\n13/05/2026,Tea,-1.00\n"))

    page = as_alice.get(at("check", checked(as_alice, household, b"Date,Description,Amount\n05/13/2026,Tea,-1.00\n")))

    assert page.context["check"].rows[0].iso == "2026-05-13"


def test_the_profile_says_what_its_files_showed(as_alice, household):
    pressed(
        as_alice,
        checked(as_alice, household, b"Date,Description,Amount\n05/13/2026,Tea,1.00\n05/14/2026,Pay,9.50 CR\n"),
    )
    profile = StatementProfile.objects.get()

    page = as_alice.get(reverse("transactions:profile-update", args=[profile.pk]))

    assert page.context["said"] == (
        "Earlier files showed: month first, decimals after a point, amounts without a sign went out."
    )
