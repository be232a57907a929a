"""Builds the icon sprite from an unpacked lucide-static package and the list of names beside the sprite."""

import re
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

IMAGES = settings.BASE_DIR / "static" / "img"
_SHAPES = re.compile(r"<svg[^>]*>(.*)</svg>", re.DOTALL)
_NOTICE = "<!-- Icons from Lucide (https://lucide.dev), ISC licence, parts MIT: see static/vendor/README.md -->"


def symbol(name: str, svg: str) -> str:
    """One drawing as a symbol; colour and stroke come from the page through ``.icon``."""
    found = _SHAPES.search(svg)
    if not found:
        raise CommandError(f"{name}.svg holds no drawing")
    shapes = re.sub(r"\s*\n\s*", "", found[1])
    return f'<symbol id="{name}" viewBox="0 0 24 24">{shapes}</symbol>'


class Command(BaseCommand):
    help = "Rebuild static/img/icons.svg from npm's lucide-static and static/img/icons.txt"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("package", type=Path, help="the unpacked package, such as node_modules/lucide-static")

    def handle(self, *args: Any, package: Path, **options: Any) -> None:
        names = sorted(set((IMAGES / "icons.txt").read_text().split()))
        missing = [name for name in names if not (package / "icons" / f"{name}.svg").is_file()]
        if missing:
            raise CommandError(f"{package} has no icon named {', '.join(missing)}")
        symbols = [symbol(name, (package / "icons" / f"{name}.svg").read_text()) for name in names]
        lines = ['<svg xmlns="http://www.w3.org/2000/svg">', _NOTICE, *symbols, "</svg>"]
        (IMAGES / "icons.svg").write_text("\n".join(lines) + "\n")
        self.stdout.write(f"{len(names)} icons")
