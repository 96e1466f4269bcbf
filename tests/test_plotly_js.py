"""What is kept of the installed plotly.js. That it draws is seen in the browser tests."""

from __future__ import annotations

import re

import pytest

from commonthread.report.plotly_js import bars_and_circles, read_at_once

LATE = "var w=(e,t)=>()=>(t||e((t={exports:{}}).exports,t),t.exports);"
BAR = 'var bar=w((e,t)=>{t.exports={moduleType:"trace",name:"bar"}});'
BOX = "var box=w((e,t)=>{t.exports={}});"
LAST = "var last=w((e,t)=>{var c=core();c.register([bar(),box()]);t.exports=c});return last();"


@pytest.fixture(scope="module")
def source() -> str:
    from plotly.offline import get_plotlyjs

    return get_plotlyjs()


def test_only_bars_and_circles_are_kept(source: str) -> None:
    kept = bars_and_circles(source)

    assert len(kept) < 0.3 * len(source)
    for kind, there in {"bar": True, "scatter": True, "box": False, "pie": False}.items():
        assert (f'moduleType:"trace",name:"{kind}"' in kept) is there


def test_nothing_that_is_kept_needs_what_is_gone(source: str) -> None:
    kept = bars_and_circles(source)
    # What makes a part when it is first asked for.
    wraps = set(re.findall(r"([\w$]+)=\([\w$,]+\)=>\(\)=>", source[:8000]))
    made = re.compile(r"([\w$]+)=([\w$]+)\((?:\([\w$,]*\)|[\w$]+)=>\{")

    def parts(text: str) -> set[str]:
        return {name for name, wrap in made.findall(text) if wrap in wraps}

    gone = parts(source) - parts(kept)
    assert len(gone) > 500
    assert not gone & set(re.findall(r"(?<![\w$])([\w$]+)\(\)", kept))


def test_parts_behind_bars_go() -> None:
    assert bars_and_circles(LATE + BAR + BOX + LAST) == LATE + BAR + LAST.replace(",box()", "")


@pytest.mark.parametrize(
    "other",
    [
        "var Plotly = 1;",
        LATE + BAR + BOX,
        LATE + BOX + LAST,
        LATE + BOX + BAR + LAST.replace("bar(),box()", "box(),bar()"),
    ],
)
def test_what_is_built_otherwise_stays_as_it_is(other: str) -> None:
    assert bars_and_circles(other) == other


def test_browsers_read_it_once(source: str) -> None:
    made = read_at_once(source)

    assert made != source
    assert (
        made.replace("self : this, (() => {", "self : this, () => {")[:-5] == source.rstrip()[:-4]
    )
    assert made.endswith("})));")
    assert read_at_once("var Plotly = 1;") == "var Plotly = 1;"
