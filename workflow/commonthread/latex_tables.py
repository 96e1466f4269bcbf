"""Tables as a LaTeX document that compiles with pdfLaTeX, XeLaTeX and LuaLaTeX.

It needs only packages that every TeX distribution has. Texts show literally: whatever LaTeX would
take for a command is escaped, and a character that pdfLaTeX has no letter for stands as [U+1F600]
there, and as itself in the two others.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from pathlib import Path

from commonthread.export import PeopleTable, printable
from commonthread.tables import replacing

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
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "|": r"\textbar{}",
    '"': r"\textquotedbl{}",
    "`": r"\textasciigrave{}",
    "'": r"\textquotesingle{}",
    "-": r"{-}",
    "[": "{[}",
    "]": "{]}",
    "*": "{*}",
    "?": "{?}",
    "!": "{!}",
    ",": "{,}",
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
# Signs that form ligatures ("--", "?`", ",,") are braced only where they would.
_ONLY_DOUBLED = frozenset("-,")
_ONLY_BEFORE_GRAVE = frozenset("?!")
# Letters of T1 with marks that inputenc's utf8 knows: Latin-1 and Latin Extended-A.
_KNOWN = frozenset(
    chr(n) for n in (*range(0xC0, 0x180),) if unicodedata.category(chr(n)).startswith("L")
) - frozenset("ĦħĸĿŀŉŦŧſ")

_HEAD = r"""% Made by commonthread. To put the table into a document of your own, copy what stands between
% the lines "table begins" and "table ends", and the lines up to \begin{document}.
\documentclass[11pt,a4paper,landscape]{article}
\usepackage{iftex}
\ifPDFTeX
  \usepackage[utf8]{inputenc}
  \usepackage[T1]{fontenc}
  \newcommand{\unichar}[1]{[U+#1]}
\else
  \usepackage{fontspec}
  \newcommand{\unichar}[1]{\char"#1\relax}
\fi
\usepackage{textcomp}
\usepackage{array}
\usepackage{longtable}
\usepackage[margin=18mm]{geometry}
\setlength{\parindent}{0pt}
\setlength{\tabcolsep}{4pt}
\renewcommand{\arraystretch}{1.3}
\sloppy
"""


def escape_latex(text: str) -> str:
    """Write a text in one line so that LaTeX shows it literally; line breaks become spaces."""
    text = " ".join(printable(unicodedata.normalize("NFC", text)).split())
    made = []
    for at, sign in enumerate(text):
        following = text[at + 1 : at + 2]
        if (sign in _ONLY_DOUBLED and following != sign) or (
            sign in _ONLY_BEFORE_GRAVE and following != "`"
        ):
            made.append(sign)
        elif sign in _SIGNS:
            made.append(_SIGNS[sign])
        elif (sign.isascii() and sign.isprintable()) or sign in _KNOWN:
            made.append(sign)
        elif unicodedata.category(sign) not in ("Cf", "Cc"):
            made.append(rf"\unichar{{{ord(sign):04X}}}")
    return "".join(made)


def _cell(text: str, first_bold: bool) -> str:
    lines = [escape_latex(line) for line in text.split("\n")]
    if first_bold:
        lines[0] = rf"\textbf{{{lines[0]}}}"
    return r"\par ".join(lines)


def _table(table: PeopleTable) -> str:
    total = sum(table.widths)
    columns = "".join(
        rf">{{\raggedright\arraybackslash}}p{{{0.95 * width / total:.3f}\linewidth}}"
        for width in table.widths
    )
    head = " & ".join(_cell(heading, first_bold=True) for heading in table.headings)
    rows = [
        " & ".join(_cell(text, first_bold=at == 0) for at, text in enumerate(row))
        for row in table.rows
    ]
    body = "\n".join(rf"{row} \\ \hline" for row in rows)
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
        rf"\title{{{escape_latex(title)}}}",
        rf"\author{{{escape_latex(authors)}}}",
        r"\date{}",
        r"\begin{document}",
        r"\maketitle",
        *([escape_latex(head)] if head else []),
        *(_table(table) for table in tables),
        r"\end{document}",
    ]
    with replacing(path) as temporary:
        temporary.write_text("\n".join(parts) + "\n", encoding="utf-8", newline="\n")
