"""Alice's rows are not there for Bob: whatever he asks of an address with her key, the answer is 404."""

import pytest
from django.urls import reverse

from batua.tests.rows_with_keys import KEYED, MAKERS


def test_every_address_with_a_key_is_covered():
    assert MAKERS.keys() == set(KEYED)


@pytest.mark.parametrize("name", KEYED)
def test_a_row_of_another_household_is_not_there(as_bob, household, name):
    path = reverse(name, args=[MAKERS[name](household)])

    # Programs send JSON; the one field that any of these addresses demands is there.
    sent = ({"into": 1}, "application/json") if name.startswith("api:") else ()
    said = {as_bob.get(path).status_code, as_bob.post(path, *sent).status_code}

    # An address that takes one of the two only says so (405) before it looks for the row.
    assert 404 in said
    assert said <= {404, 405}


@pytest.mark.parametrize("name", KEYED)
def test_the_row_is_there_for_its_own_household(as_alice, household, name):
    """Without this, an address that is broken for everybody would pass the test above."""
    path = reverse(name, args=[MAKERS[name](household)])

    assert as_alice.get(path).status_code in {200, 302, 303, 405}
