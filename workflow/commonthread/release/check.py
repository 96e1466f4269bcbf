"""Attacks a finished public folder as an outsider would, and says what it gave away."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from commonthread.coded import code_segments
from commonthread.disclosure.sets import EVERY
from commonthread.problems import Problem
from commonthread.release.charts import chart_problems, figures_of
from commonthread.release.spoken import (
    Quoted,
    find_speakers,
    linked_quotes,
    quote_problems,
    quotes_in,
    segments_said,
    words_without_consent,
)
from commonthread.release.subtraction import (
    PeopleNumbers,
    SegmentNumbers,
    Wanted,
    worked_out,
)
from commonthread.release.talk import FollowNumbers, SpokeNumbers, TalkNumbers
from commonthread.release.texts import Text, Unopened, page_of, texts_of
from commonthread.release.told import (
    PageNumbers,
    Row,
    Unreadable,
    read_public_tables,
    told_by_tables,
)
from commonthread.release.traces import Traces, document_traces, traces
from commonthread.release.unknowns import Contradiction, Unknowns

if TYPE_CHECKING:
    import pandas as pd

    from commonthread.codebook import Codebook
    from commonthread.steps.study_tables import StudyTables
    from commonthread.withdrawal import Withdrawn

_AGAIN = "Run again, so that the folder is written anew."
_HIGHER = "Set public_threshold in config/config.yaml higher, and run again."
_COUNTED = re.compile(
    r"(?<!fewer than )(?<!at least )(?<![\d.,])(\d{1,4}) (?:of [\d,]+ )?"
    r"(people|person|participants?|segments?)\b"
)
_SHOWN = 90
_EVERYTHING = float("inf")

TRIED = (
    "Numbers: all counts in the tables of the folder, and in the tables of its pages, were put "
    "together, with shares and other measures from which a missing one follows; then it was worked "
    "out by linear programming, for every count of people and of segments, every difference between a "
    "code and one above it, and every pair of codes, whether it can be nothing but one number below "
    "the threshold: in all, in talk, in notes, by workshop and by role.",
    "Talk: whether how much a workshop or role of few people said, how many they are, or whom they "
    "spoke after, follows from what is told of the others.",
    "Sentences and charts: whether a text tells a number of people or segments below the threshold, "
    "or a bar by its length what its words withhold.",
    "Persons: pseudonyms, ids of segments and sources, names and hashes of files, and times of a "
    "recording were looked for in every text of every file, also in what is hidden or packed in "
    "pages and documents; so was every listed name in all its forms, and whatever has the form of "
    "an identifier, such as a telephone number.",
    "Quotes: for everything in quotation marks, who said it was looked up: whether they agreed, "
    "whether they agreed to the role that stands beside it, and whether at least as many people as the threshold "
    "spoke in the role, or the role and workshop, that stand there. And whether eight words in a row "
    "stand anywhere that only people said who did not agree.",
    "Documents: authors, tracked changes, comments and hidden text in Word files; files that do not "
    "belong into the folder; and rows that stand in an order that numbers give.",
)
UNSEEN = (
    "What somebody could be known by besides names: a story, a place, a job, an illness, a way of "
    "speaking. Names that nobody listed.",
    "Whether the words of two quotes, read together, show that one person said both.",
    "Bounds: a number that is withheld still lies between others.",
    "What more than two codes share, and numbers that words only hint at.",
    "Quotes of fewer than four words, and fewer than eight words in a row elsewhere.",
    "What outsiders know from elsewhere, and what you pass on besides this folder.",
)


@dataclass(frozen=True)
class Known:
    """What the team knows, to judge what an outsider finds.

    ``participation`` and ``frequencies`` are the findings with nothing withheld, ``sought`` what
    must not stand anywhere, and ``expected`` the files that belong into the folder. ``linked`` says
    that a number may tell which quotes are of one person.
    """

    study: StudyTables
    participation: pd.DataFrame
    frequencies: pd.DataFrame
    sought: Traces
    withdrawn: Withdrawn
    expected: Collection[str]
    threshold: int
    linked: bool = False


@dataclass(frozen=True)
class Checked:
    """What an attack on a public folder found, the quotes in it, and its tables."""

    problems: tuple[Problem, ...]
    quotes: tuple[Quoted, ...]
    tables: Mapping[str, Sequence[Row]]


def check_public(folder: Path, known: Known) -> Checked:
    """Attack a public folder.

    Comes out: a problem for each thing that it gives away, or that cannot be read; none quotes a
    name. What was tried, and what cannot be seen, say ``TRIED`` and ``UNSEEN``.
    """
    texts, problems = _read_texts(folder, known.expected)
    pages = _pages(folder)
    tables: Mapping[str, Sequence[Row]] = {}
    try:
        tables = read_public_tables(folder / "data")
        problems += _numbers(tables, pages, known)
        problems += _order(tables, known)
    except Unreadable as error:
        problems.append(Problem("data", f"{error} Its numbers were not attacked.", _AGAIN))
    for page in pages:
        problems += chart_problems(page, figures_of((folder / page).read_bytes()))
    problems += _counts_in_words(texts, known)
    problems += traces(texts, known.sought)
    for file in _files(folder, ".docx"):
        name = file.relative_to(folder).as_posix()
        problems += document_traces(file, name, known.sought.authors)
    quotes = quotes_in(texts, pages, tables.get("resources", ()))
    problems += _spoken(texts, quotes, known)
    return Checked(tuple(dict.fromkeys(problems)), tuple(quotes), tables)


def _read_texts(folder: Path, expected: Collection[str]) -> tuple[list[Text], list[Problem]]:
    texts: list[Text] = []
    problems = []
    found = {file.relative_to(folder).as_posix(): file for file in sorted(folder.rglob("*"))}
    for name, file in found.items():
        if file.is_dir() and not file.is_symlink():
            continue
        if name not in expected:
            texts.append(Text("public folder", name, "hidden"))
            problems.append(
                Problem(
                    name,
                    "This file does not belong into the public folder.",
                    "Move it elsewhere, unless you want it to go out and have looked through it.",
                )
            )
        try:
            texts += texts_of(file, name)
        except Unopened:
            problems.append(Problem(name, "This file cannot be opened.", _AGAIN))
    problems += [
        Problem(name, "This file is missing in the public folder.", _AGAIN)
        for name in expected
        if name not in found
    ]
    return texts, problems


def _files(folder: Path, suffix: str) -> list[Path]:
    return [file for file in sorted(folder.rglob(f"*{suffix}")) if file.is_file()]


def _pages(folder: Path) -> dict[str, Any]:
    """Give the pages of the folder by name; those that cannot be opened are told of already."""
    found = {}
    for file in _files(folder, ".html"):
        with suppress(OSError, Unopened):
            found[file.relative_to(folder).as_posix()] = page_of(file.read_bytes())
    return found


def _numbers(
    tables: Mapping[str, Sequence[Row]], pages: Mapping[str, Any], known: Known
) -> Iterator[Problem]:
    """Attack by subtraction."""
    threshold, codebook = known.threshold, known.study.codebook
    workshops = [row["workshop"] for row in tables["coverage"] if row["group"] == "workshop"]
    roles = [row["role"] for row in tables["coverage"] if row["group"] == "role"]
    told = [*told_by_tables(tables, threshold)]
    numbers = PageNumbers(codebook, workshops, roles)
    for file, page in pages.items():
        told += numbers.read(page, file)
    ends = _ends(known.study)
    titles = _titles(tables, known.study.workshops)
    few = _few(known.participation, titles, threshold)
    segments = SegmentNumbers(told, codebook, workshops, roles, ends=ends)
    yield from _found("segments", segments.unknowns, segments.wanted(), threshold)
    resting = segments.resting_on(_resting_on_few(known.frequencies, threshold))
    yield from _found("segments", segments.unknowns, resting, _EVERYTHING, few=threshold)
    people = PeopleNumbers(told, codebook, ends)
    yield from _found("people", people.unknowns, people.wanted(), threshold)
    spoke = SpokeNumbers(told, workshops, roles)
    yield from _found("people", spoke.unknowns, spoke.wanted(), threshold)
    for measure in ("words", "turns"):
        talk = TalkNumbers(told, measure, workshops, roles)
        yield from _found("", talk.unknowns, talk.wanted(few), _EVERYTHING, few=threshold)
    follow = FollowNumbers(told, roles)
    few_roles = [role for workshop, role in few if role and not workshop]
    yield from _found("", follow.unknowns, follow.wanted(roles), threshold)
    yield from _found("", follow.unknowns, follow.wanted(few_roles), _EVERYTHING, few=threshold)


def _found(
    what: str, unknowns: Unknowns, wanted: Iterable[Wanted], below: float, few: int = 0
) -> Iterator[Problem]:
    try:
        found = worked_out(unknowns, wanted, below)
    except Contradiction:
        yield Problem(
            "public folder",
            f"Its files tell different numbers of {what or 'who spoke'}, so that they cannot be of "
            "the same run.",
            _AGAIN,
        )
        return
    for each in found:
        why = f", which rests on fewer than {few} people" if few else ""
        yield Problem(
            "public folder",
            f"From all that it tells, this can be worked out{why}: {what} {each.name}".replace(
                "  ", " "
            )
            + f": {each.number:,}.",
            _HIGHER,
        )


def _ends(study: StudyTables) -> list[str]:
    """Give the codes that have no segment but those that the codes under them have."""
    coded = code_segments(
        study.segments, study.codings, study.participants, study.workshops, study.codebook
    )
    made = []
    for row, code in enumerate(coded.codes):
        below = [n for n, other in enumerate(coded.codes) if other.parent == code.id]
        if below and not (coded.has[row] & ~coded.has[below].any(axis=0)).any():
            made.append(code.id)
    return made


def _titles(tables: Mapping[str, Sequence[Row]], workshops: pd.DataFrame) -> dict[str, str]:
    """Give workshops' titles as the public tables have them, by id: both are in one order."""
    shown = [row["workshop"] for row in tables["coverage"] if row["group"] == "workshop"]
    ids = workshops["workshop_id"].tolist()
    titles = dict(zip(ids, workshops["workshop"], strict=True))
    found: dict[str, str] = {}
    for title in shown:
        own = [
            id for id in ids if id not in found and titles[id] in (title, title.rpartition(" (")[0])
        ]
        if own:
            found[own[0]] = title
    return found


