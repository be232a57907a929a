"""All that is remembered of a bank's files is seen, changed and forgotten on one page, and used by the next file."""

import pytest
from django.urls import reverse

from transactions.imports import profile_page, profiles
from transactions.models import StatementProfile
from transactions.tests.factories import make_wallet
from transactions.tests.test_importing import at, checked, pressed

OPEN_DAYS = b"Date,Payee,Words,Paid,Sum\n05/04/2026,Tea House,Tea,1,10.00\n06/04/2026,Bakery,Bread,2,20.00\n"
NEXT = b"Date,Payee,Words,Paid,Sum\n07/05/2026,Mill,Flour,3,30.00\n"


@pytest.fixture
def bank(household):
    return make_wallet(household, "Bank")


@pytest.fixture
def profile(as_alice, household, bank) -> StatementProfile:
    """How the file of a bank was read, as an import leaves it."""
    upload = checked(as_alice, household, OPEN_DAYS)
    choices = {"date_order": "mdy", "sign": "inverted", "column-amount": "4", "column-text": "2"}
    assert pressed(as_alice, upload, read="1", wallet=bank.pk, **choices).status_code == 303
    return StatementProfile.objects.get()


def address(profile: StatementProfile) -> str:
    return reverse("transactions:profile-update", args=[profile.pk])


def values(client, profile: StatementProfile, **changes: str | list[str]) -> dict:
    """What the page sends, with these fields changed."""
    form = client.get(address(profile)).context["form"]
    shown = {name: form[name].value() for name in form.fields if form[name].value() not in {None, ""}}
    return {**dict.fromkeys(form.fields.keys() - {"forget"}, ""), **shown, "seen": form.seen, **changes}


def saved(client, profile: StatementProfile, **changes: str | list[str]):
    return client.post(address(profile), values(client, profile, **changes))


def errors(answer) -> dict[str, list[str]]:
    return {name: list(found) for name, found in answer.context["form"].errors.items()}


def first_line(client, household, content: bytes = NEXT):
    return client.get(at("check", checked(client, household, content))).context["check"].rows[0]


def test_the_page_shows_all_that_is_remembered_in_the_words_of_the_check_page(as_alice, household, profile):
    form = as_alice.get(address(profile)).context["form"]
    check = as_alice.get(at("check", checked(as_alice, household, NEXT))).context["form"]

    fields = ["date_order", "decimal_mark", "sign", "encoding", "delimiter"]
    assert [form[name].label for name in fields] == [check[name].label for name in fields]
    assert [form.fields[name].choices for name in fields] == [check.fields[name].choices for name in fields]
    assert {name: form[name].value() for name in (*fields, "column-amount", "column-text")} == {
        "date_order": "mdy",
        "decimal_mark": None,
        "sign": "inverted",
        "encoding": None,
        "delimiter": None,
        "column-amount": "4",
        "column-text": "2",
    }
    assert dict(form.fields["column-amount"].choices)["4"] == "Sum"


def test_saved_choices_are_used_by_the_next_file_of_that_bank(as_alice, household, profile):
    answer = saved(as_alice, profile, **{"date_order": "dmy", "sign": "", "column-text": "1"})

    row = first_line(as_alice, household)

    assert answer.status_code == 303
    assert (row.iso, row.note) == ("2026-05-07", "Mill")
    assert profiles.chosen(StatementProfile.objects.get()) == {
        "date_order": "dmy",
        "column-amount": "4",
        "column-text": "1",
    }


@pytest.mark.parametrize(
    ("field", "told"),
    [
        ("date_order", ("2026-05-07", "Flour", "\u221230")),
        ("column-text", ("2026-07-05", "Mill", "\u221230")),
        ("sign", ("2026-07-05", "Flour", "+30")),
    ],
)
def test_each_choice_is_forgotten_by_itself(as_alice, household, profile, field, told):
    saved(as_alice, profile, **{field: ""})

    upload = checked(as_alice, household, NEXT)
    line = as_alice.get(at("check", upload)).context["check"].rows[0]
    amount = f"{'−' if '−' in line.amount else '+'}30"

    assert field not in profiles.chosen(StatementProfile.objects.get())
    assert (line.iso, line.note, amount) == told


@pytest.mark.usefixtures("bank")
def test_what_files_proved_is_forgotten_one_by_one(as_alice, household):
    pressed(as_alice, checked(as_alice, household, b"Date,Payee,Amount\n05/13/2026,Tea,1.50\n05/14/2026,Pay,9.50 CR\n"))
    profile = StatementProfile.objects.get()
    form = as_alice.get(address(profile)).context["form"]
    assert form.fields["forget"].choices == [
        ("order", "Month first"),
        ("mark", "Decimals after a point"),
        ("bare", "Amounts without a sign went out"),
    ]

    saved(as_alice, profile, forget=["order"])

    assert list(profile_page.proven(StatementProfile.objects.get())) == ["mark", "bare"]
    assert first_line(as_alice, household, b"Date,Payee,Amount\n07/05/2026,Milk,3.50\n").iso == "2026-05-07"


