"""The study's folder of marks: what people said of words that nobody had listed."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from commonthread.listed_words import STANDS_FOR, ListedWords
from commonthread.ordinary_files import read_ordinary
from commonthread.problems import Problem, Refused
from commonthread.replaced import when
from commonthread.returned.limits import REMEDY, USUAL
from commonthread.returned_files import files_below, files_below_fingerprint, place_in
from commonthread.settings import LimitSettings
from commonthread.sources.zipped import PackageKind, names_of_parts
from commonthread.unlisted.answer import Answer

if TYPE_CHECKING:
    from commonthread.unlisted.table import Read

FOLDER = "names"

_OFFICE = PackageKind("an Office file", ".doc", ".docx or .xlsx", "Word or Excel")
_WHAT_IS_READ = (
    "Put in the file that names-worklist.html saves, the workbook names-worklist.xlsx with your marks,"
    " or a table (.csv) with the columns words, mark and replace with."
)
_AGAIN = "See what it should be, and mark the words again on the worklist, or in this file."
_MOST_TOLD = 20
# What files begin with, what they are, and what to do instead.
_OTHERS = (
    (
        bytes.fromhex("d0cf11e0a1b11ae1"),
        "It is an old Office file (.doc, .xls), or locked with a password.",
        "Open it in Excel, take off any password, and save it as .xlsx.",
    ),
    (b"%PDF-", "It is a PDF.", _WHAT_IS_READ),
    (b"{\\rtf", "It is an RTF file.", _WHAT_IS_READ),
    (
        b"<",
        "It is a web page: the marks are not in it.",
        "Open it in the same browser as before, save, and put in the file that the page saves.",
    ),
)


@dataclass(frozen=True)
class ReturnedNames:
    """What people said of words: what counts of it, what could not be used, and what to look at.

    Neither ``problems`` nor ``notices`` quote a word.
    """

    listed: tuple[ListedWords, ...] = ()
    problems: tuple[Problem, ...] = ()
    notices: tuple[str, ...] = ()


def returned_names(folder: Path, limits: LimitSettings = USUAL) -> ReturnedNames:
    """Read all that people put into a folder, under whatever name, as far as it can be read.

    There may be no such folder; files beyond ``limits`` are refused. Of several answers about the same words the latest counts. Where
    answers differ and one of them has no date, one that replaces the words counts, and a notice
    says so. What is replaced without a word from the person of what by has what ``STANDS_FOR`` says.
    Nothing in the folder is changed.
    """
    answers: list[Answer] = []
    problems: list[Problem] = []
    seen: set[str] = set()
    for path in files_below(folder):
        name = f"{folder.name}/{place_in(folder, path)}"
        try:
            data = read_ordinary(path, limits.file_mb, REMEDY)
            digest = hashlib.sha256(data).hexdigest()
            if digest in seen:
                continue
            seen.add(digest)
            made, wrong = _read(data, path.name, limits)
        except Refused as refused:
            problems.append(Problem(name, refused.reason, refused.remedy))
        except OSError as error:
            why = f"It cannot be opened ({error.strerror})."
            problems.append(Problem(name, why, "See that you may read it."))
        else:
            answers += [replace(each, where=f"{name}, {each.where}") for each in made]
            problems += [
                Problem(f"{name}, {place}", what, _AGAIN) for place, what in wrong[:_MOST_TOLD]
            ]
            if len(wrong) > _MOST_TOLD:
                more = f"{len(wrong) - _MOST_TOLD:,} more marks cannot be used."
                problems.append(Problem(name, more, _AGAIN))
    return _counting(answers, problems)


def folder_fingerprint(study: Path) -> str:
    """Give a hash that changes when a file of the folder is added, removed, renamed or rewritten."""
    return files_below_fingerprint(study / FOLDER)


def _read(data: bytes, name: str, limits: LimitSettings) -> Read:
    if not data.strip():
        raise Refused("It is empty.", "Save it anew, or take it out.")
    start = data[:1024].removeprefix(b"\xef\xbb\xbf").lstrip()
    for begins, what, remedy in _OTHERS:
        if start.startswith(begins):
            raise Refused(what, remedy)
    try:
        if data.startswith(b"PK"):
            return _read_zipped(data, limits)
        if start.startswith((b"{", b"[")):
            from commonthread.unlisted.page_file import read_page_file

            return read_page_file(data, name)
        from commonthread.unlisted.table import read_delimited

        return read_delimited(data, limits)
    except Refused as refused:
        if "reading: limits" not in refused.remedy:
            raise
        raise Refused(refused.reason, REMEDY) from None


def _read_zipped(data: bytes, limits: LimitSettings) -> Read:
    if "xl/workbook.xml" in names_of_parts(data, _OFFICE):
        from commonthread.unlisted.table import read_workbook

        return read_workbook(data, limits)
    raise Refused("It is no Excel workbook, but packed in a like way.", _WHAT_IS_READ)


def _counting(answers: Sequence[Answer], problems: Sequence[Problem]) -> ReturnedNames:
    """Give of all answers about the same words the one that counts."""
    by_entry: dict[str, list[Answer]] = {}
    for each in answers:
        by_entry.setdefault(each.entry, []).append(each)
    listed: list[ListedWords] = []
    notices: list[str] = []
    for several in by_entry.values():
        counts, differ = _chosen(several)
        instead = counts.replacement or STANDS_FOR[counts.kind]
        listed.append(ListedWords(counts.words, counts.kind, instead, counts.where))
        if differ:
            places = ", and ".join(sorted({each.where for each in differ}))
            notices.append(
                "Of answers about the same words that differ it is not known which is the later"
                f" one: {places}. The one in {counts.where} counts."
            )
    return ReturnedNames(tuple(listed), tuple(problems), tuple(notices))


def _chosen(several: Sequence[Answer]) -> tuple[Answer, list[Answer]]:
    """Give the answer that counts, and those that differ where nobody knows which is later."""
    latest = max(when(each.date) for each in several)
    # Of one moment, or without one: each may be the last word.
    open_ones = [each for each in several if when(each.date) in (latest, float("-inf"))]
    chosen = max(open_ones, key=lambda each: (each.kind != "harmless", bool(each.replacement)))
    said = {(each.kind, each.replacement) for each in open_ones}
    return chosen, open_ones if len(said) > 1 else []
