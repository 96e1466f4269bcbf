"""Makes judgements of what stands in the rows or tables that people filled in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from commonthread.packs.about import About
from commonthread.problems import Refused
from commonthread.returned.judgement import Judgement, Returned
from commonthread.returned.written import KnownCodes, iso_date, ticked, without_boxes
from commonthread.sources.clock import seconds

_MOST_LETTERS = 20_000
_MOST_LETTERS_OF_CODES = 3_000
_MOST_CODES = 100
_MOST_WRITTEN = 300_000
# What people write among the codes where none fits.
_NO_CODE = frozenset(("no code", "no_code", "no code fits"))


@dataclass(frozen=True)
class Entry:
    """A row of a table, or a table of a document, as text: the fields of a judgement.

    ``codes`` has the codes and aspects, with semicolons or line ends between them.
    """

    where: str
    coder: str = ""
    segment_id: str = ""
    source_id: str = ""
    words: str = ""
    before: str = ""
    after: str = ""
    start_s: str = ""
    codes: str = ""
    no_code: str = ""
    unsure: str = ""
    comment: str = ""
    new_code: str = ""
    date: str = ""


@dataclass(frozen=True)
class Judged:
    """What a file's entries come to: judgements, entries left open, and (where, what) of the rest."""

    judgements: tuple[Judgement, ...]
    untouched: int
    problems: tuple[tuple[str, str], ...]


def returned_pack(
    about: About, judged: Judged, saved: str, problems: Iterable[tuple[str, str]]
) -> Returned:
    """Give a filled-in pack: ``saved`` is the date of judgements that have none of their own."""
    return Returned(
        study=about.study,
        pack_id=about.pack_id,
        coder=about.coder,
        role=about.role,
        codebook_version=about.codebook_version,
        codebook_sha256=about.codebook_sha256,
        untouched=judged.untouched,
        judgements=tuple(replace(each, date=each.date or saved) for each in judged.judgements),
        problems=(*problems, *judged.problems),
    )


def judge(entries: Iterable[Entry], known: KnownCodes) -> Judged:
    """Make judgements of entries.

    Entries by the same coder of the same segment are one judgement: all their codes and comments,
    at the latest of their dates. An entry is not used where it names no segment, says neither yes
    nor no where that was asked, or is far too long. What else than yes or no stands under unsure is
    taken for a comment. Raises Refused where there are more codes than people could write.
    """
    made: dict[tuple[str, ...], list[Judgement]] = {}
    problems: list[tuple[str, str]] = []
    undated: list[str] = []
    untouched = written = 0
    for entry in entries:
        too_long = _too_long(entry)
        if too_long:
            problems.append((entry.where, too_long))
            continue
        written += 1 + _marks(entry.codes) if entry.codes else 0
        if written > _MOST_WRITTEN:
            raise Refused(
                "It has far more codes than people write.",
                "See that it is the right file, or divide it into several.",
            )
        judgement = _judgement(entry, known)
        if judgement is None:
            untouched += bool(entry.segment_id or entry.words)
        elif isinstance(judgement, str):
            problems.append((entry.where, judgement))
        else:
            made.setdefault(_same(judgement), []).append(judgement)
            if entry.date and not judgement.date:
                undated.append(entry.where)
    joined = []
    for several in made.values():
        one = _joined(several)
        if len(one.codes) > _MOST_CODES or len(one.comment) > _MOST_LETTERS:
            problems.append(
                (one.where, "There is far more here than one person says of a segment.")
            )
        else:
            joined.append(one)
    if undated:
        what = "The date is not understood, so that this counts as not dated. Write 2026-01-15."
        problems.append((_and_more(undated[0], len(undated)), what))
    return Judged(tuple(joined), untouched, tuple(problems))


def _judgement(entry: Entry, known: KnownCodes) -> Judgement | str | None:
    """Give the judgement; or why there is none; or None if nothing was filled in."""
    written = known.split(entry.codes)
    codes = tuple(code for code in written if code.casefold() not in _NO_CODE)
    no_code, unsure = ticked(entry.no_code), ticked(entry.unsure)
    if no_code is None:
        return (
            f'Under no code fits it says "{_short(without_boxes(entry.no_code))}", which is neither yes nor no.'
            " Write yes, or leave it empty."
        )
    comment = entry.comment.strip()
    if unsure is None:
        comment = "\n".join(part for part in (without_boxes(entry.unsure), comment) if part)
    none_fits = no_code or len(codes) < len(written)
    new_code = entry.new_code.strip()
    if not (codes or none_fits or unsure is not False or comment or new_code):
        return None
    if not (entry.segment_id.strip() or entry.words.strip()):
        return "It names neither a segment's id nor its words."
    return Judgement(
        where=entry.where,
        coder=" ".join(entry.coder.split()),
        segment_id=entry.segment_id.strip(),
        source_id=entry.source_id.strip(),
        words=entry.words,
        before=entry.before,
        after=entry.after,
        start_s=seconds(entry.start_s) if entry.start_s else None,
        codes=codes,
        no_code=none_fits,
        unsure=unsure is not False,
        comment=comment,
        new_code=new_code,
        date=iso_date(entry.date) if entry.date else "",
    )


def _too_long(entry: Entry) -> str:
    for name, text in (("comment", entry.comment), ("new code", entry.new_code)):
        if len(text) > _MOST_LETTERS:
            return f"The {name} has more than {_MOST_LETTERS:,} letters."
    if len(entry.codes) > _MOST_LETTERS_OF_CODES or _marks(entry.codes) > 2 * _MOST_CODES:
        return "Under codes there is far more than one person says of a segment."
    return ""


def _marks(text: str) -> int:
    return sum(map(text.count, ";,\n"))


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= 40 else f"{text[:39]}…"


def _same(made: Judgement) -> tuple[str, ...]:
    """Give what tells the segment and coder of a judgement from others."""
    coder = made.coder.casefold()
    if made.segment_id:
        return coder, made.segment_id
    words = " ".join(made.words.split())
    return coder, "", made.source_id, words, made.before, made.after


def _joined(several: Sequence[Judgement]) -> Judgement:
    """Make one judgement of several of the same segment by the same coder."""
    first = several[0]
    if len(several) == 1:
        return first

    def all_of(texts: Iterable[str]) -> str:
        return "\n".join(dict.fromkeys(text for text in texts if text))

    return replace(
        first,
        where=_and_more(first.where, len(several)),
        codes=tuple(dict.fromkeys(code for each in several for code in each.codes)),
        no_code=any(each.no_code for each in several),
        unsure=any(each.unsure for each in several),
        comment=all_of(each.comment for each in several),
        new_code=all_of(each.new_code for each in several),
        date=max(each.date for each in several),
    )


def _and_more(where: str, number: int) -> str:
    return f"{where} and {number - 1} more" if number > 1 else where
