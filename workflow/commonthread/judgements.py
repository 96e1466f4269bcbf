"""Gathers what people decided: whose it is, on which words of today, with which codes of today."""

from __future__ import annotations

import json
from base64 import b32encode
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Any

import pandas as pd

from commonthread.anchors.anchor import Anchor
from commonthread.anchors.finding import Found
from commonthread.code_names import CodeNames
from commonthread.codebook import Codebook
from commonthread.coders import Coder, coder_id
from commonthread.judged import ADJUDICATION
from commonthread.odd_codings import by_id_alone, refuse_foreign, two_people
from commonthread.problems import Problem, suggest
from commonthread.replaced import mark_replaced
from commonthread.returned.folder import FOLDER, CodingFile
from commonthread.returned.judgement import Judgement, Returned
from commonthread.tables import as_table, columns
from commonthread.withdrawal import Withdrawn

_BY_ID = "same"
# What was found among words that were withdrawn, until it is left out.
_WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class Gathered:
    """The tables ``judgements`` and ``coders``; what is wrong; and sentences about what to look at."""

    judgements: pd.DataFrame
    coders: pd.DataFrame
    problems: tuple[Problem, ...]
    notices: tuple[str, ...]


@dataclass(frozen=True)
class Today:
    """The study as it is now: what codings are matched against.

    ``pseudonyms`` are all that the study ever used: what was coded may still hold one of a role
    that nobody has any more. ``withdrawn`` is what people withdrew: decisions on it are left out.
    """

    coders: Sequence[Coder]
    codebook: Codebook
    segments: pd.DataFrame
    turns: pd.DataFrame
    pseudonyms: Collection[str] = ()
    withdrawn: Withdrawn = field(default_factory=Withdrawn)


@dataclass
class _Rows:
    """What is collected while files are gone through."""

    rows: list[dict[str, Any]] = field(default_factory=list)
    anchors: list[Anchor] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    roles: dict[str, tuple[str, str]] = field(default_factory=dict)
    copies: dict[str, dict[str, str]] = field(default_factory=dict)
    left_out: int = 0

    def leave_out(self, withdrawn: Withdrawn) -> None:
        """Leave out decisions on words that were withdrawn, with all that was written about them."""
        kept = [
            (row, anchor)
            for row, anchor in zip(self.rows, self.anchors, strict=True)
            if row["status"] != _WITHDRAWN
            and not withdrawn.has(row["coded_segment_id"], row["words"])
        ]
        self.left_out += len(self.rows) - len(kept)
        self.rows = [row for row, _ in kept]
        self.anchors = [anchor for _, anchor in kept]


def gather(files: Iterable[CodingFile], today: Today) -> Gathered:
    """Bring together all decisions of people.

    Each decision becomes a row of ``judgements``, whatever became of it: ``status`` says whether it
    counts, and ``reason`` why not. Codes that were renamed or merged become those of today; words
    are found again as ``anchors.find_again`` does. Nothing is left out without a row or a problem, but
    what was withdrawn, of which a notice says how much.
    """
    made = _Rows()
    answers: dict[str, str] = {}
    seen: dict[str, str] = {}
    for file in files:
        where = f"{FOLDER}/{file.name}"
        if file.refused is not None or file.returned is None:
            refused = file.refused
            made.problems.append(
                Problem(where, refused.reason if refused else "", refused.remedy if refused else "")
            )
        elif file.sha256 in seen:
            made.notices.append(
                f"{where} is the same file as {FOLDER}/{seen[file.sha256]}: it counts once."
            )
        else:
            seen[file.sha256] = file.name
            answers |= {answer.item: answer.text for answer in file.returned.answers}
            _take(file, file.returned, today, made)
    _place(made, today, answers)
    _code(made.rows, today.codebook, answers)
    frame = _table(made.rows)
    frame, again = mark_replaced(frame)
    refuse_foreign(frame, made.problems)
    made.notices += again
    made.notices += two_people(frame, made.copies)
    made.notices += by_id_alone(frame)
    if made.left_out:
        made.notices.append(
            f"Decisions on words of people who withdrew, left out: {made.left_out:,}."
        )
    return Gathered(
        judgements=frame[list(columns("judgements"))],
        coders=_coders(frame, today.coders, made.roles),
        problems=tuple(made.problems),
        notices=tuple(made.notices),
    )


def _table(rows: Sequence[dict[str, Any]]) -> pd.DataFrame:
    frame = pd.DataFrame(rows)
    for name in ("start", "end") if rows else ():
        frame[name] = frame[name].astype("Int64")
    return as_table(frame if rows else {}, "judgements")


