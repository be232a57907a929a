"""``/api/users/me``: the person, how they like to read, and their households."""

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse
from ninja import Field, Router, Schema
from ninja.responses import Status

from accounts import leaving
from accounts.access import cookies
from accounts.access.doors import PERSON
from accounts.forms import ProfileForm
from accounts.leaving_form import LeavingForm
from accounts.models import Membership, User
from batua.rest.problems import invalid

router = Router(tags=["Users"], auth=PERSON)


class HouseholdOut(Schema):
    """A household, and what one is in it."""

    id: int
    name: str = Field(examples=["Our books"])
    currency: str = Field(examples=["INR"])
    month_start: int
    week_start: int = Field(description="0 is Monday.")
    role: Membership.Role


class Me(Schema):
    """The person who asks."""

    id: int
    email: str = Field(examples=["you@example.org"])
    name: str
    locale: str = Field(examples=["en-IN"])
    time_zone: str = Field(examples=["Asia/Kolkata"])
    theme: User.Theme
    household: int | None = Field(description="The household that this request is about; X-Household chooses another.")
    households: list[HouseholdOut]


class Reading(Schema, extra="forbid"):
    """What is sent is changed, the rest stays."""

    name: str | None = Field(None, max_length=120, examples=["Asha"])
    locale: str | None = Field(None, max_length=16, examples=["en-IN"])
    time_zone: str | None = Field(None, max_length=64, examples=["Asia/Kolkata"])
    theme: User.Theme | None = None


@router.get("/me", response=Me, summary="Who I am")
def me(request: Any) -> dict[str, Any]:
    return shown(request)


@router.patch("/me", response=Me, summary="Change how I read")
def change_me(request: Any, sent: Reading) -> dict[str, Any]:
    person = User.objects.get(pk=request.user.pk)
    kept = {name: getattr(person, name) for name in ProfileForm.Meta.fields}
    form = ProfileForm({**kept, **sent.model_dump(exclude_none=True)}, instance=person)
    if not form.is_valid():
        raise invalid(form)
    request.user = form.save()
    return shown(request)


class Leaving(Schema, extra="forbid"):
    """Proof that it is really you."""

    password: str = Field(max_length=1000, examples=["correct horse battery"])


@router.delete("/me", response={204: None}, summary="Delete my account")
def leave_me(request: Any, response: HttpResponse, sent: Leaving) -> Status[None]:
    """Deletes the account with everything that is its own, for good. What is shared goes on with its other members."""
    proof = LeavingForm({"password": sent.password, "word": LeavingForm.WORD}, request=request, is_proven=False)
    if not proof.is_valid():
        raise invalid(proof)
    leaving.leave(user=request.user, request=request)
    request.session.flush()
    request.user = request._cached_user = AnonymousUser()
    cookies.clear(response)
    return Status(204, None)


def shown(request: Any) -> dict[str, Any]:
    """The caller as the API shows them."""
    user = request.user
    own = Membership.objects.filter(user=user).select_related("household").order_by("pk")
    return {
        **{name: getattr(user, name) for name in ("id", "email", "name", "locale", "time_zone", "theme")},
        "household": request.household and request.household.pk,
        "households": [_household(membership) for membership in own],
    }


def _household(membership: Membership) -> dict[str, Any]:
    books = membership.household
    fields = ("id", "name", "currency", "month_start", "week_start")
    return {**{name: getattr(books, name) for name in fields}, "role": membership.role}
