"""Fills the templates of pages. Whatever the words of a study are, they arrive as text."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from commonthread.report.packing import ENCODING, encode
from commonthread.report.wording import visible
from commonthread.tables import replacing

_HERE = Path(__file__).parent

# In the page before anything is shown, so that what needs scripts never flashes up without them.
_FIRST_SCRIPT = 'document.documentElement.classList.add("js");'

_STYLES = ("page.css", "explorer.css")

# One script in the page, in this order: each uses what the ones before it give.
_SCRIPTS = ("page.js", "explorer_data.js", "explorer_words.js", "explorer.js", "charts.js")


@dataclass(frozen=True)
class Pageable:
    """What every page has: its title, its study, and whether that study is invented."""

    title: str
    study: str
    invented: bool


def render(template: str, page: Pageable, *, scripted: bool = False, **more: Any) -> str:
    """Fill a template with a page and whatever ``more`` it needs.

    Only a ``scripted`` page may run anything: its own two scripts and what they make themselves.
    """
    css, script = (
        "".join((_HERE / name).read_text(encoding="utf-8") for name in names)
        for names in (_STYLES, _SCRIPTS)
    )
    policy = "; ".join(
        (
            "default-src 'none'",
            f"script-src {_hash(_FIRST_SCRIPT)} {_hash(script)} blob:"
            if scripted
            else "script-src 'none'",
            f"style-src {_hash(css)}",
            # plotly.js sets style attributes; no style element but the page's own is let in.
            *(["style-src-attr 'unsafe-inline'"] if scripted else []),
            "img-src data: blob:",
            "connect-src 'none'",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )
    return (
        _templates()
        .get_template(template)
        .render(
            page=page,
            encoding=ENCODING,
            policy=Markup(policy),
            css=Markup(css),
            first_script=Markup(_FIRST_SCRIPT),
            script=Markup(script),
            **more,
        )
    )


def write_whole(path: Path, html: str, packed: Mapping[str, bytes] | None = None) -> None:
    """Write a page: the whole one comes into place at once, or the old one stays.

    ``packed`` are bytes for the page's scripts (see ``packing``) by the id of their element.
    """
    with replacing(path) as temporary:
        temporary.write_bytes(encode(html, packed or {}))


@cache
def _templates() -> Environment:
    return Environment(
        loader=FileSystemLoader(_HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_shown,
    )


def _shown(value: Any) -> Any:
    """Give what is put into a page as it can be shown there."""
    if isinstance(value, str) and not isinstance(value, Markup):
        return visible(value)
    return value


def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"
