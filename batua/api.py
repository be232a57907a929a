"""The JSON API: every app's router under one description."""

from accounts.access.doors import MEMBER
from accounts.api import auth, me
from batua.rest.description import Api
from batua.rest.mounting import mounted

api = Api(
    title="Batua",
    version="1",
    description="Your household's books for your own programs. Amounts are decimal strings, days are ISO dates.",
    urls_namespace="api",
    auth=MEMBER,
)
api.add_router("/auth", auth.router)
api.add_router("/users", me.router)

urls = mounted(api)
