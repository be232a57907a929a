"""A long file as a member sends it in, and where it is found then."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from transactions.models import Upload

MONTH = "Date,Description,Amount\n" + "".join(f"2026-11-{day:02},Shop {day},-{day}.50\n" for day in range(1, 29))


def sent(client, content: str | bytes, name: str = "bank.csv"):
    file = SimpleUploadedFile(name, content if isinstance(content, bytes) else content.encode())
    return client.post(reverse("transactions:import"), {"file": file})


def at(name: str) -> str:
    return reverse(f"transactions:{name}", args=[Upload.objects.latest("pk").pk])
