"""Tables as a LaTeX document that compiles with pdfLaTeX, XeLaTeX and LuaLaTeX.

It needs only packages that every TeX distribution has. Texts show literally: whatever LaTeX would
take for a command is escaped, and nothing that was said is lost without a sign: a character that
pdfLaTeX has no letter for stands as [U+1F600] there, and in the two others as itself if the
document's font has it.
"""

from __future__ import annotations

import textwrap
import unicodedata
from collections.abc import Sequence
from pathlib import Path

from commonthread.export import PeopleTable, printable
from commonthread.whole_files import replacing

_SIGNS = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "$": r"\$",
    "&": r"\&",
    "#": r"\#",
    "%": r"\%",
    "_": r"\_",
    "^": r"\textasciicircum{}",
    "~": r"\textasciitilde{}",
    "<": r"\textless\kern0pt{}",
    ">": r"\textgreater\kern0pt{}",
    "|": r"\textbar{}",
    '"': r"\textquotedbl{}",
    "`": r"\textasciigrave{}",
    "'": r"\textquotesingle{}",
    "-": r"-\kern0pt{}",
    "[": "{[}",
    "]": "{]}",
    "*": "{*}",
    "?": "{?}",
    "!": "{!}",
    ",": r",\kern0pt{}",
    "“": r"\textquotedblleft{}",
    "”": r"\textquotedblright{}",
    "‘": r"\textquoteleft{}",
    "’": r"\textquoteright{}",
    "«": r"\guillemotleft{}",
    "»": r"\guillemotright{}",
    "…": r"\ldots{}",
    "–": r"\textendash{}",
    "—": r"\textemdash{}",
    "£": r"\pounds{}",
    "€": r"\texteuro{}",
    "§": r"\S{}",
    "°": r"\textdegree{}",
    "•": r"\textbullet{}",
    "×": r"\texttimes{}",
    "½": r"\textonehalf{}",
}
# Signs that form ligatures ("--", "?`", ",,") are kept apart only where they would.
_ONLY_DOUBLED = frozenset("-,")
_ONLY_BEFORE_GRAVE = frozenset("?!")
# Letters of T1 with marks that inputenc's utf8 knows: Latin-1 and Latin Extended-A.
_KNOWN = frozenset(
    chr(n) for n in (*range(0xC0, 0x180),) if unicodedata.category(chr(n)).startswith("L")
) - frozenset("ĦħĸĿŀŉŦŧſ")

# Letters after which a word may go on in the next line, so that it never runs into the next column.
_LONGEST_WORD = 20
# Signs that only say how the one before them is drawn.
_VARIANTS = frozenset(map(chr, (*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0))))

_HEAD = r"""% Made by commonthread. To put the table into a document of your own, copy what stands between
% the lines "table begins" and "table ends", and the lines up to \begin{document}.
\documentclass[11pt,a4paper,landscape]{article}
\usepackage{iftex}
\ifPDFTeX
  \usepackage[utf8]{inputenc}
  \usepackage[T1]{fontenc}
  \IfFileExists{lmodern.sty}{\usepackage{lmodern}}{}
  \newcommand{\codepoint}[1]{[U+#1]\allowbreak}
\else
  \usepackage{fontspec}
  % A letter that the font does not have shows as its number. To see all letters, name a font that
  % has them here, as in \setmainfont{Noto Sans}.
  \newcommand{\codepoint}[1]{\iffontchar\font"#1 \char"#1\relax\else[U+#1]\allowbreak\fi}
\fi
\usepackage{textcomp}
\usepackage{array}
\usepackage{longtable}
\usepackage[margin=18mm]{geometry}
\setlength{\parindent}{0pt}
\setlength{\parskip}{4pt}
\setlength{\LTleft}{0pt}
\setlength{\LTright}{0pt}
\renewcommand{\arraystretch}{1.2}
\sloppy
"""
# A row of a table stays on one page, so that a long one stands there as several. As many letters as
# these fit on half a page, and on a few lines, had the table one column.
_WHOLE, _PART = 2_500, 1_000


