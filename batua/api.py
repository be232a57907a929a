"""The JSON API: every app's router under one description."""

from accounts.access.doors import MEMBER
from accounts.api import auth, me
from batua.rest.description import Api
from batua.rest.mounting import mounted
from budgets import api as budgets_api
from reports import api as reports_api
from transactions.api import categories, entries, imports, wallets

api = Api(
    title="Batua",
    version="1",
    description="Your household's books for your own programs. Amounts are decimal strings, days are ISO dates.",
    urls_namespace="api",
    auth=MEMBER,
)
api.add_router("/auth", auth.router)
api.add_router("/users", me.router)
api.add_router("/transactions", entries.router)
api.add_router("/categories", categories.router)
api.add_router("/wallets", wallets.router)
api.add_router("/imports", imports.router)
api.add_router("/budgets", budgets_api.router)
api.add_router("/reports", reports_api.router)
api.add_router("/exports", reports_api.exports_router)

urls = mounted(api)
