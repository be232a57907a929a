"""Who someone is, one noun a module; the rest of Batua imports them from here."""

from accounts.models.access import ApiSession, KeptAnswer, PersonalToken
from accounts.models.audit import SecurityEvent
from accounts.models.households import Household, Membership
from accounts.models.jobs import Job
from accounts.models.people import People, User, UserQuerySet
from accounts.models.sign_ins import SignIn
from accounts.models.webhooks import Webhook, WebhookDelivery

__all__ = [
    "ApiSession",
    "Household",
    "Job",
    "KeptAnswer",
    "Membership",
    "People",
    "PersonalToken",
    "SecurityEvent",
    "SignIn",
    "User",
    "UserQuerySet",
    "Webhook",
    "WebhookDelivery",
]
