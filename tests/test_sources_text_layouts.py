"""Layouts of plain text and of paragraphs: who said what, when, and what nobody said."""

from __future__ import annotations

from pathlib import Path

import pytest

from commonthread.settings import ReadingSettings
from commonthread.sources import RawTurn, Reading
from commonthread.sources.plain import Line, Recognised, turns_from_lines
from commonthread.sources.text_file import read

Said = list[tuple[str | None, str]]


def reading(text: str, name: str = "talk.txt", pattern: str | None = None) -> Reading:
    return read(Path(name), text.encode(), ReadingSettings(speaker_pattern=pattern))


def said(text: str, name: str = "talk.txt") -> Said:
    return [(turn.speaker, turn.text) for turn in reading(text, name).turns]


def paragraphs(*texts: str | tuple[str, str]) -> Recognised:
    lines = [
        Line(text, n) if isinstance(text, str) else Line(text[1], n, text[0])
        for n, text in enumerate(texts, start=1)
    ]
    return turns_from_lines(lines, ReadingSettings(), "paragraph")


def said_in(*texts: str | tuple[str, str]) -> Said:
    return [(turn.speaker, turn.text) for turn in paragraphs(*texts).turns]


# Names before a colon


def test_paragraphs_with_names_and_their_continuations() -> None:
    found = reading(
        "Workshop 2, table A\nrecorded in the hall\n\n"
        "Jane: Good morning.\n\nThe point is: we start.\n\nBob: Yes\nand more\n\n"
        "Jane: See https://example.org: it is 10:30: note that.\n10:30: coffee\n\nZoë: Once only.\n"
    )
    assert [(t.speaker, t.text) for t in found.turns] == [
        ("Jane", "Good morning.\nThe point is: we start."),
        ("Bob", "Yes\nand more"),
        ("Jane", "See https://example.org: it is 10:30: note that.\n10:30: coffee"),
        ("Zoë", "Once only."),
    ]
    assert found.warnings == []
    assert found.notes == [
        "Lines 1 to 2 stand above the first speaker and were left out of the talk."
    ]


@pytest.mark.parametrize(
    "name",
    [
        "I",
        "P1",
        "INT",
        "Speaker 1",
        "SPEAKER_00",
        "Interviewer",
        "Public contributor 3",
        "Member of the public",
        "Jan van der Berg",
        "Seán O'Neil-Smith",
        "Ng Oh",
        "李明",
        "דוד",
        "👩‍⚕️ Dr A",
        "Dr. Bob (he/him)",
        "Kalo | Cork",
        "Mary, Cork City Council",
        "Man in the audience",
        "nixo",
        "FEMALE ?",
        "P3?",
        "ivo Berg",
        "Question",
    ],
)
def test_names_of_all_kinds(name: str) -> None:
    text = f"Jane: a\n\n{name}: b c\n\nJane: d\n\n{name}: e\n\nJane: f\n"
    assert said(text) == [("Jane", "a"), (name, "b c"), ("Jane", "d"), (name, "e"), ("Jane", "f")]


@pytest.mark.parametrize(
    "start",
    [
        "The point is",
        "For example",
        "Note",
        "My question is",
        "Next steps",
        "10:30",
        "See https",
        "As Jane said",
        "Yes, Jane",
        "What they told us, in short",
        "So",
        "Exactly. Then",
        "1",
        "Honestly",
        "Reciprocity",
        "Why?",
    ],
)
def test_colons_inside_talk_name_nobody(start: str) -> None:
    talk = "We want reciprocity honestly."
    text = f"Jane: a\n\nBob: b\n\nJane: c\n\n{talk}\n\n{start}: we wait\n\nBob: d\n\n{talk}\n"
    assert ("Jane", f"c\n{talk}\n{start}: we wait") in said(text)


def test_label_like_talk_is_reported() -> None:
    talk = "we said money and money\n\n" * 9
    found = reading(f"Jane: a\n\nBob: b\n\nJane: c\n\n{talk}Money: more of it\n\nBob: d\n")
    assert "line 25" in found.warnings[0]
    assert "Money" not in found.warnings[0]


