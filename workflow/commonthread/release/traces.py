"""What in public files leads to a person, a recording or a file: names, ids, times, properties."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from commonthread.identifiers.kinds import STANDS_FOR
from commonthread.names import Where
from commonthread.problems import Problem
from commonthread.release.texts import Text

if TYPE_CHECKING:
    from commonthread.names import Replacer

_AGAIN = "Run again, so that the folder is written anew."
_MAKERS = "If it is there still, tell the people who maintain commonthread, in words of your own."
_CLOCK = re.compile(r"\b\d{1,2}:[0-5]\d:[0-5]\d\b|\b\d+ min \d+ s\b")
_WORD = re.compile(r"[\w-]+")
_LARGEST = 200_000_000
_SHOWN = 60
_MOST_TEXTS = 5
_INSPECT = (
    "Run again, so that the folder is written anew; or, in Word, choose File, Info, Inspect "
    "Document, and remove it."
)
_PROPERTIES = {"creator": "its author", "lastModifiedBy": "who changed it last"}
_MARKED = {
    "w:ins": "changes that are tracked",
    "w:del": "changes that are tracked",
    "w:vanish": "hidden text",
    "w:commentReference": "comments",
}


@dataclass(frozen=True)
class Traces:
    """What must not stand in a public file, as the team knows it.

    ``pseudonyms`` are those of people; ``exact`` maps other texts (ids, names of files, hashes) to
    what each is; ``names`` finds names that are listed, and identifiers; ``authors`` may be named.
    """

    pseudonyms: Collection[str]
    exact: dict[str, str]
    names: Replacer
    authors: Sequence[str]


def traces(texts: Sequence[Text], sought: Traces) -> Iterator[Problem]:
    """Give what leads to somebody, by file; no name is in what comes out."""
    yield from _pseudonyms(texts, sought.pseudonyms)
    yield from _exact(texts, sought.exact)
    yield from _times(texts)
    yield from _names(texts, sought)


def _pseudonyms(texts: Iterable[Text], pseudonyms: Collection[str]) -> Iterator[Problem]:
    for file, text, name in _each(texts, _Sought(pseudonyms)):
        yield Problem(
            file,
            f"The pseudonym “{name}” stands in it: “{_around(text, name)}”. It leads from one quote "
            "of a person to the next.",
            f"Where people wrote it, take it out of the summary table or the codebook. {_AGAIN}",
        )


def _exact(texts: Iterable[Text], exact: dict[str, str]) -> Iterator[Problem]:
    for file, _, found in _each(texts, _Sought(exact), programs=True):
        yield Problem(file, f"{exact[found]} stands in it: “{found}”.", f"{_AGAIN} {_MAKERS}")


def _times(texts: Iterable[Text]) -> Iterator[Problem]:
    for text in texts:
        clock = _CLOCK.search(text.words)
        # A time that somebody spoke of is no time of the recording.
        if clock and text.kind == "text" and "“" not in text.words:
            yield Problem(
                text.file,
                f"A time stands in it, as a recording has them: “{clock[0]}”.",
                f"{_AGAIN} {_MAKERS}",
            )


def _names(texts: Iterable[Text], sought: Traces) -> Iterator[Problem]:
    found: dict[tuple[str, str], dict[str, None]] = {}
    asked = [text for text in texts if text.kind != "program"]
    words = [_without(text.words, sought.authors) for text in asked]
    for text, (replaced, marks) in zip(asked, sought.names.replace(words, Where()), strict=True):
        for start, _, kind in marks:
            shown = replaced[max(0, start - _SHOWN // 2) : start + _SHOWN]
            what = f"An identifier ({kind})" if kind in STANDS_FOR else "A name that is listed"
            found.setdefault((text.file, what), {})[shown] = None
    for (file, what), shown_in in found.items():
        for words_around in list(shown_in)[:_MOST_TEXTS]:
            yield Problem(
                file,
                f"{what} stands in it, here with what stands for it in its place: "
                f"“{words_around}”.",
                "See where it comes from (a summary table, the codebook, the title of a workshop or "
                f"of the study), change it there, and run again. {_more(len(shown_in))}".strip(),
            )


def _more(number: int) -> str:
    return f"There are {number} such texts in this file." if number > _MOST_TEXTS else ""


def _without(text: str, authors: Sequence[str]) -> str:
    for author in authors:
        text = text.replace(author, "")
    return text


class _Sought:
    """Finds texts as whole words, whatever their capitals, however many there are."""

    def __init__(self, sought: Iterable[str]) -> None:
        import re2

        every = {each.casefold(): each for each in sought if each}
        self._single = {low: each for low, each in every.items() if _WORD.fullmatch(low)}
        self._others = every.keys() - self._single.keys()
        self._own = every
        options = re2.Options()
        options.max_mem = 256 << 20
        options.never_capture = True
        longest = sorted(self._others, key=len, reverse=True)
        self._pattern = re2.compile("|".join(map(re2.escape, longest)), options)

    def within(self, text: str) -> Iterator[str]:
        """Give what stands in a text."""
        low = text.casefold()
        yield from (self._own[word] for word in {*_WORD.findall(low)} & self._single.keys())
        if self._others:
            for found in self._pattern.finditer(low):
                start, end = found.span()
                around = low[max(0, start - 1) : start], low[end : end + 1]
                if not any(_WORD.fullmatch(each) for each in around if each):
                    yield self._own[found[0]]


def _each(
    texts: Iterable[Text], sought: _Sought, *, programs: bool = False
) -> Iterator[tuple[str, str, str]]:
    """Give file, text and what was found in it, each but once by file."""
    seen = set()
    for text in texts:
        if text.kind == "program" and not programs:
            continue
        for found in sought.within(text.words):
            if (text.file, found) not in seen:
                seen.add((text.file, found))
                yield text.file, text.words, found


def _around(text: str, found: str) -> str:
    at = text.find(found)
    start, end = max(0, at - _SHOWN // 2), at + len(found) + _SHOWN // 2
    return f"{'… ' if start else ''}{text[start:end]}{' …' if end < len(text) else ''}"


def document_traces(file: Path, name: str, authors: Sequence[str]) -> Iterator[Problem]:
    """Say what a Word document tells of who worked on it, beside its text."""
    try:
        with zipfile.ZipFile(file) as archive:
            if sum(part.file_size for part in archive.infolist()) > _LARGEST:
                return
            parts = {
                part: archive.read(part).decode("utf-8", "replace")
                for part in archive.namelist()
                if part.endswith(".xml")
            }
    except (OSError, zipfile.BadZipFile, EOFError):
        return
    core = parts.get("docProps/core.xml", "")
    for tag, what in _PROPERTIES.items():
        value = re.search(rf"<[\w]+:{tag}>([^<]+)</", core)
        if value and not _named_only(value[1], authors):
            yield Problem(name, f"The document says {what}, which is not for the public.", _INSPECT)
    body = "".join(text for part, text in parts.items() if part.startswith("word/document"))
    told = dict.fromkeys(what for tag, what in _MARKED.items() if re.search(rf"<{tag}[ />]", body))
    for what in told:
        yield Problem(name, f"The document holds {what}.", _INSPECT)


def _named_only(value: str, authors: Sequence[str]) -> bool:
    return not _without(value, authors).strip(" ;,")
