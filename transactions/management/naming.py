"""Categories as an operator names them on the shell."""

from django.core.management.base import CommandError

from accounts.models import Household
from transactions.models import Category


def category_called(household: Household, name: str, *, kind: str) -> Category:
    """The household's category of this name, whatever its case. Raises CommandError with the names there are."""
    own = Category.objects.of(household).filter(kind=kind).select_related("household")
    found = own.filter(name__iexact=name.strip()).first()
    if found is None:
        names = ", ".join(own.by_name().values_list("name", flat=True))
        raise CommandError(f"Household {household.pk} has no {kind} category {name}. It has: {names}.")
    return found
