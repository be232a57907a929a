"""What may be typed about a statement: how it is read, where its accounts go, what is taken of it."""

from collections.abc import Iterable, Mapping

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Household, User
from transactions.forms import reading_fields
from transactions.forms.new_wallets import NewWallet, NewWallets
from transactions.forms.reading_fields import NOT_THERE, ReadingFields
from transactions.importers import survey
from transactions.importers.base import NOTHING_PROVEN, Choices, Proven, Statement, StatementError
from transactions.imports import line_choice
from transactions.imports.booking import Chosen
from transactions.imports.statement_reading import read, told_error
from transactions.imports.verdicts import Preview, PreviewLine
from transactions.models import Wallet

NEW_WALLET, NO_WALLET = "new", "out"


class ReadingForm(ReadingFields):
    """The second step: the wallet, and what the member overrules of how the file was read; nothing has to be."""

    wallet = forms.ChoiceField(label=gettext_lazy("Into the wallet"), error_messages={"invalid_choice": NOT_THERE})

    def __init__(
        self, sent: QueryDict, *, household: Household, user: User, file_name: str, proven: Proven = NOTHING_PROVEN
    ) -> None:
        super().__init__(sent)
        self.user, self.sent, self.household, self.proven = user, sent, household, proven
        self.every = list(Wallet.objects.of(household).in_order().select_related("household"))
        self.own = [wallet for wallet in self.every if wallet.archived_at is None]
        self.new_wallets, self.called = NewWallets(household, self.every, sent, file_name=file_name), file_name
        self.fields["wallet"].choices = [
            *((str(wallet.pk), wallet.name) for wallet in self.own),
            (NEW_WALLET, _("A new wallet")),
        ]

    def choices(self) -> Choices:
        """What the member overrules."""
        chosen = self.cleaned_data
        signs = {"plain": False, "inverted": True}
        return Choices(
            date_order=chosen["date_order"] or None,
            encoding=chosen["encoding"] or None,
            delimiter={"tab": "\t"}.get(chosen["delimiter"], chosen["delimiter"]) or None,
            columns=reading_fields.columns(self.sent),
            decimal_mark=chosen["decimal_mark"] or None,
            is_inverted=signs.get(chosen["sign"]),
            proven=self.proven,
        )

    def remembered(self) -> dict[str, str]:
        """What to read the next file of this bank by: the values as they were sent."""
        return reading_fields.chosen(self.sent)

    def statement(self, content: bytes, file_name: str) -> Statement | None:
        """The file as the form has it read; None, and an error, where it cannot be read so."""
        try:
            return read(
                content,
                file_name=file_name,
                locale=self.user.locale,
                currency=self.household.currency,
                choices=self.choices(),
            )
        except StatementError as error:
            self.add_error(None, told_error(error))
            return None

    def wallets(self, statement: Statement, known: Mapping[str, Wallet], *, before: Wallet | None) -> dict[str, Wallet]:
        """Account of the file → wallet, which is still to be saved where the member wants a new one.

        ``known``: wallets that the household gave to accounts before, or that have their names. ``before``: where such
        files went while nobody knew that they name accounts; there their lines are, and nowhere else are they known.
        """
        self.new_wallets.told = statement.of_accounts
        own = {str(wallet.pk): wallet for wallet in self.own}
        usual = str(before.pk) if before is not None and not known and str(before.pk) in own else NEW_WALLET
        accounts = accounts_of(statement)
        found = {}
        if not accounts or survey.of(statement.lines).has_nameless:
            chosen = self.cleaned_data["wallet"]
            found[""] = own[chosen] if chosen in own else self.new_wallet(statement).wallet
        for place, account in enumerate(accounts):
            chosen = self.sent.get(f"account-{place}") or (str(known[account].pk) if account in known else usual)
            if chosen in own:
                found[account] = own[chosen]
            elif chosen == NEW_WALLET:
                found[account] = self.new_wallets.of(f"account-{place}", account).wallet
            elif chosen != NO_WALLET:
                self.add_error(None, _("%(account)s: choose one of the listed wallets.") % {"account": account})
        return found

    def new_wallet(self, statement: Statement) -> NewWallet:
        """The one that lines get which name no account: called as the file's one account, else as the file."""
        return self.new_wallets.of("wallet", self._called(statement))

    def shown_wallet(self, statement: Statement | None) -> NewWallet:
        """What the page says of that one, whether or not it is to be made."""
        return self.new_wallets.shown("wallet", self._called(statement))

    def _called(self, statement: Statement | None) -> str:
        is_of_one = statement is not None and statement.account and not accounts_of(statement)
        return (statement.account if statement is not None and is_of_one else None) or self.called

    def taken(self, preview: Preview) -> set[int]:
        """Numbers of the lines to take: the ticked ones, and those no page showed that are taken by themselves."""
        shown, ticked = _numbers(_shown(self.sent)), _numbers(self.sent.getlist("line"))
        unseen = {each.line.number for each in preview.lines if each.is_ticked} - shown
        return unseen | (ticked & {each.line.number for each in preview.takeable})

    def ticks_any(self, lines: Iterable[PreviewLine]) -> bool:
        """Is one of these lines ticked, whether or not it can be taken?"""
        ticked = _numbers(self.sent.getlist("line"))
        return any(each.line.number in ticked for each in lines)

    def line_choices(self) -> dict[int, Chosen]:
        """Line number → the category chosen for it, or what else ``line_choice.booked`` knows."""
        prefix = "category-"
        return {
            int(name.removeprefix(prefix)): line_choice.booked(str(value))
            for name, value in self.sent.items()
            if value and name.startswith(prefix) and _numbers([name.removeprefix(prefix)])
        }


def accounts_of(statement: Statement) -> list[str]:
    """The accounts that the file names, in the order in which they come."""
    return list(survey.of(statement.lines).accounts)


def _shown(sent: QueryDict) -> list[str]:
    """The lines that a page showed: it may tell more of each, behind its number."""
    return [each.partition(":")[0] for each in sent.get("shown", "").split(",")]


def _numbers(texts: list[str]) -> set[int]:
    return {number for text in texts if (number := line_choice.number(text)) is not None}
