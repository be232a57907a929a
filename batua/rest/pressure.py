"""The pages' limits of how often, answered as the API answers."""

from django.http import HttpRequest

from batua import limits
from batua.limits import Limit
from batua.rest.problems import Problem


def count(limit: Limit, request: HttpRequest) -> None:
    """Counts one more. Raises Problem when that is too often."""
    wait = limits.take_for(limit, request)
    if wait:
        raise Problem(429, headers={"Retry-After": str(wait)})
