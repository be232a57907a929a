"""``/api/auth``: signing up, in and out for programs with a cookie jar. Scripts have tokens, browsers the pages."""

from typing import Annotated, Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from ninja import Field, Query, Router, Schema
from ninja.decorators import decorate_view
from ninja.responses import Status

from accounts import audit
from accounts.access import cookies, sessions, way_back, way_in
from accounts.access.doors import identify
from accounts.access.tokens import Use
from accounts.models import SecurityEvent
from batua.rest.origins import from_our_own_site
from batua.rest.problems import Problem, ProblemDetails, answer

router = Router(tags=["Signing in"], auth=None)

Password = Annotated[str, Field(max_length=1000, examples=["correct horse battery"])]
Key = Annotated[str, Field(max_length=300, description="What stands in the mailed link.", examples=["MQ:1wX2y3:abc"])]
Address = Annotated[str, Field(max_length=254, examples=["you@example.org"])]


class Body(Schema, extra="forbid"):
    """What is sent holds no field that we do not know."""


class SignUp(Body):
    """Only address and password are asked for; the rest is guessed from Accept-Language."""

    email: Address
    password: Password
    currency: str | None = Field(None, max_length=3, examples=["INR"])
    locale: str | None = Field(None, max_length=16, examples=["en-IN"])
    time_zone: str | None = Field(None, max_length=64, examples=["Asia/Kolkata"])
    month_start: int | None = Field(None, ge=1, le=28)
    week_start: int | None = Field(None, ge=0, le=6)


class SignIn(Body):
    email: Address
    password: Password
    code: str = Field("", max_length=40, description="Of the authenticator, for accounts that have one.")


class AddressIn(Body):
    email: Address


class KeyIn(Body):
    key: Key


class NewPassword(Body):
    key: Key
    password: Password


class Said(Schema):
    """What happened, in words."""

    detail: str = Field(examples=["Look into your mailbox: the link in it confirms your address."])


class LinkOut(Schema):
    """What a link to confirm an address is about."""

    email: str = Field(examples=["you@example.org"])


class Person(Schema):
    id: int
    email: str = Field(examples=["you@example.org"])
    name: str


class SignedIn(Schema):
    """Who is signed in, and for how many seconds the access cookie holds."""

    user: Person
    expires_in: int = Field(900, examples=[900])


class State(Schema):
    """Whether a request like this one is known, and whose it is."""

    authenticated: bool
    user: Person | None = None


@router.post("/register", response={201: Said}, summary="Sign up")
@decorate_view(from_our_own_site)
def register(request: Any, sent: SignUp) -> Status[Any]:
    chosen = sent.model_dump(exclude={"email", "password"}, exclude_none=True)
    way_back.sign_up(request, email=sent.email, password=sent.password, chosen=chosen)
    return Status(201, {"detail": _("Look into your mailbox: the link in it confirms your address.")})


@router.post("/login", response={200: SignedIn, 401: ProblemDetails}, summary="Sign in")
@decorate_view(from_our_own_site)
def login(request: Any, response: HttpResponse, sent: SignIn) -> dict[str, Any]:
    user = way_in.prove(request, email=sent.email, password=sent.password, code=sent.code)
    cookies.put(response, sessions.begin(user, request=request))
    return {"user": user}


@router.post("/refresh", response={200: SignedIn, 401: ProblemDetails}, summary="Renew the sign-in")
@decorate_view(from_our_own_site)
def refresh(request: Any, response: HttpResponse) -> Any:
    """Takes the refresh cookie, sets both anew. A refresh token works once: its second use ends the sign-in."""
    claims = cookies.claims(request, Use.REFRESH)
    try:
        session = sessions.renew(claims, request=request) if claims else None
    except sessions.RefreshReusedError as error:
        audit.record(SecurityEvent.Kind.SESSION_ENDED, request=request, user=error.session.user, way="token reused")
        session = None
    if session is None:
        refused = answer(Problem(401, _("This sign-in is over. Sign in again.")))
        cookies.clear(refused)
        return refused
    cookies.put(response, session)
    return {"user": session.user}


@router.post("/logout", response=Said, summary="Sign out")
@decorate_view(from_our_own_site)
def logout(request: Any, response: HttpResponse) -> dict[str, str]:
    """Ends the sign-in on the server, at once, and takes the cookies back. Without one, nothing happens."""
    for use in Use:
        if claims := cookies.claims(request, use):
            sessions.end(claims.session)
    cookies.clear(response)
    return {"detail": _("You are signed out.")}


@router.get("/status", response=State, summary="Am I signed in?")
def status(request: Any) -> dict[str, Any]:
    try:
        caller = identify(request)
    except Problem:
        caller = None
    return {"authenticated": bool(caller), "user": caller and caller.user}


@router.get("/verify-email", response={200: LinkOut, 404: ProblemDetails}, summary="What a mailed link is about")
def link(request: Any, key: Query[Key]) -> dict[str, str]:
    """Confirms nothing: programs that look through mailboxes follow links, too."""
    return {"email": way_back.link(key).email_address.email}


@router.post(
    "/verify-email",
    response={200: LinkOut, 403: ProblemDetails, 404: ProblemDetails},
    summary="Confirm an address",
)
@decorate_view(from_our_own_site)
def verify(request: Any, sent: KeyIn) -> dict[str, str]:
    return {"email": way_back.confirm(request, sent.key)}


@router.post("/forgot-password", response=Said, summary="Ask for a link to set a new password")
@decorate_view(from_our_own_site)
def forgot(request: Any, sent: AddressIn) -> dict[str, str]:
    way_back.forgot(request, sent.email)
    return {"detail": _("If the address has an account, a mail with a link is on its way.")}


@router.post("/reset-password", response=Said, summary="Set a new password with a mailed link")
@decorate_view(from_our_own_site)
def reset(request: Any, response: HttpResponse, sent: NewPassword) -> dict[str, str]:
    """Ends all sign-ins and personal tokens of the account."""
    way_back.set_password(request, key=sent.key, password=sent.password)
    cookies.clear(response)
    return {"detail": _("Your new password is set. Sign in with it.")}
