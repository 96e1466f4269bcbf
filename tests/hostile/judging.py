"""Says what is wrong with what came of a hostile file."""

from __future__ import annotations

from collections.abc import Iterator

from hostile.bounded import MEGABYTES, SECONDS, Measured
from hostile.case import SECRET, Case

_UNFORESEEN = ("not foreseen", "Traceback", "Error:")


def faults(case: Case, came: Measured) -> list[str]:
    """Give everything that is not as it should be; nothing if all is well."""
    return [*_of_outcome(case, came), *unbearable(came), *untold(came)]


def unbearable(came: Measured) -> Iterator[str]:
    """Say what no file may ever do, whatever it is."""
    if came.failure:
        yield f"It was not taken in: {came.failure}"
    if came.seconds > SECONDS:
        yield f"It took {came.seconds:.1f} s."
    if came.megabytes > MEGABYTES:
        yield f"It took {came.megabytes:.0f} MB."
    if came.changed:
        yield f"The study was changed: {came.changed}"
    if came.elsewhere:
        yield f"Something was written elsewhere: {came.elsewhere}"
    if any(words in message for words in _UNFORESEEN for message in came.messages):
        yield f"It was not foreseen: {came.messages}"


def untold(came: Measured) -> Iterator[str]:
    """Say whether a refusal lacks its words."""
    if came.refused and not came.messages:
        yield "It was refused without a word."
    if any(not message.isprintable() for message in came.messages):
        yield "A message holds what cannot be seen."


def _of_outcome(case: Case, came: Measured) -> Iterator[str]:
    refused = 0 if case.read else 1
    if (came.read, came.refused) != (case.files - refused, refused):
        yield f"{came.read} read and {came.refused} refused."
    told = "\n".join(came.messages)
    yield from (f"Not told: {words!r}" for words in case.told if words not in told)
    yield from (f"Not read: {words!r}" for words in case.said if words not in came.said)
    name = (
        case.place.rsplit("/", 1)[-1].encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    )
    stem = name.rsplit(".", 1)[0]
    if not case.read and stem.isprintable() and stem not in told:
        yield f"Its name is not told: {told}"
    if SECRET in told:
        yield "A message repeats what was said."
