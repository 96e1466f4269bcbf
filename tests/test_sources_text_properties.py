"""Whatever the text: it is read or refused, nothing is dropped, and what is written comes back."""

from __future__ import annotations

import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from commonthread.problems import Refused
from commonthread.settings import ReadingSettings
from commonthread.sources import RawTurn
from commonthread.sources.plain import lines_of, turns_from_lines
from commonthread.sources.text import clean
from commonthread.sources.text_file import read

# What layouts are made of, so that random files come near to real ones.
PIECES = st.sampled_from(
    [
        *("Jane: ", "**Bob:** ", "Bob", "P1:", "Note: ", "[id1] ", "[laughs] ", "李明：", ": "),
        *("00:01:02", "[00:01:02] ", "#00:01:02-3#", "10:30: ", "Jane  0:03", "(1:02)", "75"),
        *(
            "WEBVTT",
            "1",
            "00:00:01.000 --> 00:00:02.000",
            "-0:0:1 --> 0:0:2",
            " <v Zoë> ",
            " </v> ",
        ),
        *("00:00:01\tJane:\t", "00:00:02 From Bob to Everyone:", 'Reacted to "a" with 👍', "NOTE"),
        *(
            'Replying to "a"\n',
            "# Part ",
            "- ",
            "\t",
            " ",
            "\n",
            "\n\n",
            "-->",
            " &amp; ",
            " <i> ",
            ".",
        ),
        *("yes", "we agree", "The point is: ", "https://a.b/c", "Attendees", "Date: 3 May", "é"),
        *("Transcribed by https://otter.ai", "Meeting ended after 00:10:00", "'s Presentation: x"),
    ]
)
FILES = st.lists(PIECES, min_size=1, max_size=40).map("".join)
# Signs and words that a layout may take as its own: labels, times, marks, tags, numbers of cues.
_MARKS = re.compile(r"[^\w]+|_")
_PLACE = r"\d+(?: to \d+)?"
_PLACES = re.compile(rf"\b[Ll]ines? ({_PLACE}(?:, {_PLACE})*(?: and {_PLACE})?)")


def named_lines(warnings: list[str]) -> set[int]:
    """Give the lines that warnings name; a count of further lines stands for all lines."""
    found: set[int] = set()
    for warning in warnings:
        if " more)" in warning or " more " in warning:
            return set(range(10_000))
        for places in _PLACES.findall(warning):
            for part in re.split(r", | and ", places):
                numbers = [int(number) for number in re.findall(r"\d+", part)]
                if numbers:
                    found.update(range(numbers[0], numbers[-1] + 1))
    return found


def words(text: str) -> list[str]:
    return [word for word in _MARKS.sub(" ", text).split() if not word.isdigit()]


@given(FILES)
@settings(max_examples=400)
def test_every_word_is_in_a_turn_or_on_a_line_that_is_named(text: str) -> None:
    found = turns_from_lines(lines_of(text), ReadingSettings())
    kept: Counter[str] = Counter()
    for turn in found.turns:
        kept.update(words(turn.text.replace("&", " amp ")))
        kept.update(words(turn.speaker or ""))
    labels = {word for turn in found.turns for word in words(turn.speaker or "")}
    named = named_lines([*found.warnings, *found.notes])
    own = {"WEBVTT", "v", "i", "amp", "From", "to", "Everyone"} | labels
    if found.layout == "chat log":
        # The quoted start of another message is dropped from a reply, by design.
        own |= {"Replying", "to", "a"}
    for number, line in enumerate(text.split("\n"), start=1):
        missing = [word for word in words(line) if word not in kept and word not in own]
        assert not missing or number in named, (number, line, missing, found)


@given(FILES)
def test_turns_have_words_and_times_make_sense(text: str) -> None:
    found = turns_from_lines(lines_of(clean(text)[0]), ReadingSettings())
    for turn in found.turns:
        assert turn.text == turn.text.strip() != ""
        assert turn.speaker is None or turn.speaker == turn.speaker.strip() != ""
        assert turn.start_s is None or turn.start_s >= 0
    assert (found.kind == "transcript") == any(turn.speaker is not None for turn in found.turns)


@given(st.text(min_size=1, max_size=300), st.sampled_from(["a.txt", "a.md", "a.vtt", "a.srt"]))
def test_any_text_is_read_or_refused(text: str, name: str) -> None:
    data = text.encode("utf-8", "replace")
    try:
        found = read(Path(name), data, ReadingSettings())
    except Refused as refused:
        assert refused.remedy
        return
    for turn in found.turns:
        assert turn.text.strip()
        turn.text.encode()


NAMES = ["Jane", "José Núñez", "P3", "Member of the public", "李明", "Ann van der Berg"]
TALK = st.lists(
    st.sampled_from(
        [
            "we",
            "can",
            "do",
            "that:",
            "yes",
            "10:30",
            "and",
            "https://a.b/c",
            "then",
            "money",
            "(laughs)",
            "[sic]",
        ]
    ),
    min_size=2,
).map(lambda said: f"so {' '.join(said)}.")
SPEECHES = st.lists(st.tuples(st.sampled_from(NAMES), TALK), min_size=4).filter(
    lambda speeches: len({name for name, _ in speeches}) > 1
)


def clock(seconds: int) -> str:
    return f"{seconds // 60}:{seconds % 60:02}"


@given(
    SPEECHES,
    st.sampled_from(["plain", "markdown", "tight lines", "times", "otter", "alone", "tabs"]),
)
@settings(max_examples=200)
def test_what_is_written_in_a_layout_is_read_back(
    speeches: list[tuple[str, str]], layout: str
) -> None:
    if layout == "alone":
        # Names on lines of their own are recognised by coming back.
        speeches = speeches * 2
    blocks = []
    for n, (name, said) in enumerate(speeches):
        blocks.append(
            {
                "plain": f"{name}: {said}\n",
                "markdown": f"**{name}:** {said}\n",
                "tight lines": f"{name}: {said}",
                "times": f"[0{clock(n)}] {name}: {said}\n",
                "otter": f"{name}  {clock(n)}\n{said}\n",
                "alone": f"{name}\n{said}\n",
                "tabs": f"{clock(n)}\t{name}\t{said}",
            }[layout]
        )
    found = turns_from_lines(lines_of("\n".join(blocks)), ReadingSettings())
    timed = layout in ("times", "otter", "tabs")
    assert found.turns == [
        RawTurn(name, said, float(n) if timed else None) for n, (name, said) in enumerate(speeches)
    ]


@given(FILES)
def test_warnings_never_quote_the_file(text: str) -> None:
    secret = text.replace("yes", "xyzzy").replace("Jane", "Xyzzy").replace("Bob", "Xyzzy")
    found = turns_from_lines(lines_of(secret), ReadingSettings())
    assert "xyzzy" not in " ".join([*found.warnings, *found.notes, found.layout]).lower()


def test_reading_text_loads_no_heavy_library(tmp_path: Path) -> None:
    path = tmp_path / "talk.txt"
    path.write_text("Jane: a\nBob: b\n")
    script = (
        "import sys; from pathlib import Path; from commonthread.sources import read_source; "
        "from commonthread.settings import ReadingSettings; "
        f"read_source(Path({str(path)!r}), ReadingSettings()); "
        "print(*{'lxml', 'docx', 'openpyxl', 'pypdf', 'spacy', 'pandas', 'numpy'} & set(sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == ""
