"""Reads the file that a codebook page saves (JSON): comments and proposals."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, get_args

from commonthread.proposals.proposal import FIELDS, Kind, Part, Proposal, ReturnedProposals
from commonthread.returned.saved_json import (
    Form,
    Unusable,
    check_date,
    checked_text,
    head_text,
    load_saved,
    named,
    refuse_unknown,
    rows,
)

FORMAT = "commonthread proposals"
VERSION = 1

_LONG, _SHORT = 20_000, 500
_MOST = 500
_HEAD = ("study", "page_id", "author", "role", "codebook_version", "codebook_sha256", "copy")
_FORM = Form(
    format=FORMAT,
    version=VERSION,
    keys=frozenset(("format", "format_version", "proposals", "begun", *_HEAD)),
    page="a codebook page",
)
_TEXTS = {
    "id": _SHORT,
    "kind": _SHORT,
    "code_id": _SHORT,
    "parent": _SHORT,
    "why": _LONG,
    "author": _SHORT,
    "role": _SHORT,
    "date": _SHORT,
}
_KNOWN = {*_TEXTS, "wording", "was", "others", "parts", "segment_ids"}


def read_page_file(data: bytes, name: str) -> ReturnedProposals:
    """Read what a codebook page saved; ``name`` is the name of the file.

    A proposal that cannot be used, and one that was begun but not added, is among the problems.
    Raises ``Refused`` if the file is damaged, was not saved by a codebook page, or by one of a newer
    format. Whether the codes that it names exist is not looked up.
    """
    content = load_saved(data, name, _FORM)
    refuse_unknown(content, _FORM.keys)
    head = {key: head_text(content, key, _SHORT) for key in _HEAD}
    proposals: list[Proposal] = []
    problems: list[tuple[str, str]] = []
    for number, row in enumerate(rows(content, "proposals"), start=1):
        where = f"proposal {number}"
        try:
            proposals.append(_proposal(where, row))
        except Unusable as reason:
            problems.append((where, str(reason)))
    problems += [
        (f"begun {number}", "A proposal was begun, but not added; it does not count.")
        for number, _ in enumerate(rows(content, "begun"), start=1)
    ]
    return ReturnedProposals(
        author=head["author"].strip(),
        role=head["role"].strip(),
        codebook_version=head["codebook_version"],
        codebook_sha256=head["codebook_sha256"],
        proposals=tuple(proposals),
        problems=tuple(problems),
    )


def _proposal(where: str, row: Any) -> Proposal:
    if not isinstance(row, dict):
        raise Unusable("This is not a proposal.")
    missing = sorted(_KNOWN - row.keys())
    if missing:
        raise Unusable(f'The field "{missing[0]}" is missing.')
    unknown = next((key for key in row if key not in _KNOWN), None)
    if unknown is not None:
        raise Unusable(f"It has a field that no proposal has{named(unknown)}")
    texts = {key: checked_text(row[key], key, most) for key, most in _TEXTS.items()}
    check_date(texts["date"])
    del texts["id"]
    made = Proposal(
        where=where,
        wording=_wording(row["wording"], "wording"),
        was=_wording(row["was"], "was"),
        others=_list(row, "others"),
        parts=_parts(row["parts"]),
        segment_ids=_list(row, "segment_ids"),
        **{**texts, "kind": _kind(texts["kind"])},  # type: ignore[arg-type]
    )
    lacking = _lacking(made)
    if lacking:
        raise Unusable(lacking)
    return made


def _kind(value: str) -> Kind:
    for kind in get_args(Kind):
        if kind == value:
            found: Kind = kind
            return found
    raise Unusable('The field "kind" names nothing that can be proposed.')


def _wording(value: Any, key: str) -> tuple[tuple[str, str], ...]:
    """Give texts by field, in the order of FIELDS."""
    if not isinstance(value, Mapping) or not value.keys() <= set(FIELDS):
        raise Unusable(f'The field "{key}" does not hold texts of a code.')
    return tuple((name, checked_text(value[name], key, _LONG)) for name in FIELDS if name in value)


def _list(row: Mapping[str, Any], key: str) -> tuple[str, ...]:
    value = row[key]
    if not isinstance(value, list) or len(value) > _MOST:
        raise Unusable(f'The field "{key}" is not a list of ids.')
    ids = [checked_text(each, key, _SHORT) for each in value]
    if not all(each.strip() for each in ids):
        raise Unusable(f'The field "{key}" has an empty id.')
    return tuple(dict.fromkeys(ids))


def _parts(value: Any) -> tuple[Part, ...]:
    if not isinstance(value, list) or len(value) > _MOST:
        raise Unusable('The field "parts" is not a list of codes.')
    found = []
    for part in value:
        if not isinstance(part, dict) or part.keys() != {"name", "plain"}:
            raise Unusable('The field "parts" has one that is not a name and its meaning.')
        name, plain = (checked_text(part[key], "parts", _LONG) for key in ("name", "plain"))
        found.append(Part(name, plain))
    return tuple(found)


def _lacking(made: Proposal) -> str:
    """Say what a proposal of its kind lacks; nothing if all is there."""
    wording = {name for name, text in made.wording if text.strip()}
    if not made.code_id and made.kind not in ("new", "comment"):
        return "It does not say which code it is about."
    if made.kind == "comment" and not made.why.strip():
        return "It is a comment without words."
    if made.kind == "wording" and not made.wording:
        return "It changes no text."
    if made.kind in ("rename", "new") and "name" not in wording:
        return "It gives no name."
    if made.kind == "example" and "examples" not in wording:
        return "It gives no example."
    if made.kind == "merge" and not made.others:
        return "It does not say which codes to join."
    if made.kind == "split" and len(made.parts) < 2:
        return "It does not say into which codes to split."
    return ""