def test_name_alone_before_the_colon_opens_the_next_paragraph() -> None:
    assert said("Jane:\n\nHello.\n\nBob:\nHi.\nAgain.\n\nJane:\n\nBye.\n\nBob:\n") == [
        ("Jane", "Hello."),
        ("Bob", "Hi.\nAgain."),
        ("Jane", "Bye."),
    ]


def test_a_speaker_without_words_is_reported() -> None:
    assert reading("Jane: a\nBob:\nJane: b\nBob: c\n").notes == [
        "A speaker is named but nothing is said (line 2)."
    ]


def test_a_header_of_labelled_lines_is_no_talk() -> None:
    found = reading(
        "Date: 3 May\nPlace: Cork\nInterviewer: Jane\n\n"
        "Interviewer: How was it?\n\nJane: Fine.\n\nInterviewer: Really?\n\nJane: Yes.\n"
    )
    assert [t.text for t in found.turns] == ["How was it?", "Fine.", "Really?", "Yes."]
    assert "Lines 1 to 3" in found.notes[0]


def test_times_in_brackets_and_between_hashes() -> None:
    assert reading(
        "[00:01:02] Jane: a\n\n(0:02:00) Bob: b\n\n#00:02:10-5#\n\nJane: c #00:02:13-5#\n\n"
        "Bob (00:03): d\n\nJane: [00:04:00] e\n\n00:05:00 Bob: f [00:01:02] g\n"
    ).turns == [
        RawTurn("Jane", "a", 62.0),
        RawTurn("Bob", "b", 120.0),
        RawTurn("Jane", "c", 130.5, 133.5),
        RawTurn("Bob", "d", 3.0),
        RawTurn("Jane", "e", 240.0),
        RawTurn("Bob", "f [00:01:02] g", 300.0),
    ]


def test_no_space_after_the_colon_needs_labels_that_come_back() -> None:
    assert said("I:Yes?\nP1:No.\nI:Why?\nP1:So.\n")[1] == ("P1", "No.")
    assert said("We met at a:b\nand then c:d\n")[0] == (None, "We met at a:b")


def test_emphasis_on_names_is_taken_off() -> None:
    text = "**Jane:** a\n\n**Bob**: b\n\n*Jane:* c\n\n__Bob:__ d\n\nJane: **e** f\n\n_no_ g\n"
    assert said(text) == [
        ("Jane", "a"),
        ("Bob", "b"),
        ("Jane", "c"),
        ("Bob", "d"),
        ("Jane", "**e** f\n_no_ g"),
    ]


def test_list_signs_before_names() -> None:
    assert said("- Jane: a\n- Bob: b\n- Jane: c\n- Bob: d\n")[2] == ("Jane", "c")


def test_names_in_square_brackets() -> None:
    assert said("[id1] a\n\n[id2] b\n\n[laughs] c\n\n[id1] d\n") == [
        ("id1", "a"),
        ("id2", "b\n[laughs] c"),
        ("id1", "d"),
    ]


def test_wide_colons() -> None:
    assert said("李明：你好\n王芳：好\n李明：再见\n") == [
        ("李明", "你好"),
        ("王芳", "好"),
        ("李明", "再见"),
    ]


def test_one_person_in_two_unicode_forms_and_cases_is_recognised() -> None:
    assert said("José: hello\nJose\u0301: hello again\nTo josé and JOSÉ\n") == [
        ("José", "hello"),
        ("Jose\u0301", "hello again\nTo josé and JOSÉ"),
    ]


def test_lines_of_fixed_width_are_joined() -> None:
    text = (
        "Jane: We have always said that hidden\nhours are the hours that nobody pays for\n"
        "and that everybody works anyway.\n\nBob: Yes, we have said it for so many\n"
        "years that nobody hears it any more.\n\nJane: Right.\n"
    )
    assert said(text)[0] == (
        "Jane",
        "We have always said that hidden hours are the hours that nobody pays for and that "
        "everybody works anyway.",
    )


def test_long_talk_above_the_first_speaker_is_kept() -> None:
    talk = "We all know how this goes and so on.\n\n" * 40
    found = reading(talk + "Jane: a\n\nBob: b\n\nJane: c\n\nBob: d\n")
    assert found.turns[0] == RawTurn(None, "We all know how this goes and so on.")
    assert len(found.turns) == 44
    assert "nobody named" in found.warnings[0]


