"""From the embedded server to one of the operator's own, in one step: copied, compared, and only then called done."""

import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from batua import dumps
from batua.dumps import DumpError
from batua.rescue import proof


def move(source: Mapping[str, Any], target: Mapping[str, Any]) -> int:
    """Copies everything into an empty database and proves it equal; the number of rows. Raises DumpError."""
    with dumps.connected(target) as connection:
        if tables := dumps.prints(connection):
            raise DumpError(f"There are {len(tables)} tables already: it has to be an empty database.")
    with tempfile.TemporaryDirectory(prefix="batua-move-") as folder:
        file = Path(folder) / "move.dump"
        with dumps.snapshot(source) as (moment, original):
            dumps.write(source, file, snapshot=moment)
        dumps.read(target, file)
    if wrong := proof.problems(target, original):
        raise DumpError("\n".join(["The copy is not the same:", *wrong]))
    return sum(rows for rows, _hash in original.values())
