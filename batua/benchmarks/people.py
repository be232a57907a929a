"""Who lives in the households that are measured: known here without Django, so that a load generator knows them too."""

PASSWORD = "a purse for every household"  # nosec B105 # of people who live as long as the measurement
ROLES = ("owner", "editor")


def address(role: str, number: int) -> str:
    """The e-mail address of the one with that role in the household of that number."""
    return f"{role}{number}@neighbours.example"
