"""`backup_household` and `restore_household`: what they make, what they say, and what they refuse."""

import io

import pytest
from django.core.management import CommandError, call_command

from accounts.models import Household
from batua.tests.archives import fill, members, taken, with_row


@pytest.fixture
def full(household, alice):
    fill(household, alice)
    return household


def run(*arguments, **options):
    out = io.StringIO()
    call_command(*arguments, stdout=out, **options)
    return out.getvalue()


def refused(*arguments):
    with pytest.raises(CommandError) as caught:
        run(*arguments)
    return str(caught.value)


@pytest.mark.parametrize("chosen", [["--household", "alice's HOUSEHOLD"], ["--member", "Alice@example.org"]])
def test_a_backup_goes_into_a_file(full, bobs_household, tmp_path, chosen):
    path = tmp_path / "a.zip"

    said = run("backup_household", *chosen, "--output", str(path))

    assert said == f"Written: {path}, 4 entries of Alice's household.\n"
    assert members(path.read_bytes()) == members(taken(full))
    assert [each.name for each in tmp_path.iterdir()] == ["a.zip"]
    assert path.stat().st_mode & 0o077 == 0


def test_a_backup_goes_down_a_pipe(full, capfdbinary):
    call_command("backup_household", "--member", "alice@example.org")

    assert members(capfdbinary.readouterr().out) == members(taken(full))


def test_which_household_has_to_be_clear(full, bobs_household, alice, tmp_path):
    assert refused("backup_household") == "Say which household with --household NAME or --member EMAIL."
    assert refused("backup_household", "--household", "Nobody's") == "There is no such household."
    assert refused("backup_household", "--member", "x@example.org") == "No member has the address x@example.org."
    second = Household.objects.create(name="Shop", currency="INR")
    second.memberships.create(user=alice, role="owner")
    assert refused("backup_household", "--member", "alice@example.org") == (
        "Say which household with --household NAME. alice@example.org owns: Alice's household, Shop."
    )
    Household.objects.filter(pk=bobs_household.pk).update(name="Shop")
    assert refused("backup_household", "--household", "shop") == (
        "2 households are called shop. Say whose with --member EMAIL."
    )


def test_a_folder_that_is_not_there(full, tmp_path):
    path = tmp_path / "none" / "a.zip"

    said = refused("backup_household", "--member", "alice@example.org", "--output", str(path))

    assert said == f"{path} cannot be written: No such file or directory."


def test_a_backup_is_restored(full, bob, tmp_path):
    path = tmp_path / "a.zip"
    path.write_bytes(taken(full))

    said = run("restore_household", str(path), "--owner", "bob@example.org", "--name", "Came back")

    assert "4 entries, 1 import batches, 3 imported lines" in said
    assert "Not a member of the new household: alice@example.org\n" in said
    assert said.endswith("Restored: Came back, owned by bob@example.org.\n")
    assert set(bob.households.values_list("name", flat=True)) == {"Bob's household", "Came back"}


def test_members_come_back_when_the_operator_says_so(full, bob, tmp_path):
    path = tmp_path / "a.zip"
    path.write_bytes(taken(full))

    run("restore_household", str(path), "--owner", "bob@example.org", "--name", "Ours", "--with-members")

    emails = Household.objects.get(name="Ours").memberships.values_list("user__email", flat=True)
    assert set(emails) == {"alice@example.org", "bob@example.org"}


def test_a_trial_keeps_nothing(full, tmp_path):
    path = tmp_path / "a.zip"
    path.write_bytes(taken(full))

    said = run("restore_household", str(path), "--owner", "alice@example.org", "--dry-run")

    assert said.endswith("The backup can be restored. Nothing was kept of this trial.\n")
    assert Household.objects.count() == 1


def test_a_trial_finds_what_the_database_refuses(full, tmp_path):
    path = tmp_path / "a.zip"
    path.write_bytes(with_row(taken(full), "entries.jsonl", 2, amount="0"))

    assert refused("restore_household", str(path), "--owner", "alice@example.org", "--dry-run") == (
        "Nothing was restored. entries.jsonl, line 2: the database refuses the row (amount_is_not_zero)."
    )
    assert Household.objects.count() == 1


def test_what_else_is_refused(full, tmp_path):
    path = tmp_path / "a.zip"

    assert refused("restore_household", str(path), "--owner", "x@example.org") == (
        "Nobody here has the address x@example.org. The owner has to sign up first."
    )
    assert refused("restore_household", str(path), "--owner", "alice@example.org") == (
        f"{path} cannot be read: No such file or directory."
    )
    path.write_bytes(taken(full))
    assert refused("restore_household", str(path), "--owner", "alice@example.org", "--name", "x" * 81) == (
        "A household's name has at most 80 characters."
    )
