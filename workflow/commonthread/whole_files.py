"""Writes files whole: nobody ever sees half of one, and none is lost when a run is cut short."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Lend a temporary path in the folder of ``path``; move it into place if all went well.

    Makes the folder if need be. A reader sees the old file or the whole new one, never a part.
    If the block raises, the temporary file is removed and the old file stays.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        yield temporary
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
