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
from commonthread.whole_files import replacing

_HERE = Path(__file__).parent

# In the page before anything is shown, so that what needs scripts never flashes up without them.
_FIRST_SCRIPT = 'document.documentElement.classList.add("js");'


@dataclass(frozen=True)
class Parts:
    """The files that a page is put together from, besides the common templates.

    ``styles`` and ``scripts`` stand in the page in this order: each script uses what those before it
    give. ``templates`` is the folder of the page's own templates. ``plotly`` says that plotly.js is
    in the page, which makes scripts and sets style attributes itself.
    """

    styles: tuple[Path, ...] = (_HERE / "page.css",)
    scripts: tuple[Path, ...] = ()
    templates: Path = _HERE / "templates"
    plotly: bool = False


PLAIN = Parts()


@dataclass(frozen=True)
class Pageable:
    """What every page has: its title, its study, and whether that study is invented."""

    title: str
    study: str
    invented: bool


def render(template: str, page: Pageable, parts: Parts = PLAIN, **more: Any) -> str:
    """Fill a template with a page and whatever ``more`` it needs.

    The page may run nothing but the scripts that ``parts`` names.
    """
    css, script = (
        "".join(file.read_text(encoding="utf-8") for file in files)
        for files in (parts.styles, parts.scripts)
    )
    scripts = f"{_hash(_FIRST_SCRIPT)} {_hash(script)}" if parts.scripts else "'none'"
    policy = "; ".join(
        (
            "default-src 'none'",
            f"script-src {scripts}{' blob:' if parts.plotly else ''}",
            f"style-src {_hash(css)}",
            # No style element but the page's own is let in.
            *(["style-src-attr 'unsafe-inline'"] if parts.plotly else []),
            "img-src data: blob:",
            "connect-src 'none'",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )
    return (
        _templates(parts.templates)
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
def _templates(folder: Path) -> Environment:
    return Environment(
        loader=FileSystemLoader([folder, _HERE / "templates"]),
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
