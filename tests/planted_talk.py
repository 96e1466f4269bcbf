"""Invented talk with identifiers planted in it, and how many of them are found.

In tests/planted, each set is a folder: texts in which each identifier is marked as ⟦what|words⟧, a
turn a line as "speaker: words", and the lists of the study. The marks are the key: what the words
are, whether they have a form that is valid, whether the study lists them; and where they stand.
The rules were made with the set "tuned". When "held_out" was first looked at, 55 of its 57
structured identifiers, 45 of 49 listed names and 52 of 53 others were found; what was missed led to
changes of the rules since.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pandas as pd

from commonthread.listed_words import read_listed_words
from commonthread.names import Replacement, Where, make_replacer, pseudonymise
from commonthread.people import collect_people
from commonthread.settings import ReadingSettings
from commonthread.sources import read_source
from commonthread.tables import as_table
from commonthread.unlisted.find import find_unlisted

FOLDER = Path(__file__).parent / "planted"
SETS = ("tuned", "held_out")
STRUCTURED = {
    "nhs": "NHS number",
    "tel": "phone number",
    "pc": "postcode",
    "mail": "e-mail address",
    "web": "web address",
    "dob": "date of birth",
    "ni": "National Insurance number",
    "car": "car registration",
    "card": "card number",
    "bank": "bank details",
    "ip": "IP address",
    "user": "user name",
    "ref": "reference number",
    "addr": "street address",
    "pass": "passport number",
    "lic": "driving licence number",
}
LISTED = {"P": "person", "L": "place", "O": "organisation", "X": "other"}
UNLISTED = {
    "p": "person",
    "l": "place",
    "o": "organisation",
    "age": "age",
    "number": "number",
    "invalid": "number of no valid form",
}
_MARK = re.compile(r"⟦(?P<what>[^|⟧]+)\|(?P<words>[^⟧]+)⟧")


@dataclass(frozen=True)
class Planted:
    """An identifier: the file and turn, where in the turn's words, what it is and how it counts.

    ``group`` is structured, listed or unlisted.
    """

    file: str
    turn: int
    start: int
    end: int
    words: str
    kind: str
    group: str


@dataclass(frozen=True)
class Turn:
    """What one speaker says, without marks."""

    speaker: str
    text: str


def read_marked(path: Path) -> tuple[list[Turn], list[Planted]]:
    """Read a marked text: its turns, and what is planted in them."""
    turns, planted = [], []
    for number, line in enumerate(path.read_text("utf-8").splitlines()):
        speaker, _, marked = line.partition(": ")
        text, done = "", 0
        for mark in _MARK.finditer(marked):
            text += marked[done : mark.start()]
            start = len(text)
            text += mark["words"]
            done = mark.end()
            kind, group = _kind(mark["what"].split()[0])
            planted.append(Planted(path.stem, number, start, len(text), mark["words"], kind, group))
        turns.append(Turn(speaker.strip(": "), text + marked[done:]))
    return turns, planted


def _kind(what: str) -> tuple[str, str]:
    for kinds, group in ((STRUCTURED, "structured"), (LISTED, "listed"), (UNLISTED, "unlisted")):
        if what in kinds:
            return kinds[what], group
    raise ValueError(f"The mark {what} is not known.")


def write_study(name: str, study: Path) -> list[Planted]:
    """Write a set as a study: interview as text, workshop as subtitles, notes as a table."""
    planted = []
    for file, ending, write in (
        ("interview", "txt", _as_text),
        ("workshop", "vtt", _as_subtitles),
        ("notes", "csv", _as_table),
    ):
        turns, own = read_marked(FOLDER / name / f"{file}.txt")
        planted += own
        folder = study / "workshops" / file
        folder.mkdir(parents=True)
        (folder / f"{file}.{ending}").write_text(write(turns), encoding="utf-8")
    for file in ("participants.csv", "names.csv"):
        (study / file).write_bytes((FOLDER / name / file).read_bytes())
    return planted


def _as_text(turns: list[Turn]) -> str:
    return "".join(f"{turn.speaker}: {turn.text}\n\n" for turn in turns)


def _as_subtitles(turns: list[Turn]) -> str:
    cues = (
        f"00:{number:02}:00.000 --> 00:{number:02}:50.000\n<v {turn.speaker}>{turn.text}</v>\n\n"
        for number, turn in enumerate(turns)
    )
    return "WEBVTT\n\n" + "".join(cues)


def _as_table(turns: list[Turn]) -> str:
    return pd.DataFrame({"note": [turn.text for turn in turns]}).to_csv(index=False)


@dataclass(frozen=True)
class Outcome:
    """What became of a set.

    ``planted`` has a row for each identifier, with replaced and listed_to_decide (on the worklist);
    ``wrong`` are ordinary words that were replaced; ``words`` is how many words there are,
    ``worklist_words`` how many of them stand on the worklist, with ``entries`` different ones.
    """

    planted: pd.DataFrame
    wrong: list[tuple[str, str]]
    words: int
    worklist_words: int
    entries: int
    unlisted: pd.DataFrame


@cache
def outcome(name: str, folder: Path) -> Outcome:
    """Write a set as a study into a folder, read it, pseudonymise it, and see what became of it."""
    study = folder / name
    planted = write_study(name, study)
    raw = as_table(pd.DataFrame(list(_raw_turns(study))), "raw_turns")
    (folder / f"{name}-private").mkdir()
    raw_file = folder / f"{name}.parquet"
    raw.to_parquet(raw_file)
    people = collect_people(
        [raw_file],
        study / "participants.csv",
        folder / f"{name}-private",
        words=read_listed_words(study / "names.csv"),
    )
    replacer = make_replacer(people.names, people.speakers)
    turns, replaced = pseudonymise(raw, people.speakers, replacer)
    unlisted = find_unlisted(turns, raw["workshop_id"], replaced, [])
    rows, wrong, touched = [], [], 0
    for file, own in raw.groupby("source_id", sort=False):
        texts = own["text"].tolist()
        made = replacer.replacements(texts, Where(str(file), str(file)))
        for number, (text, replacements) in enumerate(zip(texts, made, strict=True)):
            listed = unlisted[(unlisted["source_id"] == file) & (unlisted["turn"] == number)]
            todo = _in_original(
                list(zip(listed["start"], listed["end"], strict=True)), replacements
            )
            there = [p for p in planted if (p.file, p.turn) == (file, number)]
            for each in there:
                assert text[each.start : each.end] == each.words
                rows.append(
                    {
                        **each.__dict__,
                        "replaced": _covers(text, each, [(r.start, r.end) for r in replacements]),
                        "found": _covers(
                            text, each, [*((r.start, r.end) for r in replacements), *todo]
                        ),
                    }
                )
            wrong += [
                (text[r.start : r.end], r.kind)
                for r in replacements
                if not any(p.start < r.end and r.start < p.end for p in there)
            ]
            touched += sum(len(text[start:end].split()) for start, end in todo)
    words = sum(len(text.split()) for text in raw["text"])
    return Outcome(pd.DataFrame(rows), wrong, words, touched, unlisted["entry"].nunique(), unlisted)


def _raw_turns(study: Path) -> Iterator[dict[str, object]]:
    for file in ("interview", "workshop", "notes"):
        path = next((study / "workshops" / file).iterdir())
        for number, turn in enumerate(read_source(path, ReadingSettings()).turns):
            yield {
                "source_id": file,
                "workshop_id": file,
                "turn": number,
                "speaker": turn.speaker,
                "start_s": turn.start_s,
                "end_s": turn.end_s,
                "text": turn.text,
            }


def _in_original(
    places: list[tuple[int, int]], replacements: list[Replacement]
) -> list[tuple[int, int]]:
    """Give where stretches of the new text stood in the original: none lies in a replacement."""
    moved = []
    for start, end in places:
        shift = 0
        for each in replacements:
            if each.start + shift >= end:
                break
            shift += len(each.words) - (each.end - each.start)
        moved.append((start - shift, end - shift))
    return moved


def _covers(text: str, planted: Planted, places: list[tuple[int, int]]) -> bool:
    """Tell whether every letter and digit of an identifier lies in one of some places."""
    return all(
        any(start <= at < end for start, end in places)
        for at in range(planted.start, planted.end)
        if text[at].isalnum() and not _is_ending(text, at, planted)
    )


def _is_ending(text: str, at: int, planted: Planted) -> bool:
    """Tell whether this is the s of a possessive, which may stay."""
    return at == planted.end - 1 and text[at] == "s" and text[at - 1] in "'\u2019"
