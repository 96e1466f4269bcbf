"""The codebook: themes, the codes under them, aspects, and the terms of each."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from commonthread.problems import InputProblems, Problem, suggest
from commonthread.strict_yaml import Document, Key, parse_yaml, validate, yaml_bytes
from commonthread.terms import Term, TermError, parse_term

ID = re.compile(r"[a-z][a-z0-9_]{1,40}")
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
# Ids that mean something else: what people choose where none of the codes fits.
RESERVED = ("no_code",)
# Signs that turn the direction of writing cannot be seen, and make a text look like another one.
_DIRECTION = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")

Place = tuple[Key, ...]


@dataclass(frozen=True)
class CodebookResource:
    """A kind of thing that may help: its name, and in a plain sentence what it is for."""

    name: str
    purpose: str


@dataclass(frozen=True)
class Code:
    """A node of the codebook.

    ``parent`` is the id of the node above (None for themes and aspects), ``theme`` the id of the
    theme that it stands under (its own for a theme, None for an aspect). ``was`` are ids of former
    codes that went into this one: one that was renamed or merged stands under one code, one that
    was split under several.
    """

    id: str
    name: str
    definition: str
    plain: str
    use_when: str
    not_when: str
    examples: tuple[str, ...]
    near_miss: str
    principles: tuple[str, ...]
    questions: tuple[str, ...]
    terms: tuple[Term, ...]
    parent: str | None
    theme: str | None
    dimension: Literal["theme", "code", "aspect"]
    colour: str | None = None
    was: tuple[str, ...] = ()
    resources: tuple[CodebookResource, ...] = ()


@dataclass(frozen=True)
class Codebook:
    """A codebook; ``codes`` holds every node in the order of the document, aspects last."""

    title: str
    version: str
    language: str
    sha256: str
    principles: dict[str, str]
    codes: tuple[Code, ...] = field(repr=False)

    @cached_property
    def _by_id(self) -> dict[str, Code]:
        return {code.id: code for code in self.codes}

    def code(self, code_id: str) -> Code:
        """Give the code with an id. Raises KeyError if there is none."""
        return self._by_id[code_id]

    def children(self, code_id: str) -> tuple[Code, ...]:
        """Give the codes directly under a code, in the order of the document."""
        return tuple(code for code in self.codes if code.parent == code_id)

    def descendants(self, code_id: str) -> tuple[Code, ...]:
        """Give all codes under a code, in the order of the document."""
        return tuple(code for code in self.codes if self.code(code_id) in self.ancestors(code.id))

    def ancestors(self, code_id: str) -> tuple[Code, ...]:
        """Give the codes above a code, the nearest first."""
        above: list[Code] = []
        parent = self.code(code_id).parent
        while parent is not None:
            above.append(self.code(parent))
            parent = above[-1].parent
        return tuple(above)

    @property
    def themes(self) -> tuple[Code, ...]:
        """The top nodes."""
        return tuple(code for code in self.codes if code.dimension == "theme")

    @property
    def aspects(self) -> tuple[Code, ...]:
        """What a segment is, beside what it is about."""
        return tuple(code for code in self.codes if code.dimension == "aspect")

    def successors(self, former: str) -> tuple[Code, ...]:
        """Give the codes that a former code, by its id, went into; none if nobody says so."""
        return tuple(code for code in self.codes if former in code.was)

    def terms(self) -> dict[str, tuple[Term, ...]]:
        """Give the terms of each node that has some, in the order of the document."""
        return {code.id: code.terms for code in self.codes if code.terms}


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


class _Node(_Strict):
    id: str
    name: str
    definition: str
    plain: str
    use_when: str = ""
    not_when: str = ""
    examples: list[str] = []
    near_miss: str = ""
    principles: list[str] = []
    questions: list[str] = []
    terms: list[Any] = []
    was: list[str] = []


class _Resource(_Strict):
    name: str
    purpose: str


class _Code(_Node):
    resources: list[_Resource] = []
    codes: list[_Code] = []


class _Theme(_Code):
    colour: str | None = None


class _Codebook(_Strict):
    title: str
    version: str
    language: str = "en"
    principles: dict[str, str] = {}
    themes: list[_Theme]
    aspects: list[_Node] = []


def load_codebook(path: Path) -> Codebook:
    """Read a codebook (YAML) strictly.

    Raises InputProblems with everything that is wrong, each with file, line and remedy: keys that
    are unknown, missing or twice there; ids, colours, principles, examples and near misses; terms
    of no known form and expressions that RE2 refuses.
    """
    where = path.as_posix()
    return parse_codebook(yaml_bytes(path), where)


def parse_codebook(data: bytes, where: str) -> Codebook:
    """Read a codebook from bytes as ``load_codebook`` does; ``where`` names it in messages."""
    return _checked(parse_yaml(data, where), where, hashlib.sha256(data).hexdigest())


def _checked(document: Document, where: str, sha256: str) -> Codebook:
    problems: list[tuple[int, Problem]] = []
    model: _Codebook | None = None
    try:
        model = validate(_Codebook, document, where)
    except InputProblems as error:
        problems.extend((_line(problem), problem) for problem in error.problems)
    checker = _Checker(document, where)
    checker.check()
    if not checker.problems and not problems and model is not None:
        return _build(model, sha256)
    problems.extend(checker.problems)
    unique = {(line, problem.what): problem for line, problem in problems}
    raise InputProblems(unique[key] for key in sorted(unique, key=lambda key: key[0]))


def _line(problem: Problem) -> int:
    line = problem.where.rpartition(", line ")[2]
    return int(line) if line.isdigit() else 1


class _Checker:
    """Checks what the form of the file does not say, on the raw document, however broken it is."""

    def __init__(self, document: Document, where: str) -> None:
        self.document = document
        self.where = where
        self.problems: list[tuple[int, Problem]] = []
        data = document.data
        self.data: dict[str, Any] = data if isinstance(data, dict) else {}
        principles = self.data.get("principles")
        self.principles = list(principles) if isinstance(principles, dict) else []
        self.ids: dict[str, int] = {}

    def check(self) -> None:
        """Collect all problems."""
        self._characters(self.data, ())
        for section in ("themes", "aspects"):
            for path, node in _nodes(self.data.get(section), (section,)):
                self._node(path, node)
        for section in ("themes", "aspects"):
            for path, node in _nodes(self.data.get(section), (section,)):
                self._was(path, node)
        if self.data.get("themes") == []:
            self._add(("themes",), "The codebook has no theme.", "Add one.")

    def _add(self, path: Place, what: str, remedy: str) -> None:
        line = self.document.line(*path)
        self.problems.append((line, Problem(f"{self.where}, line {line}", what, remedy)))

    def _characters(self, value: Any, path: Place) -> None:
        if isinstance(value, str):
            if any(_hidden(sign) for sign in value):
                self._add(
                    path,
                    "The text holds a control character, which cannot be seen.",
                    "Type the text anew.",
                )
        elif isinstance(value, dict):
            for key, inner in value.items():
                self._characters(inner, (*path, key))
        elif isinstance(value, list):
            for number, inner in enumerate(value):
                self._characters(inner, (*path, number))

    def _node(self, path: Place, node: dict[str, Any]) -> None:
        node_id = node.get("id")
        name = f'"{node_id[:40]}"' if isinstance(node_id, str) else "This code"
        if isinstance(node_id, str):
            self._id((*path, "id"), node_id)
        colour = node.get("colour")
        if isinstance(colour, str) and not _COLOUR.fullmatch(colour):
            self._add(
                (*path, "colour"),
                f'{name} has the colour "{colour[:40]}".',
                'Give it as "#" and six digits or letters a to f, in quotes, such as "#7a3b8f".',
            )
        for number, principle in enumerate(_texts(node.get("principles"))):
            if principle not in self.principles:
                self._add(
                    (*path, "principles", number),
                    f'{name} names the principle "{principle[:40]}", which the codebook does not'
                    f" list.{suggest(principle, self.principles)}",
                    f"Known: {', '.join(self.principles)}.",
                )
        for key in ("name", "definition", "plain"):
            if isinstance(node.get(key), str) and not node[key].strip():
                self._add((*path, key), f'{name} has an empty "{key}".', "Fill it in.")
        self._resources(path, node, name)
        self._terms(path, node, name)

    def _resources(self, path: Place, node: dict[str, Any], name: str) -> None:
        resources = node.get("resources")
        seen: set[str] = set()
        for number, resource in enumerate(resources if isinstance(resources, list) else []):
            if not isinstance(resource, dict):
                continue
            place = (*path, "resources", number)
            for key in ("name", "purpose"):
                if isinstance(resource.get(key), str) and not resource[key].strip():
                    what = f'{name}, resource {number + 1}, has an empty "{key}".'
                    self._add((*place, key), what, "Fill it in.")
            called = resource.get("name")
            if isinstance(called, str) and called.strip():
                same = called.strip().casefold()
                if same in seen:
                    what = f'{name} lists the resource "{called.strip()[:60]}" a second time.'
                    self._add((*place, "name"), what, "Keep one of them.")
                seen.add(same)

    def _id(self, path: Place, node_id: str) -> None:
        if node_id in RESERVED:
            self._add(path, f'The id "{node_id}" has a meaning of its own.', "Choose another.")
        if not ID.fullmatch(node_id):
            self._add(
                path,
                f'The id "{node_id[:60]}" cannot be used.',
                "Use 2 to 41 small letters a to z, digits and _, and begin with a letter.",
            )
        if node_id in self._ids_above(path):
            self._add(
                path,
                f'The code "{node_id[:60]}" stands under itself; it begins on line'
                f" {self.ids[node_id]}.",
                "Give the inner code an id of its own, or take it out.",
            )
        elif node_id in self.ids:
            self._add(
                path,
                f'The id "{node_id[:60]}" is used a second time; the first is on line'
                f" {self.ids[node_id]}.",
                "Give each theme, code and aspect an id of its own.",
            )
        self.ids.setdefault(node_id, self.document.line(*path))

    def _ids_above(self, path: Place) -> list[Any]:
        """Give the ids of the codes that the code with the id at ``path`` stands under."""
        above: list[Any] = []
        inner: Any = self.data
        for depth, key in enumerate(path[:-2], start=1):
            inner = inner[key]
            # The path goes through a list and a number by turns: themes, 0, codes, 2, id.
            if depth % 2 == 0:
                above.append(inner.get("id"))
        return above

    def _was(self, path: Place, node: dict[str, Any]) -> None:
        for number, former in enumerate(_texts(node.get("was"))):
            place = (*path, "was", number)
            if former in self.ids:
                self._add(
                    place,
                    f'The former id "{former[:60]}" is in use on line {self.ids[former]}.',
                    'Under "was", name only codes that are no more.',
                )
            elif not ID.fullmatch(former):
                self._add(
                    place,
                    f'"{former[:60]}" cannot have been the id of a code.',
                    "Write the former id as it stood in the codebook.",
                )

    def _terms(self, path: Place, node: dict[str, Any], name: str) -> None:
        terms = node.get("terms")
        if not isinstance(terms, list) or not terms:
            return
        for number, written in enumerate(terms):
            try:
                parse_term(written)
            except TermError as error:
                place = (*path, "terms", number)
                self._add(place, f"{name}, term {number + 1}: {error.what}", error.remedy)
        for key in ("use_when", "not_when", "near_miss"):
            if not _said(node.get(key)):
                self._add(
                    (*path, key),
                    f'{name} has terms but no "{key}".',
                    "Add it, so that everybody applies the code alike.",
                )
        if sum(map(_said, _texts(node.get("examples")))) < 2:
            self._add(
                (*path, "examples"),
                f"{name} has terms but fewer than two examples.",
                "Add typical sentences.",
            )


def _nodes(value: Any, path: Place) -> Iterator[tuple[Place, dict[str, Any]]]:
    for number, node in enumerate(value if isinstance(value, list) else []):
        if isinstance(node, dict):
            yield (*path, number), node
            yield from _nodes(node.get("codes"), (*path, number, "codes"))


def _texts(value: Any) -> list[str]:
    return [text for text in value if isinstance(text, str)] if isinstance(value, list) else []


def _said(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _hidden(sign: str) -> bool:
    return (unicodedata.category(sign) == "Cc" and sign not in "\n\t") or sign in _DIRECTION


def _build(model: _Codebook, sha256: str) -> Codebook:
    codes: list[Code] = []

    def add(node: _Node, parent: str | None, theme: str | None, aspect: bool) -> None:
        top = None if aspect else (theme or node.id)
        codes.append(
            Code(
                id=node.id,
                name=node.name.strip(),
                definition=node.definition.strip(),
                plain=node.plain.strip(),
                use_when=node.use_when.strip(),
                not_when=node.not_when.strip(),
                examples=tuple(text.strip() for text in node.examples if text.strip()),
                near_miss=node.near_miss.strip(),
                principles=tuple(dict.fromkeys(node.principles)),
                questions=tuple(text.strip() for text in node.questions if text.strip()),
                terms=tuple(dict.fromkeys(parse_term(term) for term in node.terms)),
                parent=parent,
                theme=top,
                dimension="aspect" if aspect else "code" if parent else "theme",
                colour=getattr(node, "colour", None),
                was=tuple(dict.fromkeys(node.was)),
                resources=tuple(
                    CodebookResource(resource.name.strip(), resource.purpose.strip())
                    for resource in getattr(node, "resources", [])
                ),
            )
        )
        for below in getattr(node, "codes", []):
            add(below, node.id, top, aspect)

    for theme in model.themes:
        add(theme, None, None, False)
    for aspect in model.aspects:
        add(aspect, None, None, True)
    return Codebook(
        title=model.title.strip(),
        version=model.version.strip(),
        language=model.language,
        sha256=sha256,
        principles=model.principles,
        codes=tuple(codes),
    )