def test_sentences_above_the_first_speaker_that_are_left_out_are_odd() -> None:
    talk = "We all know how this goes and so on.\n\n"
    below = "Jane: a\n\nBob: b\n\nJane: c\n\nBob: d\n"
    found = reading(talk * 8 + below)
    assert len(found.turns) == 4 and found.notes == []
    assert "If somebody said that" in found.warnings[0]
    assert reading(talk * 2 + below).warnings == []


def test_one_paragraph_above_the_first_speaker_is_one() -> None:
    found = paragraphs("Workshop two\nTable A", "Jane: a", "Bob: b", "Jane: c", "Bob: d")
    assert found.notes == [
        "Paragraph 1 stands above the first speaker and was left out of the talk."
    ]


def test_a_long_list_of_those_present_is_no_talk() -> None:
    present = ", ".join(["Jane Roe", "Bob May"] * 150)
    found = reading(f"Attendees\n{present}\n\nJane Roe: a\n\nBob May: b\n\nJane Roe: c\n")
    assert [turn.text for turn in found.turns] == ["a", "b", "c"]


@pytest.mark.parametrize("remark", ["[End of recording]", "END OF TRANSCRIPT", "Recording ends."])
def test_remarks_of_transcribers_are_no_talk(remark: str) -> None:
    found = reading(f"I: a\n\nP1: b\n\nI: c\n\nP1: d\n\n{remark}\n")
    assert found.turns[-1] == RawTurn("P1", "d")
    assert "line 9" in found.notes[0]


def test_questions_and_answers_are_speakers_where_all_is_written_so() -> None:
    text = "Question: a?\n\nAnswer: b.\n\nQuestion: c?\n\nAnswer: d.\n"
    assert [speaker for speaker, _ in said(text)] == ["Question", "Answer"] * 2


def test_an_agenda_names_nobody() -> None:
    assert {
        speaker for speaker, _ in said("10:00 Welcome: Jane\n10:30 Coffee\n11:00 Talk: Bob\n")
    } == {None}


def test_headings_that_look_like_names_are_doubted() -> None:
    found = reading("Salford: a\n\nCork: b\n\nLeeds: c\n\nDerry: d\n")
    assert "No speaker comes twice" in found.warnings[0]


def test_the_study_may_say_how_speakers_are_written() -> None:
    found = reading(
        "== Jane == a: b\nmore\n== Bob == c\n", pattern=r"== (?P<speaker>.*?) == (?P<text>\w+)"
    )
    assert [(t.speaker, t.text) for t in found.turns] == [("Jane", "a: b\nmore"), ("Bob", "c")]


def test_a_pattern_that_matches_nothing_leaves_the_file_as_it_is() -> None:
    assert reading("Jane: a\nBob: b\n", pattern="(?P<speaker>x)(?P<text>y)").turns[0].speaker == (
        "Jane"
    )


# Google Meet


def test_google_meet() -> None:
    found = reading(
        "# Call (2024-05-02 16:04) - Transcript\n\n### Attendees\n"
        "Jane Roe, Bob May, Bob May's Presentation, Fireflies.ai Notetaker Jane, can\n\n"
        "#### _This editable transcript was computer generated and might contain errors. "
        "People can also change the text after it was created._\n\n"
        "**Jane Roe:** Welcome.\nAll of you.\n\n00:05:00\n\n**Bob May**: Thanks.\n: and more\n:\n\n"
        "Jane Roe: So.\n\n### 00:10:00\n\n**can:** once\n\n**Bob May's Presentation:** film\n\n"
        "**Fireflies.ai Notetaker Jane:** noted\n\n## Part two\n\n**Bob May:** Bye.\n\n"
        "#### Meeting ended after 00:42:13 👋\n\n"
        "This editable transcript was computer generated and might contain errors.\n",
        "meet.md",
    )
    assert found.format == "md"
    assert found.turns == [
        RawTurn("Jane Roe", "Welcome.\nAll of you."),
        RawTurn("Bob May", "Thanks.\nand more", 300.0),
        RawTurn("Jane Roe", "So."),
        RawTurn("can", "once", 600.0),
        RawTurn(None, "film"),
        RawTurn("Bob May", "Bye."),
    ]
    assert found.layout == "Google Meet, names before a colon"
    told = " ".join(found.notes)
    for place in ("Lines 1, 3 to 4 and 6", "line 27)", "lines 31 and 33)", "line 25)"):
        assert place in told
    assert len(found.warnings) == 1 and "line 23)" in found.warnings[0]


