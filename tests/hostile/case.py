"""What a hostile file is for a test: where it lies in a study, how it is made, what should come of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

SECRET = "quokka"
"""A word that people say in hostile transcripts, and that no message may repeat."""

TALK = f"Jane: hello {SECRET}\nBob: hello back\n"

WORKSHOP = "workshops/w"


@dataclass(frozen=True)
class Case:
    """A file as hostile people, or damaged disks, may put it into a study.

    ``place`` is its path in the study's folder. ``make`` puts it there. ``read`` says whether it is
    to be read or refused; ``told`` are words that a message about it has to hold, ``said`` words
    that have to be in what was read. ``files`` is how many files it comes to.
    """

    place: str
    make: Callable[[Path], None] = field(repr=False)
    read: bool
    told: tuple[str, ...] = ()
    said: tuple[str, ...] = ()
    about: str = ""
    files: int = 1

    @property
    def name(self) -> str:
        """Name the case for people."""
        return f"{self.place!r} {self.about}".strip()


def refused(place: str, content: str | bytes | Callable[[], bytes], *told: str) -> Case:
    """Give a case of a file with this content that has to be refused, with these words."""
    return Case(place, holding(content), False, told)


def taken(
    place: str,
    content: str | bytes | Callable[[], bytes],
    *said: str,
    told: tuple[str, ...] = (),
) -> Case:
    """Give a case of a file that has to be read, with these words in what is read."""
    return Case(place, holding(content), True, told, said)


def holding(content: str | bytes | Callable[[], bytes]) -> Callable[[Path], None]:
    """Give what writes a file with a content; a function is called only then."""

    def make(path: Path) -> None:
        data = content() if callable(content) else content
        path.write_bytes(data.encode() if isinstance(data, str) else data)

    return make
