"""Makes a new household from a backup: all of it or nothing, and no row that was there before is touched."""

import re
from array import array
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from typing import Any

import psycopg
from django.db import connection, transaction
from django.db.models import JSONField
from django.utils.translation import gettext as _
from psycopg import sql
from psycopg.types.json import Jsonb

from accounts.models import Household, Membership, User
from batua import money
from batua.backup.archive import Archive, in_file
from batua.backup.tables import HOUSEHOLD, MEMBERSHIPS, TABLES, Column, Table
from batua.backup.values import Keys, LeftOut, ValueProblem, shown

_COPY_LINE = re.compile(r"COPY \w+, line (\d+)")
Rows = Callable[[], Iterable[tuple[int, dict[str, Any]]]]
_KEY = re.compile(r"^Key \((?P<columns>[\w, ]+)\)=\((?P<values>.*)\) (?:is not present|already exists)", re.DOTALL)


class Others(Enum):
    """Whether those of the archive's members who have an account here become members of the new household."""

    LEFT_OUT = "left out"
    INVITED_BACK = "invited back"


@dataclass(frozen=True)
class Restored:
    """The new household, and which of the archive's members are not in it."""

    household: Household
    left_out: tuple[str, ...]


@transaction.atomic
def restore(*, archive: Archive, owner: User, name: str = "", others: Others = Others.LEFT_OUT) -> Restored:
    """A new household of the owner's with all that the archive holds. Raises ArchiveError; then nothing was made.

    ``name`` overrules the archive's. What somebody entered who is not a member here stays, without their name.
    """
    making = _Making(archive)
    household = making.household(name)
    left_out = making.members(household, owner, others)
    for table in TABLES:
        if table not in (HOUSEHOLD, MEMBERSHIPS):
            making.table(table, household)
    return Restored(household, left_out)


class _Making:
    def __init__(self, archive: Archive) -> None:
        self._archive, self._keys = archive, Keys()

    def household(self, name: str) -> Household:
        [(number, row)] = self._archive.rows(HOUSEHOLD)
        if row["currency"] not in money.CURRENCIES:
            problem = _("%(value)s is no currency of today") % {"value": shown(row["currency"])}
            raise in_file(HOUSEHOLD.file, problem, line=number)
        named = [(number, {**row, "name": name or row["name"]})]
        [key] = self._copy(HOUSEHOLD, lambda: named, ())
        return Household.objects.get(pk=key)

    def members(self, household: Household, owner: User, others: Others) -> tuple[str, ...]:
        """The owner, and those of the archive who are here too: their keys in the order of the archive's rows."""
        people = self._people(owner, others)
        keys, left_out = self._keys.open(MEMBERSHIPS.name), []
        for number, row in self._archive.rows(MEMBERSHIPS):
            read = self._read(MEMBERSHIPS, number, row)
            user = people.pop(read["email"].lower(), None)
            if user is None:
                left_out.append(read["email"])
                keys.append(0)
            else:
                role = Membership.Role.OWNER if user == owner else read["role"]
                keys.append(_join(household, user, role, joined_at=read["joined_at"]))
        if owner.email in people:
            _join(household, owner, Membership.Role.OWNER)
        self._keys.people.update(household.memberships.values_list("user__email", "user"))
        return tuple(left_out)

    def _people(self, owner: User, others: Others) -> dict[str, User]:
        people = {owner.email: owner}
        if others is Others.INVITED_BACK:
            emails = [str(row["email"]).lower() for _number, row in self._archive.rows(MEMBERSHIPS)]
            people |= {user.email: user for user in User.objects.filter(email__in=emails, is_active=True)}
        return people

    def table(self, table: Table, household: Household) -> None:
        household_column = next(
            (field.column for field in table.model._meta.concrete_fields if field.related_model is Household), None
        )
        fixed = ((household_column, household.pk),) if household_column else ()
        self._copy(table, lambda: self._archive.rows(table), fixed)

    def _copy(self, table: Table, rows: Rows, fixed: tuple[tuple[str, int], ...]) -> "array[int]":
        """Copies the rows, with new keys that ascend as the rows do: the next backup numbers them alike."""
        keys = self._keys.open(table.name)
        if table.key:
            keys.extend(_new_keys(table, self._archive.manifest.rows(table.name)))
        names = [*([table.key] if table.key else []), *(name for name, _value in fixed)]
        names += [column.column for column in table.columns]
        copying = _Copying(table, names, lambda: self._rows(table, rows, [value for _name, value in fixed]))
        copying.run()
        return keys

    def _rows(self, table: Table, rows: Rows, fixed: list[int]) -> Iterator[tuple[int, list[Any]]]:
        keys = self._keys.open(table.name)
        for number, row in rows():
            try:
                values = self._read(table, number, row).values()
            except LeftOut:
                continue
            yield number, [*([keys[number - 1]] if table.key else []), *fixed, *values]

    def _read(self, table: Table, number: int, row: dict[str, Any]) -> dict[str, Any]:
        return {column.name: self._value(table, column, number, row[column.name]) for column in table.columns}

    def _value(self, table: Table, column: Column, number: int, value: Any) -> Any:
        if value is None and column.is_optional:
            return None
        try:
            return column.codec.read(value, self._keys)
        except ValueProblem as problem:
            raise in_file(table.file, f"{column.name}: {problem}", line=number) from problem


class _Copying:
    """One COPY; what PostgreSQL refuses is traced to its line."""

    def __init__(self, table: Table, names: list[str], rows: Callable[[], Iterator[tuple[int, list[Any]]]]) -> None:
        self._table, self._names, self._rows = table, names, rows
        self._lines: array[int] = array("q")
        fields = {field.column: field for field in table.model._meta.concrete_fields}
        self._json = {place for place, name in enumerate(names) if isinstance(fields[name], JSONField)}

    def run(self) -> None:
        statement = sql.SQL("COPY {} ({}) FROM STDIN").format(
            sql.Identifier(self._table.model._meta.db_table), sql.SQL(", ").join(map(sql.Identifier, self._names))
        )
        try:
            with connection.cursor() as cursor, cursor.copy(statement.as_string()) as copy:
                for line, values in self._rows():
                    self._lines.append(line)
                    copy.write_row([self._as_sent(place, value) for place, value in enumerate(values)])
        except psycopg.Error as error:
            raise self._told(error) from error

    def _as_sent(self, place: int, value: Any) -> Any:
        return Jsonb(value) if place in self._json and value is not None else value

    def _told(self, error: psycopg.Error) -> Exception:
        diagnosis = error.diag
        rule = diagnosis.constraint_name or diagnosis.message_primary or str(error)
        problem = _("the database refuses the row (%(rule)s)") % {"rule": rule}
        return in_file(self._table.file, problem, line=self._line(diagnosis))

    def _line(self, diagnosis: psycopg.errors.Diagnostic) -> int:
        """The line that PostgreSQL names; a foreign key is checked at the end and names only its values."""
        if found := _COPY_LINE.search(diagnosis.context or ""):
            return self._lines[int(found[1]) - 1]
        key = _KEY.match(diagnosis.message_detail or "")
        if key is None:
            return 0
        places = [self._names.index(name) for name in key["columns"].split(", ")]
        for line, values in self._rows():
            if ", ".join(str(values[place]) for place in places) == key["values"]:
                return line
        return 0


def _join(household: Household, user: User, role: str, **fields: Any) -> int:
    membership = Membership.objects.create(user=user, household=household, role=role, **fields)
    return membership.pk


def _new_keys(table: Table, count: int) -> Iterator[int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)",
            [table.model._meta.db_table, table.key, count],
        )
        for (key,) in cursor:
            yield key