@pytest.mark.parametrize("mark", ["00:05:00", "### 00:05:00", "**00:05:00**", "#### _00:05:00_"])
def test_google_meet_times_start_the_turn_that_follows(mark: str) -> None:
    found = reading(
        f"# Call - Transcript\n\n{mark.replace('5', '0')}\n\nJane Roe: Hello.\n\nBob May: Hi.\n\n"
        f"{mark}\n\nBob May: So.\n\nMeeting ended after 00:07:13 👋\n",
        "meet.md",
    )
    assert found.turns == [
        RawTurn("Jane Roe", "Hello.", 0.0),
        RawTurn("Bob May", "Hi."),
        RawTurn("Bob May", "So.", 300.0),
    ]
    assert found.warnings == []


# Otter, Teams in Word, and others with a time beside the name


def test_otter() -> None:
    found = reading(
        "Jane  0:00  \nHello at 10:30\nsee you at 11:45\n\n**Bob**    0:21  \nYes.\n\n"
        "Unknown Speaker  1:02:03\nOh: well.\n\nJane  1:02:10\nBye.\n\n"
        "Transcribed by https://otter.ai\n",
        "talk.md",
    )
    assert found.turns == [
        RawTurn("Jane", "Hello at 10:30\nsee you at 11:45", 0.0),
        RawTurn("Bob", "Yes.", 21.0),
        RawTurn("Unknown Speaker", "Oh: well.", 3723.0),
        RawTurn("Jane", "Bye.", 3730.0),
    ]
    assert "line 14" in found.notes[0]


@pytest.mark.parametrize(
    ("jane", "bob"),
    [
        ("Jane Roe (00:12):", "Bob (01:02:03):"),
        ("Jane Roe [00:12]", "Bob [1:02:03]"),
        ("[00:12] Jane Roe", "[1:02:03] Bob"),
        ("0:12 - Jane Roe", "1:02:03 - Bob"),
        ("## Jane Roe 0:12", "## Bob 1:02:03"),
        ("**Jane Roe** [00:12]", "**Bob** [1:02:03]"),
        ("Jane Roe: (00:12)", "Bob: (1:02:03)"),
    ],
)
def test_names_with_times_in_other_dress(jane: str, bob: str) -> None:
    found = reading(f"{jane}\nHello.\n\n{bob}\nHi.\n\nmore\n")
    assert found.turns == [
        RawTurn("Jane Roe", "Hello.", 12.0),
        RawTurn("Bob", "Hi.\nmore", 3723.0),
    ]


def test_teams_paragraphs_with_line_breaks() -> None:
    found = paragraphs(
        "Workshop",
        "Jane Roe   0:03\nGood morning.",
        "",
        "Bob   0:10\nHi.\nYes.",
        "Jane Roe stopped transcription",
    )
    assert found.turns == [
        RawTurn("Jane Roe", "Good morning.", 3.0),
        RawTurn("Bob", "Hi.\nYes.", 10.0),
    ]
    assert "paragraph 5" in found.notes[1]


def test_teams_paragraphs_with_cues() -> None:
    found = paragraphs(
        "0:0:5.100 --> 0:0:8.250",
        "Jane Roe",
        "Good morning.",
        "0:0:9.0 --> 0:0:10.0",
        "Bob",
        "Hi.",
        "0:0:10.0 --> 0:0:11.0",
        "Bob",
        "Yes.",
    )
    assert found.turns == [
        RawTurn("Jane Roe", "Good morning.", 5.1, 8.25),
        RawTurn("Bob", "Hi. Yes.", 9.0, 11.0),
    ]


def test_teams_cues_in_one_paragraph_each() -> None:
    found = paragraphs(
        "0:0:5.100 --> 0:0:8.250\nJane Roe\nGood morning.", "0:0:9.0 --> 0:0:10.0\nBob\nHi."
    )
    assert [(t.speaker, t.text) for t in found.turns] == [
        ("Jane Roe", "Good morning."),
        ("Bob", "Hi."),
    ]


