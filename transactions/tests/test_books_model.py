"""Random commands against the books and against a plain Python model of them: both must say the same, always."""

from collections import defaultdict
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from accounts.models import Household
from batua import periods
from transactions import ledger, totals
from transactions.ledger import Part, Selection
from transactions.models import Category, Transaction
from transactions.tests.factories import make_category, make_wallet

TODAY = date(2026, 11, 25)
ALL_TIME = periods.resolve("all-time", today=TODAY)
AMOUNTS = st.decimals(Decimal("0.01"), Decimal("99999"), places=2)
DAYS = st.integers(0, 400).map(lambda back: TODAY - timedelta(days=back))
PICK = st.integers(0, 10**6)


class Books(RuleBasedStateMachine):
    """The model: a dictionary of entries by key, each (kind, signed amount, day, category, wallet, to_wallet)."""

    def __init__(self):
        super().__init__()
        self.household = Household.objects.create(name="Model", currency="INR")
        self.wallets = [make_wallet(self.household, name) for name in ("Cash", "Bank", "Card")]
        self.categories = {
            kind: [make_category(self.household, f"{kind} {number}", kind=kind) for number in range(3)]
            for kind in ("income", "expense")
        }
        self.entries: dict[int, tuple] = {}

    def teardown(self):
        self.household.delete()

    def chosen(self, pick: int) -> int:
        return sorted(self.entries)[pick % len(self.entries)]

    def row(self, kind: str, amount: Decimal, day: date, category: int, wallet: int) -> Transaction:
        return Transaction(
            household=self.household, wallet=self.wallets[wallet % 3], kind=kind, currency="INR", amount=amount,
            date=day, category=self.categories[kind][category % len(self.categories[kind])],
        )  # fmt: skip

    def remember(self, entry: Transaction) -> None:
        self.entries[entry.pk] = (
            entry.kind, entry.amount, entry.date, entry.category_id, entry.wallet_id, entry.to_wallet_id
        )  # fmt: skip

    @rule(kind=st.sampled_from(["income", "expense"]), amount=AMOUNTS, back=st.booleans(), day=DAYS, c=PICK, w=PICK)
    def add(self, kind, amount, back, day, c, w):
        entry = self.row(kind, -amount if back else amount, day, c, w)
        entry.save()
        self.remember(entry)

    @rule(amount=AMOUNTS, day=DAYS, w=PICK, step=st.integers(1, 2))
    def move_money(self, amount, day, w, step):
        entry = Transaction.objects.create(
            household=self.household, kind="transfer", currency="INR", amount=amount, date=day,
            wallet=self.wallets[w % 3], to_wallet=self.wallets[(w + step) % 3],
        )  # fmt: skip
        self.remember(entry)

    @rule(rows=st.lists(st.tuples(AMOUNTS, DAYS, PICK, PICK), min_size=1, max_size=8))
    def add_many(self, rows):
        for entry in Transaction.objects.bulk_create([self.row("expense", *row) for row in rows]):
            self.remember(entry)

    @precondition(lambda self: self.entries)
    @rule(pick=PICK, amount=AMOUNTS, day=DAYS)
    def edit(self, pick, amount, day):
        entry = Transaction.objects.get(pk=self.chosen(pick))
        entry.amount, entry.date = amount, day
        entry.save(update_fields=["amount", "date"])
        self.remember(entry)

    @precondition(lambda self: self.entries)
    @rule(pick=PICK)
    def delete(self, pick):
        key = self.chosen(pick)
        Transaction.objects.filter(pk=key).delete()
        del self.entries[key]

    @precondition(lambda self: self.entries)
    @rule(day=DAYS)
    def move_a_whole_kind_to_one_day(self, day):
        Transaction.objects.of(self.household).spending().update(date=day)
        for key, (kind, amount, _day, *rest) in self.entries.items():
            if kind == "expense":
                self.entries[key] = (kind, amount, day, *rest)

    @precondition(lambda self: len(self.categories["expense"]) > 1)
    @rule()
    def merge_two_categories(self):
        source, target = self.categories["expense"].pop(), self.categories["expense"][0]
        Transaction.objects.of(self.household).filter(category=source).update(category=target)
        Category.objects.filter(pk=source.pk).delete()
        for key, (*head, category, wallet, to_wallet) in self.entries.items():
            if category == source.pk:
                self.entries[key] = (*head, target.pk, wallet, to_wallet)

    @rule(start=st.integers(1, 28))
    def begin_months_on_another_day(self, start):
        self.household.month_start = start
        self.household.save(update_fields=["month_start"])

    @rule()
    def delete_everything(self):
        Transaction.objects.of(self.household).delete()
        self.entries.clear()

    @invariant()
    def kept_totals_equal_the_entries(self):
        assert totals.differences() == []

    @invariant()
    def months_agree(self):
        start = self.household.month_start
        expected: dict[date, list[Decimal]] = defaultdict(lambda: [Decimal(0), Decimal(0)])
        for kind, amount, day, *_rest in self.entries.values():
            if kind != "transfer":
                expected[periods.month_of(day, month_start=start)][kind == "expense"] += amount
        found = ledger.course(self.household, ALL_TIME, months=(date(2025, 1, 1), date(2027, 1, 1)))
        assert {row.date: [row.income, row.spending] for row in found.months} == expected
        assert found.entries == len(self.entries)

    @invariant()
    def wallets_agree(self):
        expected = dict.fromkeys((wallet.pk for wallet in self.wallets), Decimal(0))
        for kind, amount, _day, _category, wallet, to_wallet in self.entries.values():
            expected[wallet] += amount if kind == "income" else -amount
            if to_wallet:
                expected[to_wallet] += amount
        assert {row.id: row.balance for row in ledger.wallet_balances(self.household)} == expected
        assert ledger.balance(self.household) == sum(expected.values())

    @rule(part=st.sampled_from([Part.MONTH, Part.YEAR]))
    def look_at_all_time(self, part):
        by_category: dict[int, Decimal] = defaultdict(Decimal)
        moves: dict[tuple[int, date], Decimal] = defaultdict(Decimal)
        for kind, amount, day, category, wallet, to_wallet in self.entries.values():
            name = periods.month_of(day, month_start=self.household.month_start)
            name = name.replace(month=1) if part is Part.YEAR else name
            moves[wallet, name] += amount if kind == "income" else -amount
            if to_wallet:
                moves[to_wallet, name] += amount
            if kind == "expense":
                by_category[category] += amount
        glance = ledger.glance(self.household, ALL_TIME, before=None, part=part)
        assert {row.id: row.amount for row in glance.categories} == by_category
        assert sum(each.spending for each in glance.parts) == glance.totals.spending == sum(by_category.values())
        history = ledger.wallet_history(self.household, ALL_TIME, part=part)
        found = {(wallet.id, name): moved for wallet in history for name, moved in wallet.moves.items()}
        assert {key: moved for key, moved in found.items() if moved} == {key: m for key, m in moves.items() if m}

    @rule(
        period=st.sampled_from(["all-time", "last-3-months"]),
        by_category=st.booleans(),
        by_wallet=st.booleans(),
        kind=st.sampled_from(["", "expense"]),
    )
    def look_at_a_selection(self, period, by_category, by_wallet, kind):
        selection = Selection(
            period=periods.resolve(period, today=TODAY, month_start=self.household.month_start),
            kind=kind,
            categories=(self.categories["expense"][0].pk,) if by_category else (),
            wallets=(self.wallets[0].pk,) if by_wallet else (),
        )
        chosen = [entry for entry in self.entries.values() if is_chosen(entry, selection)]
        sums, number = ledger.sums(self.household, selection)
        assert number == len(chosen)
        assert sums.income == sum(amount for kind, amount, *_rest in chosen if kind == "income")
        assert sums.spending == sum(amount for kind, amount, *_rest in chosen if kind == "expense")

    @invariant()
    def days_add_up_to_the_period(self):
        period = periods.resolve("last-3-months", today=TODAY, month_start=self.household.month_start)
        days = ledger.course(self.household, period).days
        sums = ledger.totals(self.household, period)
        by_category = ledger.glance(self.household, period, before=None, part=Part.MONTH).categories
        assert sum(day.income for day in days) == sums.income
        assert sum(day.spending for day in days) == sum(row.amount for row in by_category) == sums.spending


def is_chosen(entry: tuple, selection: Selection) -> bool:
    kind, _amount, day, category, *wallets = entry
    return (
        selection.period.contains(day)
        and selection.kind in ("", kind)
        and (not selection.categories or category in selection.categories)
        and (not selection.wallets or not set(wallets).isdisjoint(selection.wallets))
    )


@pytest.mark.django_db
def test_random_commands_leave_books_and_model_alike():
    few_but_long = settings(
        max_examples=25, stateful_step_count=30, deadline=None, suppress_health_check=list(HealthCheck)
    )
    run_state_machine_as_test(Books, settings=few_but_long)
