"""Where each code of a codebook file stands: its lines, its keys, and the entries of its lists.

A file that people wrote is changed line by line, so that every other line stays as they wrote it,
comments and all. For that, codes must stand in lines of their own, as everybody writes them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import yaml

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_SECTIONS = ("themes", "aspects")
_COMMENT = re.compile(r"\s+#.*")


class UnusualLayout(Exception):
    """The file cannot be changed line by line."""


@dataclass(frozen=True)
class Span:
    """Lines of a file from 0, half open, and the column in which they begin."""

    first: int
    end: int
    column: int


@dataclass(frozen=True)
class Entry:
    """A key and its value: ``text`` is the value of one that is a text; ``items`` of a list.

    ``colon`` is the column after the key's colon, ``style`` how a text is written ("", '"', "'",
    ">", "|"), ``comment`` what stands behind it in its line, from
    the space before it on.
    """

    span: Span
    colon: int
    text: str | None
    style: str
    comment: str
    items: tuple[Item, ...] = ()


@dataclass(frozen=True)
class Item:
    """An entry of a list, without the comment above it, and its value as the file has it.

    ``span`` is None for a list in brackets.
    """

    span: Span | None
    value: Any


@dataclass
class Place:
    """Where a code stands: from its dash to its last line, and its keys in order."""

    span: Span
    section: str
    parent: str | None
    keys: dict[str, Entry] = field(default_factory=dict)

    @property
    def column(self) -> int:
        """The column in which the code's keys begin."""
        return next(iter(self.keys.values())).span.column


class Layout:
    """Where everything stands in the lines of a codebook file.

    Raises UnusualLayout where lines do not show it, as where codes stand in brackets.
    """

    def __init__(self, lines: Sequence[str]) -> None:
        self._lines = lines
        self.places: dict[str, Place] = {}
        try:
            root: Any = yaml.compose("\n".join(lines), Loader=_LOADER)
        except yaml.YAMLError:
            raise UnusualLayout from None
        self.keys = self._keys(root)
        for key, value in root.value:
            if key.value in _SECTIONS and isinstance(value, yaml.SequenceNode) and value.value:
                self._codes(value, key.value, None)

    def children(self, parent: str | None, section: str = "themes") -> list[str]:
        """Give the codes directly under a code, or at the top of a section, in order."""
        return [
            code_id
            for code_id, place in self.places.items()
            if place.parent == parent and place.section == section
        ]

    def _codes(self, node: yaml.SequenceNode, section: str, parent: str | None) -> None:
        for item, span in self._items(node):
            if not isinstance(item, yaml.MappingNode):
                raise UnusualLayout
            place = Place(span, section, parent, self._keys(item))
            code_id = place.keys["id"].text if "id" in place.keys else None
            if code_id is None or code_id in self.places:
                raise UnusualLayout
            self.places[code_id] = place
            for key, value in item.value:
                if key.value == "codes" and isinstance(value, yaml.SequenceNode) and value.value:
                    self._codes(value, section, code_id)

    def _keys(self, node: Any) -> dict[str, Entry]:
        if not isinstance(node, yaml.MappingNode) or node.flow_style:
            raise UnusualLayout
        return {key.value: self._entry(key, value) for key, value in node.value}

    def _entry(self, key: Any, value: Any) -> Entry:
        first, column = key.start_mark.line, key.start_mark.column
        line = self._lines[first]
        colon = line.index(":", key.end_mark.column) + 1
        end = max(self._end(value), first + 1)
        scalar = isinstance(value, yaml.ScalarNode)
        items: tuple[Item, ...] = ()
        if isinstance(value, yaml.SequenceNode) and not value.flow_style:
            items = tuple(Item(span, _value(item)) for item, span in self._items(value))
        elif isinstance(value, yaml.SequenceNode):
            items = tuple(Item(None, _value(item)) for item in value.value)
        return Entry(
            span=Span(first, end, column),
            colon=colon,
            text=value.value if scalar else None,
            style=(value.style or "") if scalar else "",
            comment=self._comment(value, line[colon:]),
            items=items,
        )

    def _comment(self, value: Any, head: str) -> str:
        """Give the comment behind a value, or behind the key where the value begins below it."""
        in_lines = isinstance(value, yaml.ScalarNode) or value.flow_style
        if getattr(value, "style", None) not in ("|", ">") and in_lines:
            head = self._lines[value.end_mark.line][value.end_mark.column :]
        found = _COMMENT.search(head)
        return found[0] if found else ""

    def _end(self, node: Any) -> int:
        """Give the line after the last one of a node, without comments and empty lines below it."""
        mark = node.end_mark
        if isinstance(node, yaml.ScalarNode) or node.flow_style or not node.value:
            end = int(mark.line) + 1
            if getattr(node, "style", None) in ("|", ">"):
                end -= mark.column == 0
                while not self._lines[end - 1].strip():
                    end -= 1
            return end
        if isinstance(node, yaml.MappingNode):
            key, value = node.value[-1]
            return max(self._end(value), int(key.end_mark.line) + 1)
        return self._end(node.value[-1])

    def _items(self, node: yaml.SequenceNode) -> Iterator[tuple[Any, Span]]:
        if node.flow_style:
            raise UnusualLayout
        dash = node.start_mark.column
        for item in node.value:
            first = item.start_mark.line
            while self._lines[first][dash : dash + 1] != "-":
                first -= 1
                if first < node.start_mark.line:
                    raise UnusualLayout
            if self._lines[first][:dash].strip():
                raise UnusualLayout
            yield item, Span(first, max(self._end(item), first + 1), dash)


def _value(node: Any) -> Any:
    """Give a node as texts, lists and mappings."""
    if isinstance(node, yaml.ScalarNode):
        return node.value
    if isinstance(node, yaml.SequenceNode):
        return [_value(item) for item in node.value]
    return {key.value: _value(value) for key, value in node.value}
