"""The plotly.js of the installed package, cut down to what charts of bars and circles need.

plotly.js comes as one script with nearly fifty kinds of chart, maps and space among them. With all
of them a page would be a megabyte larger, and browsers would take several times as long to read it.
Its parts stand one after another as ``var name=wrap((exports,module)=>{...});``, each behind what
it needs. The last one hands the kinds of chart to the core: first bars, while circles are in the
core. So whatever stands between bars and the last part can go. Where plotly.js is built otherwise,
it stays as it is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from commonthread.report.packing import pack

_NAME = r"[\w$]+"
# Where the last part hands over the kinds of chart, and how the part of bars names itself.
_KINDS = re.compile(rf"\.register\(\[({_NAME})\(\)(?:,{_NAME}\(\))+\]\)")
_BARS = 'moduleType:"trace",name:"bar"'
# How plotly.js hands over the function that makes it.
_FACTORY, _END = "self : this, () => {", "}));"


@dataclass(frozen=True)
class Plotly:
    """plotly.js, ready to lie in a page.

    ``packed`` is compressed. It would add style sheets to the page, which the page's policy
    refuses, unless elements with the ids ``styles`` are there already.
    """

    packed: bytes
    styles: tuple[str, ...]


def plotly() -> Plotly:
    """Give the plotly.js of the installed package, cut down to bars and circles."""
    from plotly.offline import get_plotlyjs

    source = read_at_once(bars_and_circles(get_plotlyjs()))
    maps = re.findall(r'document\.getElementById\("([0-9a-f]{64})"\)', source)
    return Plotly(pack(source.encode()), ("plotly.js-style-global", *maps))


def bars_and_circles(source: str) -> str:
    """Give plotly.js without the parts between bars and the last; as it is if built otherwise."""
    kinds = _KINDS.search(source)
    bars = kinds and re.search(rf"var {re.escape(kinds[1])}=({_NAME})\(", source)
    if not kinds or not bars:
        return source
    part = re.compile(rf"var {_NAME}={re.escape(bars[1])}\(")
    behind = part.search(source, bars.end())
    last = max((found.start() for found in part.finditer(source, 0, kinds.start())), default=0)
    if not behind or not bars.start() < behind.start() <= last:
        return source
    kept = source[: behind.start()]
    if _BARS not in kept:
        return source
    return f"{kept}{source[last : kinds.start()]}.register([{kinds[1]}()]){source[kinds.end() :]}"


def read_at_once(source: str) -> str:
    """Give plotly.js so that browsers read it once and not twice, which takes a quarter less time.

    Browsers skim a function that is handed to another, and read it when it is called; one in
    brackets of its own is read at once. A plotly.js that is built otherwise is left as it is.
    """
    head, found, body = source.partition(_FACTORY)
    if not found or not body.rstrip().endswith(_END):
        return source
    return f"{head}{_FACTORY[:-7]}(() => {{{body.rstrip()[: -len(_END)]}}}){_END[1:]}"
