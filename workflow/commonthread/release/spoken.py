"""Whose words stand in public files, and whether they agreed to it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from commonthread.attribution import may_publish
from commonthread.folding import tokens
from commonthread.problems import Problem
from commonthread.release.texts import Text

if TYPE_CHECKING:
    import pandas as pd

    from commonthread.release.told import Row

# So many words in a row are somebody's own.
_OWN = 8
# So many words in a row are looked for to find who said a quote.
_SOUGHT = 4
# What share of a quote's stretches of words a segment must have to be the one that is quoted: a
# pseudonym that was taken out changes some of them.
_ENOUGH = 0.5
_LINE = re.compile(
    r"“(?P<words>[^”]{12,})”[ ,]*(?:\((?P<whose>[^)]{1,80})\)|(?P<after>[^“]{0,80}))"
)
_VOICE = re.compile(r"\bvoice \d+", re.IGNORECASE)
_SHOWN = 12

_CONSENT = (
    "Take the words out of the summary table, or correct the participants list; then run again."
)
_AGAIN = (
    "Run again, so that the folder is written anew. If it is there still, tell the people who "
    "maintain commonthread, without the words."
)


@dataclass(frozen=True)
class Segment:
    """A segment as it was said: by whom, where, and what they agreed to."""

    segment_id: str
    words: tuple[str, ...]
    kind: str
    person: str
    role: str
    consent: str
    workshop: str

    @property
    def may_go_out(self) -> bool:
        """Whether its speaker agreed that the words are quoted."""
        return may_publish(self.kind, self.consent)


@dataclass
class Quoted:
    """Words that stand in public files in quotation marks: whose they may be, and where they stand.

    ``said`` are the segments that have them; ``places`` gives for each file what stands beside them
    of who said them. ``marked`` ones stand where only what was said does; others may be quotes of
    something else.
    """

    words: str
    marked: bool = False
    places: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    said: list[Segment] = field(default_factory=list)


def segments_said(
    segments: pd.DataFrame, turns: pd.DataFrame, participants: pd.DataFrame, workshops: pd.DataFrame
) -> list[Segment]:
    """Give all segments of a study with their words in plain form."""
    text_of = {
        (source, turn): (int(start), text)
        for source, turn, start, text in zip(
            *(turns[name] for name in ("source_id", "turn", "start", "text")), strict=True
        )
    }
    people = {
        who: (role if isinstance(role, str) else "", consent if isinstance(consent, str) else "")
        for who, role, consent in zip(
            *(participants[name] for name in ("participant_id", "role", "consent")), strict=True
        )
    }
    titles = dict(zip(workshops["workshop_id"], workshops["workshop"], strict=True))
    names = ("segment_id", "source_id", "turn", "start", "end", "kind", "participant_id")
    made = []
    columns = (segments[name].tolist() for name in (*names, "workshop_id"))
    for id, source, turn, start, end, kind, who, workshop in zip(*columns, strict=True):
        begins, text = text_of[source, turn]
        person = who if isinstance(who, str) else ""
        role, consent = people.get(person, ("", ""))
        words = tuple(tokens(text[start - begins : end - begins]))
        made.append(
            Segment(id, words, kind, person, role, consent, str(titles.get(workshop, workshop)))
        )
    return made


def quotes_in(
    texts: Sequence[Text], pages: Mapping[str, Any], resources: Sequence[Row]
) -> list[Quoted]:
    """Gather the quotes of public files: of pages, of the table of resources, and whatever stands
    in quotation marks, with what stands beside them."""
    found: dict[tuple[str, ...], Quoted] = {}

    def add(words: str, file: str, whose: str, *, marked: bool = True) -> None:
        plain = tuple(tokens(words))
        if len(plain) >= _SOUGHT:
            quote = found.setdefault(plain, Quoted(words.strip("“” ")))
            quote.marked |= marked
            quote.places[file].add(whose.strip(" .,;"))

    for file, page in pages.items():
        for figure in page.iter("figure"):
            if "quote" in (figure.get("class") or "").split():
                said = " ".join(figure.find("blockquote").text_content().split())
                add(said, file, " ".join(figure.find("figcaption").text_content().split()))
    for row in resources:
        if row["quote"]:
            role = row["role"]
            add(row["quote"], "data/resources.csv", f"Somebody of the role {role}" if role else "")
    for text in texts:
        if text.kind == "text" and not text.file.endswith((".csv", ".txt")):
            for match in _LINE.finditer(text.words):
                add(match["words"], text.file, match["whose"] or match["after"] or "", marked=False)
    return list(found.values())


def find_speakers(quotes: Sequence[Quoted], segments: Iterable[Segment]) -> None:
    """Find the segments that quotes are from, and put them into the quotes."""
    stretches: dict[tuple[str, ...], set[int]] = defaultdict(set)
    sizes = []
    for at, quote in enumerate(quotes):
        own = set(_stretches(tuple(tokens(quote.words)), _SOUGHT))
        sizes.append(len(own))
        for each in own:
            stretches[each].add(at)
    best: list[float] = [_ENOUGH] * len(quotes)
    for segment in segments:
        hits: dict[int, int] = defaultdict(int)
        for each in set(_stretches(segment.words, _SOUGHT)):
            for at in stretches.get(each, ()):
                hits[at] += 1
        for at, number in hits.items():
            part = number / sizes[at]
            if part > best[at]:
                best[at], quotes[at].said = part, [segment]
            elif part == best[at]:
                quotes[at].said.append(segment)


def _stretches(words: tuple[str, ...], size: int) -> Iterator[tuple[str, ...]]:
    for at in range(len(words) - size + 1):
        yield words[at : at + size]


def quote_problems(
    quotes: Iterable[Quoted], people: Mapping[tuple[str, str], int], threshold: int
) -> Iterator[Problem]:
    """Say which quotes must not go out as they stand.

    ``people`` gives how many spoke, by workshop and role, of which an empty one stands for all.
    """
    workshops = {workshop for workshop, _ in people if workshop}
    roles = {role for workshop, role in people if role and not workshop}
    for quote in quotes:
        begins, files = f"“{_begin(quote.words)}”", ", ".join(sorted(quote.places))
        if not quote.said:
            if quote.marked:
                yield Problem(
                    files, f"The words {begins} stand as a quote, but nobody said them.", _AGAIN
                )
            continue
        agreed = [each for each in quote.said if each.may_go_out]
        if not agreed:
            yield Problem(
                files,
                f"The words {begins} are of somebody who did not agree to be quoted.",
                _CONSENT,
            )
            continue
        told = {whose for each in quote.places.values() for whose in each}
        named = {role for role in roles for whose in told if _stands(role, whose)}
        for role in sorted(named):
            owners = [each for each in agreed if each.role == role]
            if not any(each.consent == "verbatim with role" for each in owners):
                yield Problem(
                    files,
                    f"Beside the words {begins} stands the role “{role}”, to which their speaker "
                    "did not agree.",
                    _AGAIN,
                )
            yield from _few(files, begins, ("", role), people, threshold)
        for workshop in sorted(workshops):
            if any(_stands(workshop, whose) for whose in told):
                for role in sorted(named) or [""]:
                    yield from _few(files, begins, (workshop, role), people, threshold)


def _few(
    files: str,
    begins: str,
    cell: tuple[str, str],
    people: Mapping[tuple[str, str], int],
    threshold: int,
) -> Iterator[Problem]:
    workshop, role = cell
    if people.get(cell, 0) < threshold:
        named = " and ".join(
            [
                *([f"the role “{role}”"] if role else []),
                *([f"the workshop “{workshop}”"] if workshop else []),
            ]
        )
        yield Problem(
            files,
            f"Beside the words {begins} stands {named}, of which fewer than {threshold} people spoke.",
            _AGAIN,
        )


def linked_quotes(quotes: Iterable[Quoted]) -> Iterator[Problem]:
    """Say where quotes of one person can be put together by a number that stands beside them."""
    for quote in quotes:
        files = [file for file, told in quote.places.items() if any(map(_VOICE.search, told))]
        if files:
            yield Problem(
                ", ".join(sorted(files)),
                f"Beside the words “{_begin(quote.words)}” stands a number, which links them with "
                "others of the same person.",
                _AGAIN,
            )


def words_without_consent(texts: Iterable[Text], segments: Iterable[Segment]) -> Iterator[Problem]:
    """Say where words in a row stand that only people said who did not agree to be quoted.

    Words that somebody said who did agree, too, are passed over.
    """
    shown: dict[tuple[str, ...], str] = {}
    for text in texts:
        if text.kind != "program":
            for each in _stretches(tuple(tokens(text.words)), _OWN):
                shown.setdefault(each, text.file)
    agreed: set[tuple[str, ...]] = set()
    found: dict[tuple[str, ...], Segment] = {}
    for segment in segments:
        for each in _stretches(segment.words, _OWN):
            if each in shown:
                if segment.may_go_out:
                    agreed.add(each)
                else:
                    found.setdefault(each, segment)
    told: dict[tuple[str, str], tuple[str, ...]] = {}
    for each, segment in found.items():
        if each not in agreed:
            told.setdefault((shown[each], segment.segment_id), each)
    for (file, _), each in told.items():
        yield Problem(
            file,
            f"The words “{' '.join(each)}” were said by somebody who did not agree to be quoted, or "
            "stand in notes.",
            f"{_CONSENT} If the words are such as anybody uses, word them anew.",
        )


def _stands(name: str, text: str) -> bool:
    return bool(name) and f" {' '.join(tokens(name))} " in f" {' '.join(tokens(text))} "


def _begin(words: str) -> str:
    kept = words.split()
    return " ".join(kept[:_SHOWN]) + (" …" if len(kept) > _SHOWN else "")
