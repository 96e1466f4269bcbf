"""The chat beside a Zoom recording."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from commonthread.settings import ReadingSettings
from commonthread.sources import RawTurn, Reading
from commonthread.sources.text_file import read


def reading(text: str) -> Reading:
    return read(Path("chat.txt"), text.encode(), ReadingSettings())


def test_messages_with_tabs_replies_and_reactions() -> None:
    found = reading(
        "00:13:46\tJane | Cork:\tgood morning\r\n"
        '00:14:00\tbob:\tReplying to "good "mor"ni..."\r\n\r\nI agree: yes\r\n'
        '00:14:05\tbob:\tReacted to "good morning..." with 👍\r\n'
        '00:14:06\tZoë:\tRemoved a 👍 reaction from "good morning..."\r\n'
        '00:14:07\tZoë:\tAntwoord verzenden naar "x"\r\n\r\nja\r\n'
        "00:14:10\tZoë :\tone\r\n\r\ntwo\r\n10:30 is fine\r\n"
        '00:14:20\tbob:\tReplying to "good..." ok\r\n'
        "[Full message cannot be displayed on this version]\r\n"
        '00:14:30\tbob:\tReplying to "good..."\r\n'
        '00:14:31\tZoë:\tHat auf "good" mit 👍 reagiert\r\n'
        '00:14:32\tZoë:\tSe ha reaccionado a "good..." con 🔥\r\n'
    )
    assert found.layout == "chat log"
    assert found.turns == [
        RawTurn("Jane | Cork", "good morning", 826.0),
        RawTurn("bob", "I agree: yes", 840.0),
        RawTurn("Zoë", "ja", 847.0),
        RawTurn("Zoë", "one\ntwo\n10:30 is fine", 850.0),
        RawTurn("bob", "ok", 860.0),
    ]
    assert len(found.warnings) == 1 and "lacks part" in found.warnings[0]
    told = " ".join([*found.warnings, *found.notes])
    assert "left out (lines 5 to 6 and 17 to 18)" in told
    assert "(lines 14 to 15)" in told
    assert "(line 16)" in told
    assert "👍" not in told


def test_messages_saved_on_the_machine() -> None:
    found = reading(
        "14:01:02 From Jane Doe to Everyone:\n\tHello all\n\tsecond line\n"
        "14:01:05\t From  Bob to Jane Doe (Direct Message) : just you: me\n"
        '14:01:09 From Bob to Everyone:\n\tReplying to "Hello all"\n\t\n\tHi\n'
        "14:02:00\tFrom Zoë : old form\n"
    )
    assert found.turns == [
        RawTurn("Jane Doe", "Hello all\nsecond line", 50462.0),
        RawTurn("Bob", "just you: me", 50465.0),
        RawTurn("Bob", "Hi", 50469.0),
        RawTurn("Zoë", "old form", 50520.0),
    ]
    assert any("private messages (line 4)" in warning for warning in found.warnings)


def test_note_taking_services_are_no_people() -> None:
    found = reading("00:00:01\tFathom Notetaker:\tI record\n00:00:02\tJane:\thi\n")
    assert [turn.speaker for turn in found.turns] == ["Jane"]
    assert found.warnings == [] and "line 1" in found.notes[0]


NAMES = st.sampled_from(["Jane", "José | Cork", "bob", "李明 (she/her)"])
TEXTS = st.lists(
    st.sampled_from(["so:", "we", "10:30", "https://a.b/c", "👍", "\nno", "yes"]), min_size=1
)


@given(st.lists(st.tuples(NAMES, TEXTS.map(" ".join)), min_size=1), st.booleans())
def test_what_is_written_as_chat_is_read_back(messages: list[tuple[str, str]], tabs: bool) -> None:
    text = "".join(
        f"00:00:{n % 60:02}\t{name}:\t{said}\n"
        if tabs
        else f"00:00:{n % 60:02} From {name} to Everyone:\n\t" + said.replace("\n", "\n\t") + "\n"
        for n, (name, said) in enumerate(messages)
    )
    expected = [
        RawTurn(name, "\n".join(x for x in said.strip().split("\n") if x.strip()), float(n % 60))
        for n, (name, said) in enumerate(messages)
        if said.strip()
    ]
    assert reading(text).turns == expected
