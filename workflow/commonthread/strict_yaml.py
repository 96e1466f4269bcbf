"""Reads YAML that people wrote: nothing is guessed, nothing is ignored, and nothing is run.

YAML has traps for people who write it by hand: ``NO`` becomes "false", ``010`` becomes 8, the
second of two equal keys wins without a word, and a file of ten lines can expand until memory is
full. Here every value stays the text that was written, and whatever could mislead is an error that
names its line.
"""

from __future__ import annotations

import re
import typing
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from commonthread.merge_marks import unfinished_merges
from commonthread.ordinary_files import MEGABYTE, read_ordinary
from commonthread.problems import InputProblems, Problem, Refused, suggest

MAX_BYTES = 5_000_000
MAX_DEPTH = 50
MAX_VALUES = 100_000
MAX_PROBLEMS = 50

Key = str | int
Model = TypeVar("Model", bound=BaseModel)

# The scanner written in C is about 20 times as fast; a hostile file must not cost more than a second.
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_QUOTE = 'Put the text in quotes ("...") if it is meant as text.'

# What the parser says, what to tell instead, and the remedy.
_SYNTAX = (
    (
        r"mapping values are not allowed",
        "Here stands a second colon, or a line is indented too far.",
        'Put a text that holds ": " in quotes, and indent entries of one list alike.',
    ),
    (
        r"could not find expected ':'",
        "A key has no colon after it, or a text goes on without being indented.",
        'Write "key: value", and indent the lines that a text goes on in.',
    ),
    (
        r"found unexpected end of stream|while scanning a quoted scalar",
        "A quotation mark is not closed.",
        "Close it, or double a single quote ('') inside single quotes.",
    ),
    (
        r"did not find expected '-' indicator|did not find expected key|expected <block end>",
        "This line does not fit the lines above it.",
        "Indent entries of one list alike, with spaces, and put a text that begins with a quotation"
        " mark wholly in quotes.",
    ),
    (
        r"did not find expected ',' or|expected ',' or",
        "A bracket is not closed, or a comma is missing.",
        "Close each [ with ] and each { with }.",
    ),
    (
        r"unknown escape character|escape",
        "A backslash stands in double quotes.",
        "Put the text in single quotes ('...') so that backslashes stay as they are.",
    ),
    (
        r"cannot start any token|alphabetic or numeric|anchor|alias|directive|tag",
        "A text begins with a sign that means something else in YAML.",
        _QUOTE,
    ),
)


@dataclass(frozen=True)
class Document:
    """A YAML file as it was written: texts, lists, mappings, and where each of them stands."""

    data: Any
    lines: dict[tuple[Key, ...], int]

    def line(self, *keys: Key) -> int:
        """Give the line (from 1) of what stands under ``keys``, or else of what is nearest above."""
        path = keys
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)


def load_yaml(path: Path) -> Document:
    """Read a YAML file strictly.

    Every scalar arrives as the text that was written (``NO``, ``010`` and ``null`` too); an empty
    value is None. Raises InputProblems, all problems at once, for tags, anchors and aliases,
    duplicate keys, tabs, unfinished merges, what is not YAML or not UTF-8, and for files that are
    larger or deeper than any that a person would write.
    """
    return parse_yaml(yaml_bytes(path), path.as_posix())


