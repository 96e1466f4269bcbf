"""What another codebook would do to the findings, told before anybody uses it."""

from __future__ import annotations

import csv
import subprocess
from html import unescape
from pathlib import Path

import pytest

from commonthread.problems import InputProblems
from commonthread.steps.compare import compare_codebooks
from proposals_fixture import SMALL
from proposals_study import SETTINGS, files, make_study

CHANGED = SMALL.replace("          - phrase: fee\n            unless: [fee fi]\n", "").replace(
    "          - wage\n", "          - voucher\n"
)


@pytest.fixture
def study(tmp_path: Path) -> Path:
    return make_study(tmp_path)


def compare(study: Path, text: str, **settings: object) -> list[str]:
    """Compare with a codebook of this text; give what is said."""
    other = study.parent / "edited.yaml"
    other.write_text(text, encoding="utf-8")
    return compare_with(study, str(other), **settings)


def compare_with(study: Path, named: object, **settings: object) -> list[str]:
    return compare_codebooks(
        files=files(study),
        with_codebook=named,
        study=str(study),
        settings={"language": SETTINGS.language.model_dump(), **settings},
        folder=str(study.parent / "codebook"),
    )


def rows(study: Path, name: str) -> list[dict[str, str]]:
    with (study.parent / f"codebook/{name}.csv").open(encoding="utf-8-sig", newline="") as text:
        return list(csv.DictReader(text))


def page(study: Path) -> str:
    return unescape((study.parent / "codebook/comparison.html").read_text(encoding="windows-1252"))


def test_segments_are_told_with_their_words(study: Path) -> None:
    said = compare(study, CHANGED)
    assert said[0] == "1 segment would gain a code and 1 segment would lose one."
    changed = {row["change"]: row for row in rows(study, "changed_segments")}
    assert changed["gained"]["text"] == "The voucher came late."
    assert (changed["gained"]["code_after"], changed["gained"]["role"]) == (
        "pay",
        "Public contributor",
    )
    assert changed["lost"]["text"] == "They said the fee fi fo fum was a fee."
    assert changed["lost"]["code_before"] == "pay"
    assert "<mark>voucher</mark>" in page(study) and "<mark>fee</mark>" in page(study)
    assert "now looks for “voucher” too" in page(study)


def test_what_people_coded_is_to_be_looked_at_again_in_packs(study: Path) -> None:
    compare(study, CHANGED)
    again = rows(study, "look_again")
    assert {(row["coder_id"], row["reason"]) for row in again} >= {("ada", "meaning changed")}
    pack = study.parent / "codebook/look-again/ada"
    assert {file.name for file in pack.iterdir()} == {
        *("coding.html", "coding.xlsx", "coding.docx", "coding.large-print.docx"),
    }
    assert "look-again/ada/coding.html" in page(study)
    assert "1 coding by Ada because what their code means changed." in page(study)


def test_the_same_codebook_changes_nothing_and_takes_old_answers_away(study: Path) -> None:
    compare(study, CHANGED)
    broken = files(study)
    assert compare(study, SMALL) == ["Nothing changes: the two codebooks say the same."]
    assert not (study.parent / "codebook/look-again").exists()
    assert not (study.parent / "codebook/changed_segments.csv").exists()
    # No table of the run is needed for that.
    for name in broken["segments"]:
        Path(name).unlink()
    assert compare(study, SMALL.replace("# The end.", "# Another comment.")) == [
        "Nothing changes: the two codebooks say the same."
    ]


def test_other_words_change_no_finding(study: Path) -> None:
    said = compare(study, SMALL.replace("plain: Being paid", "plain: Getting paid"))
    assert said[0] == "Only wording changes. No finding would be different."
    assert "<ins>" in page(study)
    assert "To be looked at again" not in page(study)


def test_a_code_that_goes_takes_its_segments_and_its_settings(study: Path) -> None:
    start, end = SMALL.index("      # Bo asked"), SMALL.index("      - id: fares")
    tables = [{"id": "ours", "title": "Ours", "codes": ["pay"]}]
    said = compare(study, SMALL[:start] + SMALL[end:], tables=tables)
    assert "lose one" in said[0]
    assert any('There is no code "pay"' in sentence for sentence in said)
    (pay,) = (
        row
        for row in rows(study, "changed_counts")
        if row["code_before"] == "pay" and row["group"] == "all"
    )
    assert (pay["segments_before"], pay["segments_after"], pay["code_after"]) == ("2", "", "")
    assert {row["reason"] for row in rows(study, "look_again")} == {"retired"}


def test_a_revision_of_the_codebook_will_do(study: Path) -> None:
    def git(*arguments: str) -> None:
        person = [
            "-c",
            "user.name=A",
            "-c",
            "user.email=a@example.org",
            "-c",
            "commit.gpgsign=false",
        ]
        subprocess.run(
            ["git", "-C", str(study), *person, *arguments], check=True, capture_output=True
        )

    (study / "codebook.yaml").write_text(CHANGED, encoding="utf-8")
    git("init", "--quiet")
    git("add", "codebook.yaml")
    git("commit", "--quiet", "-m", "x")
    (study / "codebook.yaml").write_text(SMALL, encoding="utf-8")
    said = compare_with(study, "HEAD")
    assert said[0] == "1 segment would gain a code and 1 segment would lose one."
    assert "codebook.yaml at the revision HEAD of 20" in page(study).lower().replace("head", "HEAD")


def test_a_codebook_that_cannot_be_used_is_told_with_its_line(study: Path) -> None:
    for text, words in (
        (SMALL.replace("id: fares", "id: pay"), "is used a second time"),
        (f"<<<<<<< mine\n{SMALL}", "Two people edited this at once"),
        (SMALL.replace("- pay\n", "- regex: '('\n"), "refused"),
    ):
        with pytest.raises(InputProblems, match=words) as told:
            compare(study, text)
        assert ", line " in told.value.problems[0].where


def test_it_must_be_said_with_what_to_compare(study: Path) -> None:
    with pytest.raises(InputProblems, match="with what to compare"):
        compare_with(study, None)
