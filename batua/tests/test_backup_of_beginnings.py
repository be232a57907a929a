"""What wallets begin with is in a backup, and so is which import it came by."""

from batua.tests.archives import put_back, taken
from transactions.imports import taking_back
from transactions.models import ImportBatch, ImportedLine, Wallet
from transactions.tests.factories import make_wallet


def test_what_wallets_began_with_by_a_line_of_a_file_is_taken_back_after_a_restore_too(household, alice):
    giro = make_wallet(household, "Giro", opening_balance="1200")
    batch = ImportBatch.objects.create(household=household, wallet=giro, file_name="a.csv", created_by=alice)
    told = {"household": household, "batch": batch, "wallet": giro, "line_number": 2, "raw": "", "made_entry": False}
    ImportedLine.objects.create(**told, key="opening", turned={"opened": "1200.00"})

    restored = put_back(taken(household), alice).household
    taking_back.take_back(batch=ImportBatch.objects.of(restored).get())

    assert Wallet.objects.of(restored).get(name="Giro").opening_balance == 0
    assert Wallet.objects.get(pk=giro.pk).opening_balance == 1200
