"""Makes the table of every form of every name and word that is searched for in what is said."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pandas as pd

from commonthread.folding import tokens
from commonthread.listed_words import ListedWords
from commonthread.name_forms import Form, forms, word_forms
from commonthread.participants import Person
from commonthread.tables import as_table
from commonthread.word_use import common_in_capitals, is_known

PERSON, HARMLESS = "person", "harmless"


@dataclass(frozen=True)
class FoundName:
    """The name of somebody who speaks and is in no list, and its other spellings."""

    name: str
    others: tuple[str, ...]


@dataclass(frozen=True)
class _Whose:
    """Whose or what the forms of a name are: what replaces them, and where."""

    replacement: str
    listed: bool
    kind: str = PERSON
    workshop: str = ""
    source: str = ""


def names_table(
    people: Sequence[Person],
    unlisted: Sequence[FoundName | None],
    ids: Sequence[str],
    words: Sequence[ListedWords] = (),
) -> pd.DataFrame:
    """Make the table names.

    Goes in: the people of the participants list, the names of others who speak (None for a label
    that is no name), the pseudonyms of both in that order, and the other words that are listed.
    """
    rows: list[dict[str, object]] = []
    for person, who in zip(people, ids, strict=False):
        for row in person.rows:
            whose = _Whose(who, True, workshop=row.workshop, source=row.source)
            rows += _rows(forms(row.name, row.also_known_as, listed=True), whose)
    for one, who in zip(unlisted, ids[len(people) :], strict=True):
        if one is not None:
            rows += _rows(forms(one.name, one.others, listed=False), _Whose(who, False))
    for each in words:
        rows += _rows(_forms_of(each), _Whose(each.replacement, True, each.kind))
    return as_table(rows, "names").drop_duplicates(ignore_index=True)


def _forms_of(each: ListedWords) -> list[Form]:
    if each.kind == HARMLESS:
        return [Form(each.words, False, "exactly")]
    if each.kind == PERSON:
        return forms(each.words, listed=True)
    return word_forms(each.words)


def _rows(found: Sequence[Form], whose: _Whose) -> Iterator[dict[str, object]]:
    for form in found:
        plain = "".join(tokens(form.text))
        yield {
            "form": form.text,
            "participant_id": whose.replacement,
            "part": form.part,
            "rule": form.rule,
            "listed": whose.listed,
            "capitals": (whose.listed and form.rule == "any case") or not common_in_capitals(plain),
            "plural": len(plain) > 2 and not is_known(plain + "s"),
            "workshop_id": whose.workshop,
            "source_id": whose.source,
            "kind": whose.kind,
        }
