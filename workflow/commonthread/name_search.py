"""Finds names in text: every form of every name, in one pass over the text."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate
from typing import Any

import re2

from commonthread.folding import (
    INVISIBLE_SPACES,
    UNSPACED,
    Folded,
    fold,
    fold_all,
    token_pattern,
    tokens,
)
from commonthread.name_context import counts

# What may stand between two words of a name, never a character that ends a sentence.
_BETWEEN = re.compile(r"[ \t]{0,3}(?:[-_/'+|@&]|\.(?=\S)|\n)?[ \t]{0,3}")
_AFTER_INITIAL = re.compile(r"\.[ \t]{0,3}")
_COMMA = re.compile(r",[ \t\n]{0,2}")
_SHORT = 2
# No name stands before this: "don't".
_NOT = re.compile(r"'t(?![^\W\d_])")
# Joins texts to search them at once; it is part of no name, so no name reaches over it.
_JOINT = "\x1f"
# For the first, rough search: digits and underscores part words there.
_PARTED = bytes.maketrans(b"0123456789_", b" " * 11)


@dataclass(frozen=True)
class Claim:
    """A form of a name for the search: whose it is, and when it counts.

    ``rule`` is one of ``name_forms.Rule``; ``capitals`` tells whether the form also counts in
    capitals, ``plural`` whether also with an s without apostrophe. ``workshop`` and ``source``, if
    not empty, say where the person was listed for. Of another ``kind`` than person,
    ``participant_id`` is what the study lists as the replacement.
    """

    text: str
    participant_id: str
    part: bool
    rule: str
    listed: bool
    capitals: bool = True
    plural: bool = True
    workshop: str = ""
    source: str = ""
    kind: str = "person"


@dataclass
class _Node:
    children: dict[str, _Node] = field(default_factory=dict)
    claims: list[Claim] = field(default_factory=list)
    with_s: list[Claim] = field(default_factory=list)
    keep: bool = False


@dataclass(frozen=True)
class Found:
    """A name in a text: where, half open in code points, and the claims that count there.

    ``with_s`` tells that an s without apostrophe belongs to the stretch. Without claims it is a
    stretch to keep.
    """

    start: int
    end: int
    claims: tuple[Claim, ...]
    with_s: bool = False


class NameSearch:
    """Searches for names. ``keep`` are texts, such as pseudonyms, in which nothing is found."""

    def __init__(self, claims: Sequence[Claim], keep: Sequence[str] = ()) -> None:
        self._root = _Node()
        unspaced: dict[str, list[Claim]] = {}
        for claim in claims:
            folded = fold(claim.text).text
            if UNSPACED.search(folded):
                unspaced.setdefault(folded, []).append(claim)
            else:
                self._add(claim)
        for text in keep:
            self._node(tokens(text)).keep = True
        self._unspaced: dict[str, list[tuple[str, list[Claim]]]] = {}
        for text, own in sorted(unspaced.items(), key=lambda item: -len(item[0])):
            self._unspaced.setdefault(text[0], []).append((text, own))

    def _add(self, claim: Claim) -> None:
        words = tokens(claim.text)
        while len(words) > 1 and words[0].isdigit():
            words = words[1:]
        if not words:
            return
        if "," in claim.text:
            last, _, first = claim.text.partition(",")
            paths = [[*tokens(last), ",", *tokens(first)]]
        elif len(words) > 1 and not any(word.isdigit() for word in words):
            paths = [words, ["".join(words)]]
        else:
            paths = [words]
        for path in paths:
            self._node(path).claims.append(claim)
            if claim.rule not in ("exactly", "after title") and len(path[-1]) > 1:
                self._node([*path[:-1], path[-1] + "s"]).with_s.append(claim)

    def _node(self, path: Sequence[str]) -> _Node:
        node = self._root
        for word in path:
            node = node.children.setdefault(word, _Node())
        return node

    @cached_property
    def _first_words(self) -> Any:
        # RE2 takes time in proportion to the text, whatever the names are.
        words = [re2.escape(word) for word in sorted(self._root.children) if word.isascii()]
        options = re2.Options()
        options.max_mem = 256 << 20
        options.never_capture = True
        return re2.compile(rb"\b(?:" + "|".join(words).encode() + rb")\b", options)

    @cached_property
    def _first_characters(self) -> re.Pattern[str]:
        return re.compile("[" + "".join(map(re.escape, self._unspaced)) + "]")

    def find(self, texts: Sequence[str]) -> list[list[Found]]:
        """Give the names in each text in order: of those that overlap the first, then the longest."""
        folded = fold_all(texts)
        found: list[list[Found]] = [[] for _ in texts]
        done = [0] * len(texts)
        for index, place in self._candidates(folded):
            if place < done[index]:
                continue
            match = self._match(texts[index], folded[index], place)
            if match is not None:
                done[index], name = match
                found[index].append(name)
        together = "".join(texts)
        # Looking for one character at a time is much faster than for any of them.
        if any(character in together for character in INVISIBLE_SPACES):
            for index, text in enumerate(texts):
                if any(character in text for character in INVISIBLE_SPACES):
                    found[index] = self._with_invisible_spaces(text, found[index])
        return found

    def _with_invisible_spaces(self, text: str, found: list[Found]) -> list[Found]:
        """Add names that show only where invisible characters are taken for spaces."""
        folded = fold(text, invisible=" ")
        done = 0
        taken = sorted((f.start, f.end) for f in found)
        more = []
        for place in self._places(folded.text):
            match = self._match(text, folded, place) if place >= done else None
            if match is not None:
                done, name = match
                at = bisect_right(taken, (name.start, name.end))
                clear = all(
                    end <= name.start or start >= name.end
                    for start, end in taken[max(0, at - 1) : at + 1]
                )
                if clear:
                    more.append(name)
        return sorted([*found, *more], key=lambda f: f.start)

    def _candidates(self, folded: list[Folded]) -> Iterator[tuple[int, int]]:
        """Give the places (text, offset in its folded form) where a name may start, in order."""
        plain = [index for index, text in enumerate(folded) if text.text.isascii()]
        if plain and self._root.children:
            joined = _JOINT.join(folded[index].text for index in plain)
            starts = [0, *accumulate(len(folded[index].text) + 1 for index in plain)]
            at = 0
            for match in self._first_words.finditer(joined.encode("ascii").translate(_PARTED)):
                place = match.start()
                while starts[at + 1] <= place:
                    at += 1
                yield plain[at], place - starts[at]
        for index, text in enumerate(folded):
            if not text.text.isascii():
                for place in self._places(text.text):
                    yield index, place

    def _places(self, folded: str) -> list[int]:
        children = self._root.children
        places = [m.start() for m in token_pattern().finditer(folded) if m[0] in children]
        if self._unspaced:
            places += [m.start() for m in self._first_characters.finditer(folded)]
        return sorted(set(places))

    def _match(self, text: str, folded: Folded, place: int) -> tuple[int, Found] | None:
        """Give the longest name that starts at a place: its end in the folded text, and itself."""
        plain = folded.text
        for name, own in self._unspaced.get(plain[place], ()):
            if plain.startswith(name, place):
                start, end = folded.span(place, place + len(name))
                return place + len(name), Found(start, end, tuple(own))
        if UNSPACED.match(plain[place]):
            return None
        for last, node in reversed(self._walk(plain, place)):
            if _NOT.match(plain, last):
                continue
            start, end = folded.span(place, last)
            if node.keep:
                return last, Found(start, end, ())
            claims = tuple(
                c
                for c in node.claims
                if counts(c.rule, c.text, c.listed, c.part, c.capitals, text, start, end)
            )
            if claims:
                return last, Found(start, end, claims)
            possessive = plain[last : last + 1] == "'"
            claims = tuple(
                c
                for c in node.with_s
                if (possessive or c.plural)
                and counts(c.rule, c.text, c.listed, c.part, c.capitals, text, start, end)
            )
            if claims:
                return last, Found(start, end, claims, with_s=True)
        return None

    def _walk(self, plain: str, place: int) -> list[tuple[int, _Node]]:
        """Give every name, as its end and node, whose words follow one another from a place."""
        pattern = token_pattern()
        ends = []
        node = self._root
        word = pattern.match(plain, place)
        while word is not None:
            below = node.children.get(word[0])
            if below is None:
                break
            node = below
            if node.claims or node.with_s or node.keep:
                ends.append((word.end(), node))
            if not node.children:
                break
            last = word.end()
            between = None
            if "," in node.children:
                between = _COMMA.match(plain, last)
                if between:
                    node = node.children[","]
            if between is None and len(word[0]) <= _SHORT:
                between = _AFTER_INITIAL.match(plain, last)
            between = between or _BETWEEN.match(plain, last)
            word = pattern.match(plain, between.end() if between else last)
        return ends