def _few(
    participation: pd.DataFrame, titles: Mapping[str, str], threshold: int
) -> list[tuple[str, str]]:
    """Give the workshops and roles, by title and role, in which few people spoke.

    Where these are all who spoke, what they said is all there is, and no secret.
    """
    everybody = participation["people"][participation["group"] == "all"].sum()
    people = participation["people"]
    few = participation[(people > 0) & (people < threshold) & (people != everybody)]
    return [
        (
            titles.get(workshop, "") if isinstance(workshop, str) else "",
            role if isinstance(role, str) else "",
        )
        for workshop, role in zip(few["workshop_id"], few["role"], strict=True)
    ]


def _resting_on_few(
    frequencies: pd.DataFrame, threshold: int
) -> Iterator[tuple[str, tuple[str, str]]]:
    """Give code and place of the counts by role of roles in which few people spoke."""
    own = frequencies[(frequencies["group"] == "role") & (frequencies["segments"] > 0)]
    for role, rows in own.groupby("role"):
        if 0 < int(rows["of_people"].max()) < threshold:
            yield EVERY, ("role", str(role))
            for code in rows["code_id"]:
                yield str(code), ("role", str(role))


def _order(tables: Mapping[str, Sequence[Row]], known: Known) -> Iterator[Problem]:
    """Say of which tables rows stand in an order that withheld numbers may have given."""
    place = {code.id: at for at, code in enumerate(known.study.codebook.codes)}
    for name in ("frequencies", "frequencies_by_group", "role_emphasis"):
        groups: dict[tuple[Any, ...], list[int]] = {}
        for row in tables[name]:
            own = (row.get("group"), row.get("workshop"), row.get("role"))
            groups.setdefault(own, []).append(place.get(row["code_id"], -1))
        if any(codes != sorted(codes) for codes in groups.values()):
            yield Problem(
                f"data/{name}.csv",
                "Its rows do not stand in the order of the codebook, so that their order may give "
                "numbers away that are withheld.",
                _AGAIN,
            )