def _take(file: CodingFile, returned: Returned, today: Today, made: _Rows) -> None:
    """Make a row of each decision in a file, and say what is odd about the file."""
    where = f"{FOLDER}/{file.name}"
    if returned.untouched:
        made.notices.append(
            f"{where}: segments that nobody has judged yet: {returned.untouched:,}."
        )
    if returned.codebook_sha256 and returned.codebook_sha256 != today.codebook.sha256:
        made.notices.append(
            f"{where} was coded with another state of the codebook (version "
            f"{returned.codebook_version or 'not known'}; today's is {today.codebook.version}). "
            "Codes that were renamed or merged were taken over where the codebook says so."
        )
    common = {
        "file": file.name,
        "purpose": returned.purpose,
        "pack_id": returned.pack_id,
        "codebook_version": returned.codebook_version,
        "took_part": json.dumps([list(one) for one in returned.took_part], ensure_ascii=False),
        "study": returned.study,
    }
    unknown: dict[str, int] = {}
    for judgement in returned.judgements:
        coder, role = _whose(file, returned, judgement, today.coders)
        row = common | _row(judgement, coder)
        if not coder:
            row |= {"status": "not used", "reason": "Nobody says who decided this."}
            unknown[""] = unknown.get("", 0) + 1
        elif returned.purpose == "coding" and today.coders and not role:
            row |= {"status": "not used", "reason": f'The coder "{coder}" is in no list of coders.'}
            unknown[coder] = unknown.get(coder, 0) + 1
        else:
            made.roles.setdefault(row["coder_id"], (coder, role))
            if returned.copy:
                made.copies.setdefault(row["judgement_id"], {})[returned.copy] = file.name
        made.rows.append(row)
        made.anchors.append(
            Anchor(
                judgement.segment_id,
                judgement.source_id,
                judgement.words,
                judgement.before,
                judgement.after,
                judgement.start_s,
            )
        )
    for place, what in returned.problems:
        row = common | _row(Judgement(where=place), _whose(file, returned, None, today.coders)[0])
        made.rows.append(row | {"status": "not used", "reason": what})
        made.anchors.append(Anchor("", "", "", "", "", None))
    made.problems += [_unknown_coder(where, name, n, today.coders) for name, n in unknown.items()]


def _whose(
    file: CodingFile, returned: Returned, judgement: Judgement | None, coders: Sequence[Coder]
) -> tuple[str, str]:
    """Give name and role of who decided; the role is empty where the name is in no list."""
    if returned.purpose == "adjudication":
        return ADJUDICATION, ""
    written = file.folder or (judgement.coder if judgement else "") or returned.coder
    listed = next((coder for coder in coders if coder.id == coder_id(written)), None)
    if listed is not None:
        return listed.name, listed.role
    return written, "" if coders else returned.role


def _row(judgement: Judgement, coder: str) -> dict[str, Any]:
    row: dict[str, Any] = {
        "place": judgement.where,
        "coder_id": coder_id(coder),
        "coded_segment_id": judgement.segment_id,
        "words": judgement.words,
        "how": None,
        "source_id": None,
        "start": None,
        "end": None,
        "segment_ids": "[]",
        "candidates": "[]",
        "codes": "[]",
        "written": json.dumps(judgement.codes, ensure_ascii=False),
        "no_code": judgement.no_code,
        "unsure": judgement.unsure,
        "comment": judgement.comment,
        "new_code": judgement.new_code,
        "outcome": judgement.outcome,
        "date": judgement.date,
        "status": "",
        "reason": "",
    }
    said = [coder_id(coder), *(str(row[name]) for name in _IDENTITY)]
    digest = blake2b("\0".join(said).encode("utf-8", "replace"), digest_size=10).digest()
    row["judgement_id"] = b32encode(digest).decode("ascii").lower()
    return row


# What makes a decision the same one, whichever file it came back in.
_IDENTITY = (
    *("coded_segment_id", "words", "written", "no_code", "unsure", "comment", "new_code"),
    *("outcome", "date"),
)


def _unknown_coder(where: str, name: str, number: int, coders: Sequence[Coder]) -> Problem:
    if not name:
        return Problem(
            where,
            f"Nobody says who made {number:,} of its decisions.",
            f"Put the file into a folder with the coder's name, inside {FOLDER}.",
        )
    near = suggest(name, [coder.name for coder in coders])
    return Problem(
        where,
        f'The coder "{name}" is in no list of coders.{near} Decisions not used: {number:,}.',
        "Add this person to coders.csv, or put the file into a folder with the right coder's name, "
        f"inside {FOLDER}.",
    )


