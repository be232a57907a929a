"""A long file as a member sends it in, and where it is found then."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from transactions.models import StagedLine, Upload

MONTH = "Date,Description,Amount\n" + "".join(f"2026-11-{day:02},Shop {day},-{day}.50\n" for day in range(1, 29))
HTMX = {"HX-Request": "true"}
# A line that is new, one like an entry that is here, one pending, one of nothing, and one that brings money.
KINDS = """Date,Description,Amount,Status
2026-11-02,Tea,-2.00,Booked
2026-11-03,Bakery,-3.50,Booked
2026-11-04,Hotel,-40.00,Pending
2026-11-05,Nothing,0.00,Booked
2026-11-16,Pay,900.00,Booked
"""


def sent(client, content: str | bytes, name: str = "bank.csv"):
    file = SimpleUploadedFile(name, content if isinstance(content, bytes) else content.encode())
    return client.post(reverse("transactions:import"), {"file": file})


def at(name: str) -> str:
    return reverse(f"transactions:{name}", args=[Upload.objects.latest("pk").pk])


def line(place: int) -> StagedLine:
    return StagedLine.objects.get(upload=Upload.objects.latest("pk"), place=place)


def choose(client, place: int | None = None, field: str = "", value: object = "", **more):
    """What the page sends when one tick or select is changed."""
    named = {} if place is None else {f"{field}-{line(place).pk}": value}
    return client.post(at("import-choose"), named | more, headers=HTMX)


def shown(client, **asked):
    return client.get(at("import-check"), asked).context["check"]
