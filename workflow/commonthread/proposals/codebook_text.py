"""Changes a codebook as it is written: the lines that a change is about, and no others."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from commonthread.proposals.layout import Entry, Layout, Place, Span, UnusualLayout
from commonthread.proposals.yaml_lines import (
    ORDER,
    Value,
    code_lines,
    entry_lines,
    text_lines,
    written_key,
)

_NUMBER = re.compile(r"\d+(?!.*\d)")


class CodebookText:
    """The text of a codebook file, to be changed.

    Each method takes ids of codes that are there. Raises UnusualLayout where the file does not
    have each code, key and entry in lines of its own, so that a person has to change it.
    """

    def __init__(self, text: str) -> None:
        self._mark = "\ufeff" if text.startswith("\ufeff") else ""
        self._newline = "\r\n" if text.count("\r\n") * 2 > text.count("\n") else "\n"
        plain = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
        self._lines = plain.split("\n")
        self._layout = Layout(self._lines)

    def __str__(self) -> str:
        return self._mark + self._newline.join(self._lines)

    def children(self, code_id: str) -> list[str]:
        """Give the codes directly under a code, in order."""
        return self._layout.children(code_id)

    def values(self, code_id: str, key: str) -> list[Any]:
        """Give the entries of a list of a code as the file has them; none if it has no such key."""
        entry = self._place(code_id).keys.get(key)
        return [item.value for item in entry.items] if entry else []

    def count_up(self) -> None:
        """Raise the last number of the codebook's version by one; "1.0" becomes "1.1"."""
        entry = self._layout.keys.get("version")
        if entry is None or entry.text is None:
            raise UnusualLayout
        found = _NUMBER.search(entry.text)
        version = entry.text.strip() + ".1"
        if found:
            counted = int(found[0]) + 1
            version = entry.text[: found.start()] + str(counted) + entry.text[found.end() :]
        self._replace(entry.span, self._written("version", version, entry, entry.span.column))

    def set_text(self, code_id: str, key: str, text: str) -> None:
        """Write a text of a code anew; white space in it becomes single spaces."""
        self._put(code_id, key, " ".join(text.split()))

    def set_list(self, code_id: str, key: str, values: Sequence[Value]) -> None:
        """Write a list of a code anew.

        A whole number stands for the entry with this number (from 0) that is there already: it
        keeps its lines.
        """
        self._put(code_id, key, list(values))

    def set_former(self, code_id: str, former: Iterable[str]) -> None:
        """Add ids of former codes that went into a code."""
        known = self.values(code_id, "was")
        self._put(code_id, "was", [*known, *(each for each in former if each not in known)])

    def drop(self, code_id: str, key: str) -> None:
        """Take a key and its value out of a code, if it is there."""
        entry = self._place(code_id).keys.get(key)
        if entry is not None:
            self._replace(entry.span, [])

    def add(self, keys: Mapping[str, Any], parent: str | None, after: str | None = None) -> None:
        """Add a code with these keys as the last one under a code, or right after another one.

        Without ``parent`` and ``after`` it becomes the last theme.
        """
        self._insert(code_lines(keys), parent, after)

    def remove(self, code_id: str) -> None:
        """Take a code out, with the codes under it. A comment above it stays."""
        place = self._place(code_id)
        first, end = place.span.first, place.span.end
        if self._layout.children(place.parent, place.section) == [code_id]:
            if place.parent is None:
                raise UnusualLayout
            head = self._place(place.parent).keys["codes"].span.first
            self._replace(Span(head, end, 0), self._lines[head + 1 : first])
            return
        leads = self._layout.children(place.parent, place.section)[0] == code_id
        above, below = ("".join(self._lines[at : at + 1]).strip() for at in (first - 1, end))
        if not below and (leads or not above):
            # One empty line between its neighbours is enough, and none above the first of them.
            end += 1
        self._replace(Span(first, end, 0), [])

    def move(self, code_id: str, parent: str | None) -> None:
        """Let a code, with those under it and the comment above it, be the last under another one.

        Without ``parent`` it becomes the last theme.
        """
        span = self._place(code_id).span
        first = span.first
        while self._lines[first - 1].startswith(" " * span.column + "#"):
            first -= 1
        lines = [line[span.column :] for line in self._lines[first : span.end]]
        self._replace(Span(first, span.first, 0), [])
        self.remove(code_id)
        self._insert(lines, parent, None)

    def rename(self, code_id: str, new_id: str) -> None:
        """Give a code another id, and keep the one that it had among its former ones."""
        self._put(code_id, "id", new_id)
        self.set_former(new_id, [code_id])

    def _place(self, code_id: str) -> Place:
        return self._layout.places[code_id]

    def _replace(self, span: Span, lines: Sequence[str]) -> None:
        self._lines[span.first : span.end] = lines
        self._layout = Layout(self._lines)

    def _put(self, code_id: str, key: str, value: str | list[Value]) -> None:
        place = self._place(code_id)
        entry = place.keys.get(key)
        if entry is not None:
            self._replace(entry.span, self._written(key, value, entry, place.column))
            return
        earlier = [each for name, each in place.keys.items() if name in ORDER[: ORDER.index(key)]]
        at = max((each.span.end for each in earlier), default=place.span.end)
        self._replace(Span(at, at, 0), self._written(key, value, None, place.column))

    def _written(
        self, key: str, value: str | list[Value], entry: Entry | None, column: int
    ) -> list[str]:
        """Write a key and its value, in the place of ``entry`` if there is one."""
        if entry is None:
            return written_key(" " * column + f"{key}:", key, value, column)
        head = self._lines[entry.span.first][: entry.colon]
        if isinstance(value, str):
            return text_lines(head, value, column, entry.style, entry.comment)
        old = [item.value for item in entry.items]
        kept = self._kept(entry)
        if not kept or not value or key == "was":
            values = [old[each] if isinstance(each, int) else each for each in value]
            return written_key(head, key, values, column, entry.comment)
        dash = " " * kept[0].column
        lines = [self._lines[entry.span.first]]
        for number, item in enumerate(kept):
            if number not in value:
                # Comments are people's own words, and stay.
                own = self._lines[item.first : item.end]
                lines += [line for line in own if line.lstrip().startswith("#")]
        for each in value:
            if isinstance(each, int):
                lines += self._lines[kept[each].first : kept[each].end]
            else:
                lines += [dash + line for line in entry_lines(each)]
        return lines

    def _kept(self, entry: Entry) -> list[Span]:
        """Give the lines of each entry of a list, from the comments and empty lines above it on."""
        first = entry.span.first + 1
        spans = []
        for item in entry.items:
            if item.span is not None:
                spans.append(Span(first, item.span.end, item.span.column))
                first = item.span.end
        return spans

    def _insert(self, lines: Sequence[str], parent: str | None, after: str | None) -> None:
        """Put lines, written for column 0, under a code: at the end, or right after another one."""
        if after is None:
            siblings = self._layout.children(parent)
        else:
            beside = self._place(after)
            siblings = self._layout.children(beside.parent, beside.section)
        head: list[str] = []
        if siblings:
            span = self._place(after or siblings[-1]).span
            at, dash = span.end, span.column
            if self._apart(siblings):
                head = [""]
        elif parent is not None:
            self.drop(parent, "codes")
            place = self._place(parent)
            at, dash = place.span.end, place.column + 2
            head = [" " * place.column + "codes:"]
        else:
            raise UnusualLayout
        new = [" " * dash + line if line.strip() else "" for line in lines]
        self._replace(Span(at, at, 0), [*head, *new])

    def _apart(self, siblings: Sequence[str]) -> bool:
        """Tell whether codes that stand beside each other have an empty line between them."""
        codes = siblings if len(siblings) > 1 else list(self._layout.places)
        above = (self._place(code_id).span.first - 1 for code_id in codes[1:])
        return any(not self._lines[line].strip() for line in above)
