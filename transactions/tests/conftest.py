"""What several tests of statements begin with."""

import pytest

from transactions import shelved, staging, uploads
from transactions.importers import records


@pytest.fixture
def _long(monkeypatch):
    """Few lines are many, so that portions end between them."""
    monkeypatch.setattr(uploads, "LONG", 3)
    monkeypatch.setattr(records, "LONG", 3)
    monkeypatch.setattr(staging, "PORTION", 5)
    monkeypatch.setattr(shelved, "PORTION", 4)
