"""Subtitles: WebVTT of Zoom and Teams, SRT, good and damaged."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from commonthread.settings import ReadingSettings
from commonthread.sources import RawTurn, Reading
from commonthread.sources.text_file import read

ZOOM = """WEBVTT

1
00:00:01.000 --> 00:00:02.000
Jane van der Berg: Good morning.

2
00:00:02.500 --> 00:00:04.000
Jane van der Berg: Shall we start at
10:30: or later?

3
00:00:04.000 --> 00:00:06.000
Dr. Bob (he/him): The point is: we wait.

4
00:00:06.000 --> 00:00:07.000
as we always do

5
00:00:07.000 --> 00:00:08.000
10:30: note

6
00:00:09.000 --> 00:00:10.000
Kalo | Cork: Yes.

7
00:00:10.000 --> 00:00:11.000
Dr. Bob (he/him): Well: no.

8
00:00:11.000 --> 00:00:12.000
nixo: 5 < 6 & more
"""


def reading(text: str, name: str = "talk.vtt", settings: ReadingSettings | None = None) -> Reading:
    return read(Path(name), text.encode(), settings or ReadingSettings())


def test_zoom_names_continuations_and_colons_in_talk() -> None:
    found = reading(ZOOM.replace("\n", "\r\n"))
    assert (found.kind, found.format) == ("transcript", "vtt")
    assert found.warnings == []
    assert found.turns == [
        RawTurn("Jane van der Berg", "Good morning. Shall we start at 10:30: or later?", 1.0, 4.0),
        RawTurn("Dr. Bob (he/him)", "The point is: we wait. as we always do 10:30: note", 4.0, 8.0),
        RawTurn("Kalo | Cork", "Yes.", 9.0, 10.0),
        RawTurn("Dr. Bob (he/him)", "Well: no.", 10.0, 11.0),
        RawTurn("nixo", "5 < 6 & more", 11.0, 12.0),
    ]


def test_teams_voices_entities_and_times() -> None:
    guid = "01234567-89ab-cdef-0123-456789abcdef"
    found = reading(
        f"WEBVTT\n\n{guid}/12-0\n0:0:0.0 --> 0:0:2.500\n<v Jane O&#39;Neil>Fish &amp;\n"
        f"chips, <i>please</i>.</v>\n\n{guid}/12-1\n0:0:2.5 --> 0:0:9.0\n"
        "<v Jane O&#39;Neil>Now.</v> <v.loud Zoë>No!</v>\n\n"
        "-0:0:1.0 --> 0:0:1.0\n<v Zoë>Early.</v>\n"
    )
    assert found.turns == [
        RawTurn("Jane O'Neil", "Fish & chips, please. Now.", 0.0, 9.0),
        RawTurn("Zoë", "No! Early.", 2.5, 1.0),
    ]
    assert any("before the start (line 12)" in warning for warning in found.warnings)


def test_comments_styles_and_a_title_are_left_out_and_reported() -> None:
    found = reading(
        "WEBVTT Workshop two\nKind: captions\n\nNOTE made by hand\nand checked\n\n"
        "00:01.000 --> 00:02.000 align:start\nJane: a\n\nSTYLE\n::cue { color: red }\n\n"
        "00:02.000 --> 00:03.000\nBob: b\n"
    )
    assert [(turn.speaker, turn.text) for turn in found.turns] == [("Jane", "a"), ("Bob", "b")]
    assert found.warnings == []
    assert found.notes == [
        "The header of the file (lines 1 to 2) was left out.",
        "Comments and styles in the file (lines 4 to 5 and 10 to 11) were left out.",
    ]


def test_words_above_the_first_cue_are_told() -> None:
    found = reading("WEBVTT\n\nJane said this\n\n00:01.000 --> 00:02.000\nJane: a\n")
    assert [(turn.speaker, turn.text) for turn in found.turns] == [("Jane", "a")]
    assert found.warnings == ["Words stand above the first cue (line 3) and were left out."]


def test_without_the_header_it_is_read_with_a_warning() -> None:
    found = reading("1\n00:00:01.000 --> 00:00:02.000\nJane: hi\n")
    assert found.turns == [RawTurn("Jane", "hi", 1.0, 2.0)]
    assert "WEBVTT" in found.warnings[0]


def test_bad_cues_of_srt_are_reported_and_the_good_ones_read() -> None:
    found = reading(
        "1\n-00:00:02,000 --> -00:00:01,000\nJane: one\n\n"
        "1\n00:00:02,000 --> 00:00:01,000\nBob: two\n\n\n"
        "3\n\n00:00:08,000 --> 00:00:09,000\nJane: three\n\n"
        "4\n00:00:03,000 --> 00:00:04,000\nBob: four\n\nmore of four\n\n"
        "5\n00:xx:03,000 --> 00:00:04,000\nJane: five --> six\n\n"
        "6\n00:00:61 --> 00:70:04,000\nBob: six\n\n7\n00:00:20,000 --> 00:00:21,000\n\n"
        "8\n--> 00:00:22,000\nJane: eight\n",
        "talk.srt",
    )
    assert found.format == "srt"
    assert found.turns == [
        RawTurn("Jane", "one"),
        RawTurn("Bob", "two", 2.0, None),
        RawTurn("Jane", "three", 8.0, 9.0),
        RawTurn("Bob", "four more of four", 3.0, 4.0),
        RawTurn("Jane", "five --> six"),
        RawTurn("Bob", "six"),
        RawTurn("Jane", "eight"),
    ]
    told = " ".join([*found.warnings, *found.notes])
    for place in (
        "line 2)",
        "line 6)",
        "line 5)",
        "line 16)",
        "line 19)",
        "lines 22, 26 and 33)",
        "line 30)",
    ):
        assert place in told


def test_dashes_before_names() -> None:
    found = reading("WEBVTT\n\n00:01.000 --> 00:02.000\n- Jane: a?\n- Bob: b\n- c\n")
    assert found.turns == [RawTurn("Jane", "a?", 1.0, 2.0), RawTurn("Bob", "b - c", 1.0, 2.0)]


def test_words_beside_the_times_are_kept() -> None:
    found = reading("1\n00:00:01,000 --> 00:00:02,000 Jane: a\nb\n", "a.srt")
    assert found.turns == [RawTurn("Jane", "a b", 1.0, 2.0)]


def test_srt_keeps_entities_and_foreign_tags_as_they_are() -> None:
    found = reading(
        "1\n00:00:01,000 --> 00:00:02,000\nJane: <i>a</i> <script>&lt;b&gt;</script>\n", "a.srt"
    )
    assert found.turns[0].text == "a <script>&lt;b&gt;</script>"


def test_nobody_named_gives_whole_sentences() -> None:
    found = reading(
        "WEBVTT\n\n00:01.000 --> 00:02.000\nwe begin\n\n00:02.000 --> 00:03.000\nnow.\n\n"
        "00:03.000 --> 00:04.000\nand\n\n00:09.000 --> 00:10.000\nafter a pause\n"
    )
    assert found.kind == "notes"
    assert found.turns == [
        RawTurn(None, "we begin now.", 1.0, 3.0),
        RawTurn(None, "and", 3.0, 4.0),
        RawTurn(None, "after a pause", 9.0, 10.0),
    ]


def test_cues_before_the_first_name_are_of_nobody() -> None:
    cues = ["hello", "Jane: a", "Bob: b", "Jane: c", "Bob: d"]
    text = "".join(f"\n00:0{n}.000 --> 00:0{n}.900\n{cue}\n" for n, cue in enumerate(cues))
    found = reading("WEBVTT\n" + text)
    assert [turn.speaker for turn in found.turns] == [None, "Jane", "Bob", "Jane", "Bob"]


def test_note_taking_services_are_no_people() -> None:
    cues = ["Jane: a", "Fireflies.ai Notetaker Jane: recording", "Jane: b", "Bob: c", "Bob: d"]
    text = "".join(f"\n00:0{n}.000 --> 00:0{n}.900\n{cue}\n" for n, cue in enumerate(cues))
    found = reading("WEBVTT\n" + text)
    assert [(t.speaker, t.text) for t in found.turns] == [("Jane", "a b"), ("Bob", "c d")]
    assert "line 7" in found.notes[0]


def test_the_study_may_say_how_speakers_are_written() -> None:
    settings = ReadingSettings(speaker_pattern=r"(?P<speaker>\w+)\s*=>\s*(?P<text>.*)")
    found = reading("WEBVTT\n\n00:01.000 --> 00:02.000\nJane => hi: there\n", settings=settings)
    assert found.turns == [RawTurn("Jane", "hi: there", 1.0, 2.0)]


def clock(seconds: int, comma: str) -> str:
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}{comma}000"


WORDS = st.lists(
    st.sampled_from(["well", "we", "can", "do", "that", "if", "they", "pay", "us", "first"]),
    min_size=1,
)
SPEECHES = st.lists(
    st.tuples(st.sampled_from(["Jane", "José Núñez", "P3", "李明"]), WORDS.map(" ".join)),
    min_size=1,
)


@given(SPEECHES, st.sampled_from(["vtt", "srt", "teams"]))
def test_what_is_written_as_subtitles_is_read_back(
    speeches: list[tuple[str, str]], layout: str
) -> None:
    lines = ["WEBVTT", ""] if layout != "srt" else []
    for n, (name, text) in enumerate(speeches):
        comma = "," if layout == "srt" else "."
        said = f"<v {name}>{text}</v>" if layout == "teams" else f"{name}: {text}"
        lines += [str(n + 1), f"{clock(2 * n, comma)} --> {clock(2 * n + 1, comma)}", said, ""]
    expected: list[RawTurn] = []
    for n, (name, text) in enumerate(speeches):
        if expected and expected[-1].speaker == name:
            before = expected.pop()
            text = f"{before.text} {text}"
            expected.append(RawTurn(name, text, before.start_s, 2.0 * n + 1))
        else:
            expected.append(RawTurn(name, text, 2.0 * n, 2.0 * n + 1))
    found = reading("\n".join(lines), f"a.{layout}")
    assert found.turns == expected
    assert found.warnings == []
