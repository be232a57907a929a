"""For each address with a key: a row of a household that it can stand for. A new address has to be added here."""

import re
import uuid
from collections.abc import Callable
from datetime import timedelta
from itertools import count

from django.utils import timezone

from accounts import jobs
from accounts.access import personal
from accounts.models import ApiSession, Household, Job, SignIn, User, Webhook, WebhookDelivery
from batua.tests.test_urls import ALL
from budgets.tests.factories import make_budget
from transactions.models import ImportBatch, StatementAccount, StatementProfile, Upload, Wallet
from transactions.tests.factories import make_category, make_transaction, make_wallet

STATEMENT = b"Date,Description,Amount\n05/04/2026,Coffee House,-4.50\n06/04/2026,Salary,900.00\n"


_numbers = count(1)


def _name(word: str) -> str:
    """A name that no other row has."""
    return f"{word} {next(_numbers)}"


def _wallet(household: Household) -> int:
    return int(make_wallet(household, _name("Bank")).pk)


def _archived_wallet(household: Household) -> int:
    return _archived(make_wallet(household, _name("Old bank")))


def _category(household: Household) -> int:
    make_transaction(household, "5", category=make_category(household, _name("Tea"), keywords=["chai"]))
    return int(make_category(household, _name("Gifts")).pk)


def _archived_category(household: Household) -> int:
    return _archived(make_category(household, _name("Old gifts")))


def _archived(row) -> int:
    row.archived_at = row.created_at
    row.save(update_fields=["archived_at"])
    return int(row.pk)


def _upload(household: Household) -> int:
    return int(Upload.objects.create(household=household, file_name="bank.csv", content=STATEMENT).pk)


def _batch(household: Household) -> int:
    wallet = Wallet.objects.of(household).first()
    return int(
        ImportBatch.objects.create(
            household=household, wallet=wallet, file_name="bank.csv", file_format="csv", new_count=2
        ).pk
    )


def _profile(household: Household) -> int:
    return int(StatementProfile.objects.create(household=household, name="My bank", layout=_name("x")).pk)


def _account(household: Household) -> int:
    return int(
        StatementAccount.objects.create(household=household, name=_name("4711"), wallet_id=_wallet(household)).pk
    )


def _job(household: Household) -> int:
    owner = User.objects.get(memberships__household=household, memberships__role="owner")
    job = Job.objects.create(household=household, asked_by=owner, kind="export", title="November")
    jobs.Progress(job).file(b"November", name="november.txt", content_type="text/plain")
    return int(job.pk)


def _sign_in(household: Household) -> int:
    user = household.members.earliest("pk")
    return int(SignIn.objects.create(user=user, session_key=_name("key").replace(" ", "-"), device="d").pk)


def _program(household: Household) -> uuid.UUID:
    user = household.members.earliest("pk")
    soon = timezone.now() + timedelta(days=1)
    return ApiSession.objects.create(user=user, password_mark=user.get_session_auth_hash(), expires_at=soon).pk


def _webhook(household: Household) -> int:
    return int(Webhook.objects.create(household=household, url=f"https://{_name('x')}", events=["import.committed"]).pk)


def _delivery(household: Household) -> int:
    webhook = Webhook.objects.get(pk=_webhook(household))
    return int(WebhookDelivery.objects.create(webhook=webhook, event="import.committed", body="{}").pk)


def _token(household: Household) -> int:
    return int(personal.make(user=household.members.earliest("pk"), name="Script", scope="read", days=7)[0].pk)


MAKERS: dict[str, Callable[[Household], int | uuid.UUID]] = {
    "accounts:session-end": _sign_in,
    "accounts:session-end-program": _program,
    "accounts:token-revoke": _token,
    "accounts:switch": lambda household: int(household.pk),
    "accounts:job": _job,
    "accounts:job-file": _job,
    "accounts:job-cancel": _job,
    "accounts:webhook": _webhook,
    "accounts:webhook-renew": _webhook,
    "accounts:webhook-test": _webhook,
    "accounts:webhook-delete": _webhook,
    "accounts:webhook-send-again": _delivery,
    "transactions:update": lambda household: int(make_transaction(household, "5").pk),
    "transactions:delete": lambda household: int(make_transaction(household, "5").pk),
    "transactions:wallet-update": _wallet,
    "transactions:wallet-archive": _wallet,
    "transactions:wallet-reopen": _archived_wallet,
    "transactions:wallet-delete": _wallet,
    "transactions:category-update": _category,
    "transactions:category-archive": _category,
    "transactions:category-reopen": _archived_category,
    "transactions:category-merge": _category,
    "transactions:category-delete": _category,
    "transactions:import-check": _upload,
    "transactions:import-choose": _upload,
    "transactions:import-commit": _upload,
    "transactions:import-discard": _upload,
    "transactions:import-read": _upload,
    "transactions:import-done": _batch,
    "transactions:import-take-back": _batch,
    "transactions:profile-update": _profile,
    "transactions:profile-delete": _profile,
    "transactions:account-update": _account,
    "transactions:account-delete": _account,
    "budgets:update": lambda household: int(make_budget(household, category=_name("Tea")).pk),
    "budgets:stop": lambda household: int(make_budget(household, category=_name("Bread")).pk),
    "budgets:delete": lambda household: int(make_budget(household, category=_name("Milk")).pk),
    **dict.fromkeys(
        ("api:show_transaction", "api:replace_transaction", "api:change_transaction", "api:delete_transaction"),
        lambda household: int(make_transaction(household, "5").pk),
    ),
    **dict.fromkeys(("api:show_wallet", "api:change_wallet", "api:archive_wallet", "api:delete_wallet"), _wallet),
    "api:reopen_wallet": _archived_wallet,
    **dict.fromkeys(("api:show_category", "api:change_category", "api:archive_category"), _category),
    **dict.fromkeys(("api:delete_category", "api:merge_category"), _category),
    "api:reopen_category": _archived_category,
    **dict.fromkeys(("api:show_import", "api:revert_import"), _batch),
    **dict.fromkeys(("api:show_upload", "api:preview_upload", "api:commit_upload"), _upload),
    **dict.fromkeys(
        ("api:show_budget", "api:change_budget", "api:stop_budget", "api:delete_budget"),
        lambda household: int(make_budget(household, category=_name("Jam")).pk),
    ),
}
# Of our own addresses; allauth's keys are secrets, not numbers, and the admin asks for staff.
KEYED = sorted(
    name for name, path in ALL if re.search(r"/(1|0+-[-0]+1)(/|$)", path) and not name.startswith(("admin:", "mfa_"))
)
