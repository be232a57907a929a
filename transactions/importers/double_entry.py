"""Books of double entry (GnuCash, journals): rows of one transaction become lines of accounts that a person owns."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from transactions.importers import beginnings
from transactions.importers.amounts import cell
from transactions.importers.base import MOST_PARTS, Notes, Split, StatementLine, gettext_noop
from transactions.importers.grouping import together
from transactions.importers.layout import AppColumns, Row
from transactions.importers.vocabulary import fold

OPENED_AGAIN = gettext_noop("The books are closed here and opened again with the same balance: no money moves.")
NO_OWN_ACCOUNT = gettext_noop("It moves nothing in an account of your own, only between categories.")

# The first part of an account's name says what it is; these are categories, all others a person owns or owes.
_CATEGORY_ROOTS = (
    *(
        "expenses",
        "expense",
        "income",
        "revenues",
        "equity",
        "aufwendungen",
        "aufwand",
        "ausgaben",
        "kosten",
        "erträge",
        "ertrag",
    ),
    *("einkommen", "einnahmen", "eigenkapital", "dépenses", "charges", "revenus", "revenu", "produits"),
    *("capitaux propres", "gastos", "ingresos", "patrimonio", "patrimonio neto", "capital", "spese", "uscite"),
    *("entrate", "proventi", "despesas", "receitas", "uitgaven", "lasten", "inkomsten", "baten", "eigen vermogen"),
    *("wydatki", "przychody", "kapitał", "výdaje", "příjmy", "расходы", "доходы", "капитал"),
    *("费用", "支出", "收入", "所有者权益", "費用", "収益", "純資産", "収入", "비용", "지출", "수익", "수입", "자본"),
    *("revenue", "incomes", "costs", "utgifter", "kostnader", "inkomster", "intäkter", "eget kapital", "inntekter"),
    *("egenkapital", "udgifter", "indtægter", "menot", "kulut", "tulot", "oma pääoma", "giderler", "gelirler"),
    *("özkaynaklar", "cheltuieli", "venituri", "kiadások", "bevételek", "saját tőke", "náklady", "výnosy"),
    *("έξοδα", "έσοδα", "витрати", "доходи", "капітал", "despeses", "ingressos", "rendimentos", "הוצאות", "הכנסות"),
)
_ROOTS = frozenset(map(fold, _CATEGORY_ROOTS))


def lines(rows: Iterable[Row], extra: AppColumns, notes: Notes, *, accounts: Iterable[str]) -> Iterator[StatementLine]:
    """One line for each row of an own account; the category rows beside it become its category or its parts."""
    names, closed = short_names(accounts), set[str]()
    for group in together(rows, lambda row: cell(row.cells, extra.group) or row.line.number):
        yield from lines_of_one([row.line for row in group], names, notes, closed)


def lines_of_one(
    parts: Sequence[StatementLine], names: Mapping[str, str], notes: Notes, closed: set[str]
) -> list[StatementLine]:
    """The lines of a transaction, whose parts are what it moves in each account; ``names`` are the short ones.

    ``closed``: accounts whose books were closed so far, which this may add to.
    """
    own = [part._replace(account=names[part.account]) for part in parts if not is_category(part.account)]
    if not own:
        notes.skip(parts[0].number, parts[0].raw, NO_OWN_ACCOUNT)
        return []
    rest = [part for part in parts if is_category(part.account)]
    if rest and all(beginnings.is_account(part.account) for part in rest):
        return list(_openings(own, rest[0].account, notes, closed))
    return _lines_of(own, rest)


def _openings(own: Iterable[StatementLine], account: str, notes: Notes, closed: set[str]) -> Iterator[StatementLine]:
    """What accounts begin with, which never moved between them. Whoever closes a year opens the next one with it."""
    for line in own:
        if beginnings.is_closing(line.description):
            closed.add(line.account)
        if line.account in closed:
            notes.skip(line.number, line.raw, OPENED_AGAIN)
        else:
            yield line._replace(category=_leaf(account), is_opening=True)


def _lines_of(own: list[StatementLine], rest: list[StatementLine]) -> list[StatementLine]:
    """The line with the largest amount carries the parts, the other own accounts are ends of its transfers."""
    main = max(own, key=lambda line: abs(line.amount))
    others = [line for line in own if line is not main]
    ends = iter([line._replace(transfer=main.account) for line in others])
    if len(others) == 1 and not rest:
        whole = main._replace(transfer=others[0].account)
    elif len(rest) == 1 and not others:
        whole = main._replace(category=_leaf(rest[0].account))
    else:
        whole = _split(main, others, rest)
    return [whole if line is main else next(ends) for line in own]


def _split(main: StatementLine, others: list[StatementLine], rest: list[StatementLine]) -> StatementLine:
    moved = [Split(-line.amount, note=_memo(line), transfer=line.account) for line in others]
    spent = [Split(-line.amount, category=_leaf(line.account), note=_memo(line)) for line in rest]
    splits = (*spent, *moved)
    # Parts in another currency do not add up; then only the largest says what it was.
    if not 0 < len(splits) <= MOST_PARTS or sum(split.amount for split in splits) != main.amount:
        return main._replace(category=max(spent, key=lambda split: abs(split.amount)).category if spent else "")
    return main._replace(splits=splits)


def short_names(accounts: Iterable[str]) -> dict[str, str]:
    """Each account's last name where that is its alone, else its whole path."""
    accounts = list(accounts)
    own = [account for account in accounts if not is_category(account)]
    times = Counter(map(_leaf, own))
    return {account: _leaf(account) if times[_leaf(account)] == 1 else account for account in accounts}


@lru_cache(maxsize=4096)
def is_category(account: str) -> bool:
    return is_root(account.partition(":")[0])


def is_root(name: str) -> bool:
    """Whether the first part of an account's name makes it a category."""
    return fold(name) in _ROOTS


def _leaf(account: str) -> str:
    return account.rpartition(":")[2].strip()


def _memo(line: StatementLine) -> str:
    return line.also[0] if line.also else ""