@pytest.mark.parametrize(
    ("changes", "problems"),
    [
        (
            {"column-date": "4"},
            {
                "column-date": ["The column “Sum” cannot be two things at once."],
                "column-amount": ["The column “Sum” cannot be two things at once."],
            },
        ),
        ({"column-date": "none"}, {"column-date": ["Choose the column that holds the dates."]}),
        (
            {"column-amount": "none", "column-debit": "none", "column-credit": "none"},
            {"column-amount": ["Choose the column that holds the amounts."]},
        ),
        (
            {"column-debit": "3"},
            {
                "column-amount": [
                    "Amounts stand in one column, or in one for money out and one for money in: choose either."
                ]
            },
        ),
        (
            {"column-amount": "", "column-debit": "3", "column-direction": "2"},
            {
                "column-direction": [
                    "Where money out and money in have columns of their own, no column is the direction."
                ]
            },
        ),
        ({"date_order": "my"}, {"date_order": ["Days cannot be read in this order."]}),
        ({"column-text": "17"}, {"column-text": ["Choose one of the list."]}),
        (
            {"encoding": "klingon", "delimiter": "x"},
            {"encoding": ["Choose one of the list."], "delimiter": ["Choose one of the list."]},
        ),
        ({"forget": ["everything"]}, {"forget": ["Choose one of the list."]}),
    ],
)
def test_what_no_file_could_be_read_by_is_refused_beside_the_field(as_alice, profile, changes, problems):
    before = profile.choices

    answer = saved(as_alice, profile, **changes)

    assert answer.status_code == 422
    assert errors(answer) == problems
    assert all(sentence in answer.content.decode() for found in problems.values() for sentence in found)
    assert StatementProfile.objects.get().choices == before


def test_a_wallet_has_one_profile_of_such_files(as_alice, household, profile, bank):
    giro = make_wallet(household, "Giro")
    pressed(as_alice, checked(as_alice, household, NEXT), read="1", wallet=giro.pk)
    other = StatementProfile.objects.get(wallet=giro)
    as_alice.post(address(other), {"name": "Giro's", "wallet": giro.pk})

    refused = saved(as_alice, profile, wallet=str(giro.pk))

    assert errors(refused) == {
        "wallet": ["Such files are remembered for this wallet already, as “Giro's”. Forget one of the two."]
    }
    assert StatementProfile.objects.get(pk=profile.pk).wallet == bank


def test_only_one_profile_of_such_files_is_no_wallets_own(as_alice, household, profile):
    giro = make_wallet(household, "Giro")
    pressed(as_alice, checked(as_alice, household, NEXT), read="1", wallet=giro.pk)
    saved(as_alice, profile, wallet="", name="All others")

    refused = saved(as_alice, StatementProfile.objects.get(wallet=giro), wallet="")

    assert list(errors(refused)) == ["wallet"]
    assert "“All others”" in errors(refused)["wallet"][0]


def test_a_page_that_stood_open_brings_back_nothing(as_alice, household, profile, bank):
    first, second = values(as_alice, profile, date_order="", sign="plain"), values(as_alice, profile, name="Mine")
    third = values(as_alice, profile, **{"wallet": "", "column-text": "1"})

    for sent in (first, second, third):
        assert as_alice.post(address(profile), sent).status_code == 303

    profile.refresh_from_db()
    assert (profile.name, profile.wallet) == ("Mine", None)
    assert profiles.chosen(profile) == {"sign": "plain", "column-amount": "4", "column-text": "1"}


@pytest.mark.parametrize(("sent", "wallet"), [({}, "Bank"), ({"wallet": ""}, None)])
def test_fields_that_are_not_sent_stay_as_they_are(as_alice, profile, sent, wallet):
    before = profile.choices

    as_alice.post(address(profile), {"name": "HDFC", **sent})

    profile.refresh_from_db()
    assert (profile.name, profile.choices) == ("HDFC", before)
    assert (profile.wallet and profile.wallet.name) == wallet


def test_of_files_that_were_imported_before_names_were_kept_columns_have_numbers(as_alice, household):
    old = StatementProfile.objects.create(household=household, name="Old", layout="x", choices={"column-date": "1"})
    bare = StatementProfile.objects.create(household=household, name="Bare", layout="y", choices={})

    choices = dict(as_alice.get(address(old)).context["form"].fields["column-date"].choices)

    assert (choices["0"], choices["1"]) == ("Column 1", "Column 2")
    assert "Its columns can be chosen here after the next file" in as_alice.get(address(bare)).content.decode()


def test_who_may_only_look_sees_all_of_it_and_changes_nothing(as_viewer, profile):
    page = as_viewer.get(reverse("transactions:profiles"))

    (row,) = page.context["profiles"]
    assert (row.name, row.wallet, row.edit_url) == ("bank", "Bank", "")
    assert [(fact.label, fact.value) for fact in row.facts] == [
        ("Days", "Month first"),
        ("Signs", "Minus is money in"),
        ("Payee or purpose", "Words"),
        ("Amount", "Sum"),
        ("Earlier files showed", "Decimals after a point"),
    ]
    assert all(f"{fact.label}: {fact.value}" in page.content.decode() for fact in row.facts)
    assert as_viewer.get(address(profile)).status_code == 403
    assert as_viewer.post(address(profile), {"name": "Mine"}).status_code == 403
    assert StatementProfile.objects.get().name == "bank"


def test_bob_sees_nothing_of_alices_profile(as_alice, as_bob, profile):
    assert as_bob.get(address(profile)).status_code == 404
    assert as_bob.post(address(profile), {"name": "B", "date_order": "dmy"}).status_code == 404
    assert "Nothing remembered yet" in as_bob.get(reverse("transactions:profiles")).content.decode()
    assert profiles.chosen(StatementProfile.objects.get())["date_order"] == "mdy"


def test_the_list_asks_once_however_many_profiles_there_are(as_alice, household, bank, django_assert_max_num_queries):
    for number in range(30):
        StatementProfile.objects.create(household=household, name=f"Bank {number}", layout=str(number), wallet=bank)

    with django_assert_max_num_queries(8):
        as_alice.get(reverse("transactions:profiles"))
