"""Shows the numbers, dates and times of a spreadsheet as its cells show them."""

from __future__ import annotations

import datetime
import math
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element

_DAY = 86_400
# Formats that a workbook may use by number without writing them down (ECMA-376, 18.8.30).
_BUILT_IN = {
    **{"1": "0", "2": "0.00", "3": "#,##0", "4": "#,##0.00", "9": "0%", "10": "0.00%"},
    **{"14": "mm-dd-yy", "15": "d-mmm-yy", "16": "d-mmm", "17": "mmm-yy"},
    **{"18": "h:mm AM/PM", "19": "h:mm:ss AM/PM", "20": "h:mm", "21": "h:mm:ss"},
    **{"22": "m/d/yy h:mm", "45": "mm:ss", "46": "[h]:mm:ss", "47": "mm:ss.0"},
}
# Words in quotes, single signs, fillings, and colours, currencies or conditions in brackets.
_NOT_SHOWN = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!(?:h+|m+|s+)\])[^\]]*\]', re.IGNORECASE)
_ZEROS = re.compile(r"0+")
_DECIMALS = re.compile(r"[#,]*0(?:\.(0+))?(%?)")


@dataclass(frozen=True)
class Formats:
    """The number formats of a workbook: ``codes`` by style, and where its dates count from."""

    codes: tuple[str, ...]
    from_1904: bool = False

    def shown(self, value: str, style: int) -> str:
        """Give a stored number as text in the format of its style.

        Times come as ``h:mm:ss`` (or ``h:mm``, ``mm:ss`` where the cell shows that), dates as
        ``2026-05-12`` or ``2026-05-12 14:30:00``, numbers with the zeros, decimals and percent
        sign that the cell shows. What is no number comes as it is stored.
        """
        code = self.codes[style] if style < len(self.codes) else "General"
        try:
            number = float(value)
        except ValueError:
            return value
        if not math.isfinite(number):
            return value
        first = _NOT_SHOWN.sub("", code.split(";")[0]).strip()
        if first.lower() != "general" and re.search("[dmyhs]", first, re.IGNORECASE):
            return self._moment(number, first.lower(), value)
        return _plain_number(number, first, value)

    def _moment(self, number: float, code: str, value: str) -> str:
        whole_days = re.search("[dy]|mmm", code) is not None
        if not whole_days:
            return _clock(number, code)
        start = datetime.datetime(1904, 1, 1) if self.from_1904 else datetime.datetime(1899, 12, 30)
        try:
            moment = start + datetime.timedelta(seconds=round(number * _DAY))
        except OverflowError:
            return value
        return moment.date().isoformat() if "h" not in code else moment.isoformat(" ")


def formats_of(styles: _Element | None, *, from_1904: bool) -> Formats:
    """Read the number formats of a workbook from its part ``styles.xml``, or take the defaults."""
    if styles is None:
        return Formats((), from_1904)
    own: dict[str, str] = {
        str(element.get("numFmtId", "")): str(element.get("formatCode", "General"))
        for element in styles.iter("{*}numFmt")
    }
    codes = []
    for group in styles.iterfind("{*}cellXfs"):
        for style in group.iterfind("{*}xf"):
            number = str(style.get("numFmtId", "0"))
            codes.append(own.get(number) or _BUILT_IN.get(number) or "General")
    return Formats(tuple(codes), from_1904)


def _clock(number: float, code: str) -> str:
    total = round(number * _DAY, 3)
    if total < 0:
        return f"{number:.15g}"
    if "[" not in code and "h" in code:
        total %= _DAY  # A time of day shows no whole days.
    whole = int(total)
    fraction = f"{total - whole:.3f}"[1:].rstrip("0") if total != whole else ""
    hours, minutes, seconds = whole // 3600, whole // 60 % 60, whole % 60
    if "s" not in code:
        return f"{hours}:{minutes:02d}"
    if "h" not in code:
        return f"{whole // 60}:{seconds:02d}{fraction}"
    return f"{hours}:{minutes:02d}:{seconds:02d}{fraction}"


def _plain_number(number: float, code: str, value: str) -> str:
    if _ZEROS.fullmatch(code) and number >= 0 and number < 1e15:
        return f"{round(number):0{len(code)}d}"
    if match := _DECIMALS.fullmatch(code):
        shown = number * 100 if match[2] else number
        return f"{shown:.{len(match[1] or '')}f}{match[2]}"
    if re.fullmatch(r"[+-]?\d{1,15}", value):
        return value
    return f"{number:.15g}"
