"""What programs send and get of entries; every rule about it is the form's."""

import datetime
from typing import Annotated

from ninja import Field, Schema
from pydantic import WithJsonSchema

from batua.rest.values import AmountText, PeriodQuery
from transactions.models import Transaction

Kind = Annotated[str, WithJsonSchema({"type": "string", "enum": list(Transaction.Kind.values)})]


class TransactionOut(Schema):
    """An entry."""

    id: int
    type: Kind
    amount: str = Field(
        examples=["1250.50"], description="Relative to its type: an expense below zero is money that came back."
    )
    currency: str = Field(examples=["INR"])
    date: datetime.date
    category: str | None = Field(examples=["Groceries"], description="Null for a transfer.")
    category_id: int | None
    note: str = Field(examples=["Vegetables"])
    comment: str
    wallet: str = Field(examples=["Cash"])
    wallet_id: int
    to_wallet: str | None = Field(description="Where a transfer goes; null for anything else.")
    to_wallet_id: int | None
    version: int = Field(description="Counts its changes; in quotes it is the ETag.")
    created_at: datetime.datetime
    updated_at: datetime.datetime


class TransactionPatch(Schema):
    """What may be changed of an entry; what is left out stays."""

    type: Kind | None = Field(None, examples=["expense"])
    amount: AmountText | None = None
    date: datetime.date | None = None
    category: str | None = Field(
        None,
        examples=["Groceries"],
        description="By name; a new name makes a category. Left out, it is detected from the note.",
    )
    category_id: int | None = None
    note: str | None = Field(None, max_length=200, examples=["Vegetables"], description="What it was for.")
    comment: str | None = Field(None, max_length=2000)
    wallet: str | None = Field(
        None, examples=["Cash"], description="By name. Left out, it is that of the newest entry."
    )
    wallet_id: int | None = None
    to_wallet: str | None = None
    to_wallet_id: int | None = Field(None, description="For a transfer: the wallet that the money goes into.")


class TransactionIn(TransactionPatch):
    """A new entry."""

    type: Kind = Field(examples=["expense"])
    amount: AmountText
    date: datetime.date | None = Field(None, description="Left out, it is today on the member's clock.")


class TransactionPut(TransactionIn):
    """An entry as it shall be; what is left out is empty, or detected anew."""

    date: datetime.date


class Filters(PeriodQuery):
    """The filters of the entries' page, and the short words for them that scripts know."""

    type: Kind | None = Field(None, description="Entries of this type only.")
    kind: Kind | None = Field(None, description="The same as `type`.")
    category: list[int] = Field([], max_length=200, description="Ids; entries of any of them.")
    wallet: list[int] = Field([], max_length=200, description="Ids; entries of any of them, transfers into them too.")
    text: str = Field("", max_length=200, description="Words that the entry's words begin with.")
    note: str = Field("", max_length=10, description="`whole`: the text is the whole note.")


class SummaryOut(Schema):
    """What a selection of entries adds up to; transfers are only counted."""

    income: str = Field(examples=["90000.00"])
    expense: str = Field(examples=["42150.50"])
    balance: str = Field(examples=["47849.50"], description="Income less expense.")
    currency: str = Field(examples=["INR"])
    count: int