def yaml_bytes(path: Path) -> bytes:
    """Give what a YAML file holds. Raises InputProblems if it is none that a person would write."""
    where = path.as_posix()
    try:
        return read_ordinary(path, MAX_BYTES // MEGABYTE)
    except Refused as refused:
        raise _refused(where, refused.reason, refused.remedy) from None
    except OSError as error:
        raise _refused(
            where,
            f"The file cannot be read ({error.strerror}).",
            "Check that it is there and that you may open it.",
        ) from None


def parse_yaml(data: bytes, where: str) -> Document:
    """Read YAML from bytes as ``load_yaml`` does; ``where`` names the file in messages."""
    text = _text(data, where)
    conflicts = unfinished_merges(text.split("\n"), where)
    if conflicts:
        raise InputProblems(conflicts[:MAX_PROBLEMS])
    return _Builder(where).build(text)


def _refused(where: str, what: str, remedy: str) -> InputProblems:
    return InputProblems([Problem(where, what, remedy)])


def _text(data: bytes, where: str) -> str:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise _refused(
            f"{where}, line {line}",
            "The file is not in UTF-8.",
            "Save it with the encoding UTF-8 (in the editor: Save as, Encoding).",
        ) from None
    return text.replace("\r\n", "\n").replace("\r", "\n")


class _Builder:
    """Builds a document from the parser's events, so that counting comes before building."""

    def __init__(self, where: str) -> None:
        self.where = where
        self.lines: dict[tuple[Key, ...], int] = {}
        self.problems: dict[tuple[int, str], Problem] = {}
        self.values = 0

    def build(self, text: str) -> Document:
        """Give the document or raise InputProblems."""
        data: Any = None
        try:
            events = self._events(text)
            data = self._document(events)
        except yaml.reader.ReaderError as error:
            # The Python and the C reader both give the place; which unit differs, so find the sign.
            line = next(
                (n for n, row in enumerate(text.split("\n"), 1) if _has_control(row)),
                text.count("\n", 0, max(error.position, 0)) + 1,
            )
            self._add(
                line,
                "The file holds a control character that cannot be seen.",
                "Delete it, or type the line anew.",
            )
        except yaml.MarkedYAMLError as error:
            self._syntax(error, text)
        except _StopError:
            pass
        if self.problems:
            raise InputProblems(list(self.problems.values())[:MAX_PROBLEMS])
        return Document(data, self.lines)

    def _add(self, line: int, what: str, remedy: str) -> None:
        self.problems.setdefault((line, what), Problem(f"{self.where}, line {line}", what, remedy))

    def _syntax(self, error: yaml.MarkedYAMLError, text: str) -> None:
        mark: yaml.error.Mark | None = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        rows = text.split("\n")
        tabs = [n for n, row in enumerate(rows, 1) if "\t" in row[: len(row) - len(row.lstrip())]]
        if tabs and min(tabs) <= line:
            for number in tabs[:MAX_PROBLEMS]:
                self._add(number, "The line is indented with a tab.", "Use spaces to indent it.")
            return
        said = f"{error.context or ''} {error.problem or ''}"
        for pattern, what, remedy in _SYNTAX:
            if re.search(pattern, said):
                self._add(line, what, remedy)
                return
        self._add(line, "This is not YAML.", "Compare the line with the lines around it.")

    def _events(self, text: str) -> Iterator[Any]:
        depth = 0
        parsed: Iterator[Any] = yaml.parse(text, Loader=_LOADER)
        for event in parsed:
            line = event.start_mark.line + 1
            if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
                self._add(line, "The sign & or * makes or uses a YAML anchor.", _QUOTE)
            if isinstance(event, yaml.NodeEvent):
                self.values += 1
                if self.values > MAX_VALUES:
                    self._add(line, "The file holds too many values.", "Is it the right file?")
                    raise _StopError
                # A quoted text has the tag "!" in some versions; only a written tag has a name.
                if getattr(event, "tag", None) not in (None, "!"):
                    self._add(line, "The sign ! makes a YAML tag; tags are never followed.", _QUOTE)
            if isinstance(event, yaml.CollectionStartEvent):
                depth += 1
                if depth > MAX_DEPTH:
                    self._add(
                        line,
                        f"Lists are nested more than {MAX_DEPTH} deep.",
                        "Close each [ and { where it ends.",
                    )
                    raise _StopError
            elif isinstance(event, yaml.CollectionEndEvent):
                depth -= 1
            yield event

    def _document(self, events: Iterator[Any]) -> Any:
        data: Any = None
        documents = 0
        for event in events:
            line = event.start_mark.line + 1
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if event.version or event.tags:
                    self._add(line, "The file begins with a % directive.", "Delete that line.")
                if documents > 1:
                    self._add(
                        line,
                        'A second document begins here, after "---" or "...".',
                        "Keep one document and delete the line.",
                    )
            elif isinstance(event, yaml.NodeEvent):
                data = self._value(event, events, ())
        return data

    def _value(self, event: Any, events: Iterator[Any], path: tuple[Key, ...]) -> Any:
        self.lines.setdefault(path, event.start_mark.line + 1)
        if isinstance(event, yaml.ScalarEvent):
            return event.value if event.value or event.style else None
        if isinstance(event, yaml.SequenceStartEvent):
            items: list[Any] = []
            while not isinstance(event := next(events), yaml.SequenceEndEvent):
                items.append(self._value(event, events, (*path, len(items))))
            return items
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(events, path)
        return None  # an alias, which is already a problem

    def _mapping(self, events: Iterator[Any], path: tuple[Key, ...]) -> dict[str, Any]:
        mapping: dict[str, Any] = {}
        first: dict[str, int] = {}
        while not isinstance(event := next(events), yaml.MappingEndEvent):
            line = event.start_mark.line + 1
            key = self._value(event, events, (*path, ""))
            if not isinstance(key, str):
                self._add(line, "A list or nothing stands where a key should.", "Write a word.")
                key = f"(line {line})"
            if key in first:
                self._add(
                    line,
                    f'The key "{key[:40]}" stands here a second time; the first is on line'
                    f" {first[key]}.",
                    "Keep one of the two.",
                )
            else:
                first[key] = line
                self.lines[(*path, key)] = line
            mapping[key] = self._value(next(events), events, (*path, key))
        return mapping


class _StopError(Exception):
    """Ends reading where going on would cost too much."""


def _has_control(row: str) -> bool:
    return re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]", row) is not None


