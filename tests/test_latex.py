"""Tests of tables as LaTeX: whatever a text holds, it shows literally."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from commonthread.export import PeopleTable, printable
from commonthread.latex_tables import escape_latex, write_latex

# What these commands print, as the manuals of LaTeX and textcomp say.
PRINTED = {
    "textbackslash": "\\", "textasciicircum": "^", "textasciitilde": "~", "textless": "<",
    "textgreater": ">", "textbar": "|", "textquotedbl": '"', "textasciigrave": "`",
    "textquotesingle": "'", "textquotedblleft": "“", "textquotedblright": "”",
    "textquoteleft": "‘", "textquoteright": "’", "guillemotleft": "«", "guillemotright": "»",
    "ldots": "…", "textendash": "–", "textemdash": "—", "pounds": "£", "texteuro": "€", "S": "§",
    "textdegree": "°", "textbullet": "•", "texttimes": "×", "textonehalf": "½",
    "kern0pt": "", "allowbreak": "",
}  # fmt: skip
TOKEN = re.compile(
    r"\\codepoint\{(?P<code>[0-9A-F]{4,6})\}|\\(?P<name>[A-Za-z]+(?:0pt)?)(?:\{\}|(?=\\))"
    r"|\\(?P<sign>[{}$&#%_])|\{(?P<group>[^\\{}$&#%_^~])\}|(?P<plain>[^\\{}$&#%_^~])"
)


def printed(latex: str) -> str:
    """Give what LaTeX prints; fails for anything that is not a known command or a plain sign."""
    made, at = [], 0
    while at < len(latex):
        token = TOKEN.match(latex, at)
        assert token, latex[at : at + 20]
        if token["code"]:
            made.append(chr(int(token["code"], 16)))
        elif token["name"]:
            made.append(PRINTED[token["name"]])
        else:
            made.append(token["sign"] or token["group"] or token["plain"])
        at = token.end()
    return "".join(made)


@given(st.text() | st.text("-,<>'`?!\\{}[]*\"a \u0627\ufe0f", max_size=60))
def test_latex_prints_texts_as_they_are(text: str) -> None:
    made = escape_latex(text)
    plain = " ".join(printable(unicodedata.normalize("NFC", text)).split())
    assert printed(made) == "".join(
        sign
        for sign in plain
        if unicodedata.category(sign) not in ("Cf", "Cc")
        and not unicodedata.name(sign, "").startswith("VARIATION SELECTOR")
    )
    # Nothing that TeX would draw as one sign.
    assert not re.search(r"--|,,|<<|>>|''|``|[?!]`", made)


def table(*rows: tuple[str, ...], widths: tuple[float, ...] = (1, 2)) -> PeopleTable:
    return PeopleTable("T & t", "n%", ("A", "B", "C")[: len(widths)], rows, widths)


def written(place: Path, *rows: tuple[str, ...], widths: tuple[float, ...] = (1, 2)) -> str:
    write_latex(
        [table(*rows, widths=widths)], place / "t.tex", title="S_1", head="Draft", authors="A & B"
    )
    return (place / "t.tex").read_text(encoding="utf-8")


def test_latex_escapes_what_would_be_a_command(tmp_path: Path) -> None:
    assert escape_latex("\\input{/etc} 50% $x_1$ a--b ?` 😀") == (
        r"\textbackslash{}input\{/etc\} 50\% \$x\_1\$ a-\kern0pt{}-b {?}\textasciigrave{}"
        r" \codepoint{1F600}"
    )
    said = written(tmp_path, ("p\nq", "[x] \\end{document}"))
    assert r"\section*{T \& t}" in said
    assert r"{\LARGE S\_1\par}" in said and "A \\& B\\par\n" in said and r"\textbf{Draft}" in said
    assert said.count(r"\end{document}") == 1
    assert r"\hline \textbf{A} & \textbf{B} \\ \hline\endhead" in said
    assert r"\textbf{p}\par q & {[}x{]} \textbackslash{}end\{document\} \\ \hline" in said


def test_a_sign_that_a_font_lacks_shows_as_its_number_and_lets_the_line_break(
    tmp_path: Path,
) -> None:
    said = written(tmp_path, ("x", "y"))
    assert said.count(r"[U+#1]\allowbreak") == 2 and r"\iffontchar\font" in said
    assert escape_latex("a" * 50).count(r"\allowbreak{}") == 2
    assert escape_latex("not a long word " * 9) == ("not a long word " * 9).strip()
    assert escape_latex("❤\ufe0f") == r"\codepoint{2764}"


def test_columns_fill_the_line_whatever_their_number(tmp_path: Path) -> None:
    for widths in ((1.0, 4.0), (0.2, 0.4, 0.4)):
        said = written(tmp_path, ("x",) * len(widths), widths=widths)
        shares = re.findall(r"p\{\\dimexpr ([0-9.]+)\\linewidth-2\\tabcolsep\\relax\}", said)
        assert len(shares) == len(widths) and abs(sum(map(float, shares)) - 1) < 0.001


def rows_of(said: str) -> list[list[str]]:
    body = said.partition("\\endhead\n")[2].partition("\\end{longtable}")[0]
    rows = re.split(r" \\\\(?: \\hline)?\n", body)
    return [row.split(" & ") for row in rows if row]


def test_a_short_row_stays_whole_and_a_long_one_goes_on_over_the_page(tmp_path: Path) -> None:
    short = rows_of(written(tmp_path, ("p\nq", "one\ntwo")))
    assert short == [[r"\textbf{p}\par q", r"one\par two"]]
    quotes = [f"quote {number}" for number in range(300)]
    long = rows_of(written(tmp_path, ("p\nq", "\n".join(quotes))))
    assert long[0] == [r"\textbf{p}\par q", "quote 0"]
    assert [row[1] for row in long] == quotes and {row[0] for row in long[1:]} == {""}
    said = " ".join(f"word{number}" for number in range(2_000))
    parts = rows_of(written(tmp_path, ("p", said)))
    assert " ".join(row[1] for row in parts) == said
    assert max(len(row[1]) for row in parts) <= 1_000
    arabic = " ".join(["\u0639\u0645\u0644"] * 400)
    parts = rows_of(written(tmp_path, ("p", arabic)))
    # Each letter is 8 wide in print where it is shown by its number.
    assert max(row[1].count("codepoint") for row in parts) <= 1_000 / 8
