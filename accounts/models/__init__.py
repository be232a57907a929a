"""Who someone is, one noun a module; the rest of Batua imports them from here."""

from accounts.models.audit import SecurityEvent
from accounts.models.households import Household, Membership
from accounts.models.jobs import Job
from accounts.models.people import People, User, UserQuerySet

__all__ = ["Household", "Job", "Membership", "People", "SecurityEvent", "User", "UserQuerySet"]