def _counts_in_words(texts: Iterable[Text], known: Known) -> Iterator[Problem]:
    """Say where a text tells a small number of people or segments; how many segments there are in
    all is no secret."""
    own, every = _words_of(known.study.codebook), len(known.study.segments)
    for text in texts:
        if text.kind != "text" or text.words in own or text.file.endswith(".csv"):
            continue
        for found in _COUNTED.finditer(text.words):
            if 0 < int(found[1]) < known.threshold and int(found[1]) != every:
                start = max(0, found.start() - _SHOWN)
                yield Problem(
                    text.file,
                    f"A text tells a number below {known.threshold}: “{text.words[start : found.end()]}”.",
                    "Where people wrote it (a summary table, the codebook), say it without the "
                    f"number. {_AGAIN}",
                )


def _words_of(codebook: Codebook) -> set[str]:
    found: set[str] = set()
    for code in codebook.codes:
        found |= {code.name, code.plain, code.definition, code.use_when, code.not_when}
        found |= {*code.questions, *(each.purpose for each in code.resources)}
    return {" ".join(each.split()) for each in found if each}


def _spoken(texts: Sequence[Text], quotes: Sequence[Quoted], known: Known) -> Iterator[Problem]:
    study = known.study
    said = segments_said(study.segments, study.turns, study.participants, study.workshops)
    find_speakers(quotes, said)
    yield from quote_problems(
        quotes, spoke_by(known.participation, study.workshops), known.threshold
    )
    if not known.linked:
        yield from linked_quotes(quotes)
    yield from words_without_consent(texts, said)
    for file in dict.fromkeys(text.file for text in texts):
        own = (text.words for text in texts if text.file == file and text.kind != "program")
        if known.withdrawn.stands_in(" ".join(own)):
            yield Problem(
                file,
                "Words of somebody who withdrew stand in it.",
                f"Take them out of the summary table or the codebook. {_AGAIN}",
            )


def spoke_by(participation: pd.DataFrame, workshops: pd.DataFrame) -> dict[tuple[str, str], int]:
    """Give how many people spoke, by title of the workshop and by role; an empty one stands for all."""
    titles = dict(zip(workshops["workshop_id"], workshops["workshop"], strict=True))
    names = ("workshop_id", "role", "people")
    return {
        (
            str(titles.get(workshop, workshop)) if isinstance(workshop, str) else "",
            role if isinstance(role, str) else "",
        ): int(people)
        for workshop, role, people in zip(*(participation[n] for n in names), strict=True)
    }