def validate(model: type[Model], document: Document, where: str) -> Model:
    """Make a pydantic model from a document.

    Texts are taken as numbers or as true and false where the model wants them; a key without a
    value counts as not given. ``where`` names the file in messages. Raises InputProblems with all
    problems, each with its line; unknown keys come with the nearest known one.
    """
    data = {} if document.data is None else document.data
    if not isinstance(data, dict):
        raise _refused(
            _place(where, document),
            'The file is not a list of "key: value" lines.',
            "Begin each line with a key and a colon.",
        )
    try:
        return model.model_validate(_without_empty(model, data))
    except ValidationError as error:
        raise InputProblems(
            [_problem(model, document, where, detail) for detail in error.errors()]
        ) from None


def _models(annotation: Any) -> list[type[BaseModel]]:
    """Find the models inside an annotation such as ``list[Model] | None``."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [found for part in typing.get_args(annotation) for found in _models(part)]


def _without_empty(model: type[BaseModel], value: Any) -> Any:
    if isinstance(value, list):
        return [_without_empty(model, item) for item in value]
    if not isinstance(value, dict):
        return value
    kept: dict[str, Any] = {}
    for key, inner in value.items():
        field = model.model_fields.get(key)
        if field is not None and inner is None:
            continue
        below = _models(field.annotation) if field is not None else []
        kept[key] = _without_empty(below[0], inner) if below else inner
    return kept


def _problem(
    model: type[BaseModel], document: Document, where: str, detail: typing.Mapping[str, Any]
) -> Problem:
    loc: tuple[Key, ...] = tuple(detail["loc"])
    name = ".".join(str(key) for key in loc)
    place = _place(where, document, *loc)
    kind = detail["type"]
    if kind == "extra_forbidden":
        known = _known_keys(model, loc[:-1])
        return Problem(
            place,
            f'The key "{name}" is not known.{suggest(str(loc[-1]), known)}',
            f"Known here: {', '.join(known)}.",
        )
    if kind == "missing":
        return Problem(place, f'The key "{name}" is missing or empty.', "Add it.")
    given = detail.get("input")
    shown = f' but is "{given[:40]}"' if isinstance(given, str) else ""
    wanted = {
        "int_parsing": "a whole number",
        "int_type": "a whole number",
        "int_from_float": "a whole number",
        "float_parsing": "a number",
        "float_type": "a number",
        "bool_parsing": "true or false",
        "bool_type": "true or false",
        "string_type": "a text",
        "list_type": "a list (each entry on its own line after a dash)",
        "dict_type": "a group of keys, indented under it",
        "model_type": "a group of keys, indented under it",
    }.get(kind)
    if wanted:
        return Problem(place, f'The key "{name}" should be {wanted}{shown}.', "Change it.")
    if kind == "literal_error":
        expected = re.findall(r"'([^']*)'", detail["ctx"]["expected"])
        near = suggest(given, expected) if isinstance(given, str) else ""
        options = ", ".join(expected)
        return Problem(place, f'The key "{name}" cannot be{shown[7:]}.{near}', f"Use: {options}.")
    said = str(detail["msg"]).removeprefix("Value error, ").replace("Input should", "it should")
    return Problem(place, f'The key "{name}"{shown.replace(" but", "", 1)}: {said}.', "Change it.")


def _known_keys(model: type[BaseModel], loc: tuple[Key, ...]) -> list[str]:
    for key in loc:
        if isinstance(key, int):
            continue
        field = model.model_fields.get(key)
        below = _models(field.annotation) if field is not None else []
        if below:
            model = below[0]
    return list(model.model_fields)


def _place(where: str, document: Document, *keys: Key) -> str:
    """Name the place of what stands under ``keys``; values from elsewhere than a file have no line."""
    return f"{where}, line {document.line(*keys)}" if document.lines else where