def escape_latex(text: str) -> str:
    """Write a text in one line so that LaTeX shows it literally; line breaks become spaces."""
    text = " ".join(printable(unicodedata.normalize("NFC", text)).split())
    made = []
    unbroken = 0
    for at, sign in enumerate(text):
        following = text[at + 1 : at + 2]
        unbroken = 0 if sign == " " else unbroken + 1
        if unbroken % _LONGEST_WORD == _LONGEST_WORD - 1:
            made.append(r"\allowbreak{}")
        if (sign in _ONLY_DOUBLED and following != sign) or (
            sign in _ONLY_BEFORE_GRAVE and following != "`"
        ):
            made.append(sign)
        elif sign in _SIGNS:
            made.append(_SIGNS[sign])
        elif _is_drawn(sign):
            made.append(sign)
        elif unicodedata.category(sign) not in ("Cf", "Cc") and sign not in _VARIANTS:
            made.append(rf"\codepoint{{{ord(sign):04X}}}")
    return "".join(made)


def _is_drawn(sign: str) -> bool:
    return (sign.isascii() and sign.isprintable()) or sign in _KNOWN or sign in _SIGNS


def _length(text: str) -> int:
    """Say how many letters long a text is in print, where most signs that no font has are 8."""
    return sum(1 if _is_drawn(sign) else 8 for sign in text)


def _split(line: str, most: float) -> list[str]:
    """Split a line at spaces into parts of about ``most`` letters in print."""
    wide = max(_length(line) / max(len(line), 1), 1)
    return textwrap.wrap(line, max(int(most / wide), 20))


def _cell(lines: Sequence[str], first_bold: bool) -> str:
    written = [escape_latex(line) for line in lines]
    if first_bold and written:
        written[0] = rf"\textbf{{{written[0]}}}"
    return r"\par ".join(written)


def _rows(texts: Sequence[str], shares: Sequence[float]) -> list[str]:
    """Write a row of a table; a long one as several, so that it can go on over the page."""
    cells = [text.split("\n") for text in texts]
    whole = [_length(text) <= _WHOLE * share for text, share in zip(texts, shares, strict=True)]
    parts = [
        # What a row is about stays together beside the first lines.
        [lines]
        if all(whole) or (at == 0 and whole[0])
        else [[part] for line in lines for part in _split(line, _PART * shares[at])]
        for at, lines in enumerate(cells)
    ]
    return [
        " & ".join(
            _cell(own[number] if number < len(own) else [], first_bold=at == number == 0)
            for at, own in enumerate(parts)
        )
        for number in range(max(map(len, parts)))
    ]


def _table(table: PeopleTable) -> str:
    shares = [width / sum(table.widths) for width in table.widths]
    columns = "".join(
        r">{\raggedright\setlength{\parskip}{4pt}\arraybackslash}"
        rf"p{{\dimexpr {share:.4f}\linewidth-2\tabcolsep\relax}}"
        for share in shares
    )
    head = " & ".join(_cell([heading], first_bold=True) for heading in table.headings)
    body = "\n".join(" \\\\\n".join(_rows(row, shares)) + r" \\ \hline" for row in table.rows)
    return (
        "% table begins\n"
        rf"\section*{{{escape_latex(table.title)}}}"
        "\n"
        rf"\begin{{longtable}}{{{columns}}}"
        "\n"
        rf"\hline {head} \\ \hline\endhead"
        "\n"
        f"{body}\n"
        r"\end{longtable}"
        "\n"
        rf"\textit{{Note.}} {escape_latex(table.note)}"
        "\n% table ends\n"
    )


def write_latex(
    tables: Sequence[PeopleTable], path: Path, *, title: str, head: str = "", authors: str = ""
) -> None:
    """Write tables as a LaTeX document; ``head`` (such as "Draft") stands under the title."""
    parts = [
        _HEAD,
        r"\begin{document}",
        rf"{{\LARGE {escape_latex(title)}\par}}",
        *([rf"{escape_latex(authors)}\par"] if authors else []),
        *([rf"\textbf{{{escape_latex(head)}}}\par"] if head else []),
        *(_table(table) for table in tables),
        r"\end{document}",
    ]
    with replacing(path) as temporary:
        temporary.write_text("\n".join(parts) + "\n", encoding="utf-8", newline="\n")
