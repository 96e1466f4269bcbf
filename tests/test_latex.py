"""Tests of tables as LaTeX: whatever a text holds, it shows literally."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from commonthread.export import PeopleTable
from commonthread.latex_tables import escape_latex, write_latex


@given(st.text())
def test_latex_shows_texts_literally(text: str) -> None:
    made = escape_latex(text)
    assert "\n" not in made
    bare = made
    for command in ("textbackslash", "unichar"):
        bare = bare.replace(command, "")
    depth = 0
    for at, sign in enumerate(made):
        if at and made[at - 1] == "\\" and not (at > 1 and made[at - 2] == "\\"):
            continue
        depth += (sign == "{") - (sign == "}")
        assert depth >= 0
        assert sign not in "$&#%_^~" or made[at - 1] == "\\"
    assert depth == 0


def test_latex_escapes_what_would_be_a_command(tmp_path: Path) -> None:
    assert escape_latex("\\input{/etc/passwd} 50% $x_1$ a--b ?` 😀") == (
        r"\textbackslash{}input\{/etc/passwd\} 50\% \$x\_1\$ a{-}-b {?}\textasciigrave{}"
        r" \unichar{1F600}"
    )
    laid = PeopleTable("T & t", "n%", ("A", "B"), (("p\nq", "[x] \\end{document}"),), (1, 2))
    write_latex([laid], tmp_path / "t.tex", title="S_1", head="Draft", authors="A & B")
    said = (tmp_path / "t.tex").read_text(encoding="utf-8")
    assert r"\section*{T \& t}" in said
    assert said.count(r"\end{document}") == 1
    assert r"\hline \textbf{A} & \textbf{B} \\ \hline\endhead" in said
    assert r"\textbf{p}\par q & {[}x{]} \textbackslash{}end\{document\} \\ \hline" in said
