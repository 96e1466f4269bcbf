"""Reads a written page as the text that a browser makes of it."""

from __future__ import annotations

import re
from pathlib import Path

_PACKED = re.compile(rb'<script type="application/octet-stream".*?</script>', re.DOTALL)
_REFERENCE = re.compile(r"&#(\d+);")


def page_text(path: Path) -> str:
    """Give the HTML of a page without its packed bytes; other than in ASCII as it was meant."""
    html = _PACKED.sub(b"", path.read_bytes()).decode("ascii")
    # "&#39;" and the like keep words from becoming markup.
    return _REFERENCE.sub(
        lambda match: chr(int(match[1])) if int(match[1]) > 127 else match[0], html
    )
