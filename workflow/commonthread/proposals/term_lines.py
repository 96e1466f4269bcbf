"""A term of the codebook as a line that people read and write, and back."""

from __future__ import annotations

import json
import re

from commonthread.problems import InputProblems
from commonthread.strict_yaml import parse_yaml
from commonthread.terms import Term, TermError, parse_term

PATTERN = "pattern:"
_EXACTLY = "exactly:"
_UNLESS = re.compile(r"(?P<rest>.+?) ?\(unless: ?(?P<unless>[^()]+)\)")
_WITHIN = re.compile(r"(?P<parts>.+?) ?\(within (?P<within>\d+) words\)")
_TOGETHER = " + "
_STRAIGHT = str.maketrans("‘’“”", "''\"\"")
_HELP = (
    "Write a word or a phrase; or one of: exactly: PI; pay + late (within 8 words); pattern: and an"
    " expression; each may end with (unless: another phrase)."
)


def term_line(term: Term) -> str:
    r"""Give a term as a line, from which ``read_term_line`` gives the same term.

    A phrase stands as it is. Others: "exactly: PI", "pay + late (within 8 words)", "pattern: \bbid";
    "pay (unless: pay attention, pay heed)". What these cannot say is told as the codebook has it,
    in braces.
    """
    line = _plain_line(term)
    try:
        apart = line.isprintable() and (is_pattern(line) or ";" not in line)
        if apart and read_term_line(line) == term:
            return line
    except TermError:
        pass
    return _yaml_line(term)


def read_term_line(line: str) -> Term:
    """Understand a line that ``term_line`` made or a person wrote. Raises TermError."""
    line = line.strip()
    if line.startswith("{"):
        return _read_yaml(line)
    written: dict[str, object] = {}
    rest = line
    if (found := _UNLESS.fullmatch(rest)) is not None:
        written["unless"] = [part.strip() for part in found["unless"].split(",")]
        rest = found["rest"]
    start = rest[: len(PATTERN)].casefold()
    if start == PATTERN:
        written["regex"] = rest[len(PATTERN) :].strip()
    elif start.startswith(_EXACTLY):
        written["exactly"] = rest[len(_EXACTLY) :].strip()
    elif (together := _WITHIN.fullmatch(rest)) is not None:
        written["all_of"] = [part.strip() for part in together["parts"].split("+")]
        written["within"] = together["within"]
    elif _TOGETHER in rest:
        raise TermError("It does not say how near the words must be to each other.", _HELP)
    elif not written:
        return parse_term(rest)
    else:
        written["phrase"] = rest
    return parse_term(written)


def is_pattern(line: str) -> bool:
    """Tell whether a line is an expression or stands in braces: any sign may be part of it."""
    return line.lstrip().casefold().startswith((PATTERN, "{"))


def _plain_line(term: Term) -> str:
    if term.kind == "all_of":
        line = f"{_TOGETHER.join(term.parts)} (within {term.within} words)"
    elif term.kind == "regex":
        line = f"{PATTERN} {term.parts[0]}"
    else:
        line = f"{_EXACTLY} {term.parts[0]}" if term.kind == "exactly" else term.parts[0]
    return f"{line} (unless: {', '.join(term.unless)})" if term.unless else line


def _yaml_line(term: Term) -> str:
    """Give a term as the codebook would have it on one line, every text in quotes."""
    quoted = [_quoted(part) for part in term.parts]
    inside = f"[{', '.join(quoted)}]" if term.kind == "all_of" else quoted[0]
    keys = [f"{term.kind}: {inside}"]
    if term.within is not None:
        keys.append(f"within: {term.within}")
    if term.unless:
        keys.append(f"unless: [{', '.join(map(_quoted, term.unless))}]")
    return f"{{{', '.join(keys)}}}"


def _quoted(text: str) -> str:
    """Give a text in the quotes of YAML, on one line."""
    if text.isprintable():
        return "'{}'".format(text.replace("'", "''"))
    return json.dumps(text)


def _read_yaml(line: str) -> Term:
    """Read a line in braces; quotes may be such as office programs make of straight ones."""
    problem: InputProblems | None = None
    for text in (line, line.translate(_STRAIGHT)):
        try:
            return parse_term(parse_yaml(text.encode("utf-8"), "the term").data)
        except InputProblems as error:
            problem = error
        except UnicodeEncodeError:
            break
    what = problem.problems[0].what if problem else "It holds a sign that no text has."
    raise TermError(what, _HELP)
