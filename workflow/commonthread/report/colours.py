"""Colours of charts that can be told from the page, whether it is light or dark."""

from __future__ import annotations

PALETTE = ("#2f7f8c", "#8d54a6", "#b8612f", "#5b7a3a", "#a34a64", "#4c6fb1")

# With a relative luminance between these, a colour stands out by at least 3 to 1 (WCAG 2.2,
# 1.4.11) from the light page (#fbf8f2) as well as from the boxes of the dark one (#27242b).
_DARKEST, _LIGHTEST = 0.16, 0.26


def luminance(colour: str) -> float:
    """Give the relative luminance, 0 to 1, of a colour written "#rrggbb" (WCAG 2.2)."""
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in _parts(colour)
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def for_charts(colour: str) -> str:
    """Give the colour nearest to ``colour`` (towards black or white) that stands out."""
    towards = 1.0 if luminance(colour) < _DARKEST else 0.0
    parts = _parts(colour)
    for step in range(101):
        mixed = [part + (towards - part) * step / 100 for part in parts]
        written = "#" + "".join(f"{round(part * 255):02x}" for part in mixed)
        if _DARKEST <= luminance(written) <= _LIGHTEST:
            return written
    return PALETTE[0]


def _parts(colour: str) -> list[float]:
    return [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
