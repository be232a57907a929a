"""A row that PostgreSQL must refuse: by which rule, said once."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import IntegrityError, transaction


@contextmanager
def refused(rule: str) -> Iterator[None]:
    """The block breaks the database's rule of this name, and nothing of it stays."""
    with pytest.raises(IntegrityError) as broken, transaction.atomic():
        yield
    assert broken.value.__cause__.diag.constraint_name == rule