def _place(made: _Rows, today: Today, answers: Mapping[str, str]) -> None:
    """Say of each decision on which segments of today it is."""
    source_of = dict(zip(today.segments["segment_id"], today.segments["source_id"], strict=True))
    spans = dict(
        zip(
            today.segments["segment_id"],
            zip(today.segments["start"].tolist(), today.segments["end"].tolist(), strict=True),
            strict=True,
        )
    )
    made.leave_out(today.withdrawn)
    sought = [at for at, row in enumerate(made.rows) if not row["status"] and row["words"]]
    found = today.withdrawn.find_again(
        [made.anchors[at] for at in sought], today.turns, today.segments, today.pseudonyms
    )
    results = dict(zip(sought, found, strict=True))
    for at, row in enumerate(made.rows):
        if row["status"]:
            continue
        answer = answers.get(f"{row['judgement_id']}.place", "")
        by_id = answer or ("" if row["words"] else row["coded_segment_id"])
        result = results.get(at)
        if by_id in spans:
            row |= {
                "how": _BY_ID,
                "source_id": source_of[by_id],
                "start": spans[by_id][0],
                "end": spans[by_id][1],
                "segment_ids": json.dumps([by_id]),
            }
        elif answer.casefold() == "none":
            row |= {"status": "not used", "reason": "A person looked: the words are nowhere now."}
        elif result is not None:
            row |= _found(result)
        elif at in results:
            row["status"] = _WITHDRAWN
        else:
            row |= {
                "status": "not used",
                "reason": "There is no such segment, and no words to find.",
            }
    made.leave_out(today.withdrawn)


def _found(found: Found) -> dict[str, Any]:
    place = found.place
    if place is None or not place.segment_ids:
        options = found.candidates if place is None else (place,)
        return {
            "how": found.how,
            "candidates": json.dumps(
                [
                    [segment_id, option.text, round(option.alike, 3)]
                    for option in options
                    for segment_id in option.segment_ids
                ],
                ensure_ascii=False,
            ),
            "status": "worklist",
            "reason": found.reason or "Its words are in no segment of today.",
        }
    return {
        "how": found.how,
        "source_id": place.source_id,
        "start": place.start,
        "end": place.end,
        "segment_ids": json.dumps(list(place.segment_ids)),
    }


def _code(rows: Sequence[dict[str, Any]], codebook: Codebook, answers: Mapping[str, str]) -> None:
    """Turn the codes as written into those of today, and say which decisions count."""
    names = CodeNames(codebook)
    aspects = {aspect.id for aspect in codebook.aspects}
    for row in rows:
        codes: list[str] = []
        doubtful: list[str] = []
        for number, written in enumerate(json.loads(row["written"])):
            answer = answers.get(f"{row['judgement_id']}.{number}", "")
            if answer.casefold() == "none":
                continue
            for text in answer.split(";") if answer else [written]:
                found = names.find(text.strip())
                codes += found.codes if not found.reason else ()
                doubtful += [found.reason] if found.reason else []
        row["codes"] = json.dumps(list(dict.fromkeys(codes)))
        if row["status"]:
            continue
        if doubtful:
            row["reason"] = " ".join(doubtful)
        if row["no_code"] and not aspects.issuperset(codes):
            row |= {
                "status": "not used",
                "reason": "It says both that no code fits and that some do.",
            }
        elif codes or row["no_code"] or row["outcome"] in ("open", "codebook"):
            row["status"] = "counts"
        elif doubtful:
            row["status"] = "worklist"
        elif row["unsure"]:
            row |= {"status": "comment", "reason": "The coder was not sure, and gave no code."}
        else:
            row |= {"status": "comment", "reason": "It holds a comment but no decision."}


def _coders(
    frame: pd.DataFrame, listed: Sequence[Coder], roles: Mapping[str, tuple[str, str]]
) -> pd.DataFrame:
    names = {coder.id: (coder.name, coder.role) for coder in listed} | dict(roles)
    names.pop(ADJUDICATION, None)
    counting = frame[frame["status"] == "counts"]
    judged: dict[str, set[str]] = {}
    for coder, segment_ids in zip(counting["coder_id"], counting["segment_ids"], strict=True):
        judged.setdefault(coder, set()).update(json.loads(segment_ids))
    return as_table(
        [
            {
                "coder_id": coder,
                "coder": name,
                "role": role or "not given",
                "judged": len(judged.get(coder, ())),
            }
            for coder, (name, role) in names.items()
        ],
        "coders",
    )