# Paragraphs of documents


def test_names_in_bold() -> None:
    assert said_in(("Jane:", "Jane: a"), ("Bob", "Bob: b"), "c", ("Jane:", "Jane: d")) == [
        ("Jane", "a"),
        ("Bob", "b\nc"),
        ("Jane", "d"),
    ]
    assert said_in(
        ("Jane", "Jane a b"), ("Bob", "Bob b"), ("Jane", "Jane c"), ("Really", "Really no")
    ) == [
        ("Jane", "a b"),
        ("Bob", "b"),
        ("Jane", "c\nReally no"),
    ]


def test_questions_that_are_bold_as_a_whole() -> None:
    assert said_in(
        ("Jane: How was it?", "Jane: How was it?"),
        "Bob: Fine.",
        ("Jane: Why?", "Jane: Why?"),
        "Bob: So.",
    ) == [("Jane", "How was it?"), ("Bob", "Fine."), ("Jane", "Why?"), ("Bob", "So.")]


def test_names_in_their_own_paragraph() -> None:
    texts = ["Jane Roe", "Good morning.", "Bob", "Hi.", "More.", "Jane Roe", "So", "Bob", "Bye."]
    assert said_in(*texts) == [
        ("Jane Roe", "Good morning."),
        ("Bob", "Hi.\nMore."),
        ("Jane Roe", "So"),
        ("Bob", "Bye."),
    ]


def test_names_in_their_own_paragraph_with_a_time_below() -> None:
    found = reading(
        "Jane Roe\n00:01:02\nHello.\n\nBob\n00:01:05\nHi.\n\nJane Roe\n00:02:00\nBye.\n\nBob\n00:03:00\nBye.\n"
    )
    assert found.turns[:2] == [RawTurn("Jane Roe", "Hello.", 62.0), RawTurn("Bob", "Hi.", 65.0)]


# Columns


def test_columns_parted_by_tabs_in_any_order() -> None:
    found = reading(
        "0:00:00.0 - 0:00:05.2\tWhat shall we do today?\tJane\n"
        "0:00:05.2 - 0:00:09.0\tWait: and see.\tBob\n75\tAs always, then.\tJane\n"
    )
    assert found.turns == [
        RawTurn("Jane", "What shall we do today?", 0.0, 5.2),
        RawTurn("Bob", "Wait: and see.", 5.2, 9.0),
        RawTurn("Jane", "As always, then.", 75.0),
    ]


def test_two_columns_and_an_uneven_row() -> None:
    found = reading(
        "Jane\tGood morning all\nBob\tGood morning Jane\nand more\nJane\tBye to you\nBob\tBye\n"
    )
    assert [(t.speaker, t.text) for t in found.turns][1] == ("Bob", "Good morning Jane\nand more")
    assert "line 3" in found.warnings[0]


# Notes


def test_notes_are_one_a_paragraph() -> None:
    found = reading(
        "# Table 1\n\n- Pay people early\n- [ ] No jargon: please\n\nWe ran out of time.\n", "a.md"
    )
    assert found.kind == "notes"
    assert [t.text for t in found.turns] == [
        "Pay people early",
        "No jargon: please",
        "We ran out of time.",
    ]
    assert "line 1" in found.notes[0]


def test_notes_of_headings_only_are_kept() -> None:
    assert said("# Pay people\n# No jargon\n", "a.md") == [
        (None, "Pay people"),
        (None, "No jargon"),
    ]


def test_headings_of_flipcharts_are_no_speakers() -> None:
    assert {
        speaker
        for speaker, _ in said(
            "Barriers: time, money\nEnablers: payment\nBarriers: jargon\nEnablers: chairs\nNext steps: meet\n"
        )
    } == {None}


def test_notes_with_times_keep_them() -> None:
    assert reading("[00:00:05] We met.\n\n[00:01:00] We left.\n").turns == [
        RawTurn(None, "We met.", 5.0),
        RawTurn(None, "We left.", 60.0),
    ]


def test_markup_is_plain_text() -> None:
    text = (
        "<script>window.x='1'</script>: I said <b> to the nurse\n{{7*7}} {% raw %}: I said &lt;\n"
    )
    assert [line for _, line in said(text)] == text.splitlines()
