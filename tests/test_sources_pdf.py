import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonthread.problems import Refused
from commonthread.settings import LimitSettings, ReadingSettings
from commonthread.sources.pdf import read
from commonthread.sources.pdf_furniture import PdfLine
from commonthread.sources.pdf_pages import lines_of_pdf
from commonthread.sources.pdf_paragraphs import paragraphs_of_pages
from commonthread.sources.reading import Reading
from office_files import pdf, pdf_of_contents

PATH = Path("talk.pdf")


def reading(*pages: list[tuple[float, float, str]], **kwargs: bool) -> Reading:
    return read(PATH, pdf(*pages, **kwargs), ReadingSettings())


def pairs(result: Reading) -> list[tuple[str | None, str]]:
    return [(turn.speaker, turn.text) for turn in result.turns]


def lines(*texts: str, x: float = 50, y: float = 700, step: float = 12) -> list[PdfLine]:
    return [PdfLine(text, x, y - n * step) for n, text in enumerate(texts)]


def texts(*pages: list[PdfLine]) -> list[str]:
    return [paragraph.text for paragraph in paragraphs_of_pages(pages)[0]]


def test_reads_speakers_and_leaves_out_what_comes_back_on_every_page() -> None:
    result = reading(
        *(
            [
                (50, 780, "Workshop three, confidential"),
                (50, 700, f"Ann: This is the start of page {word}, and it goes on to"),
                (50, 688, "a second line that ends here."),
                (50, 676, "Ben: And an answer."),
                (300, 20, f"Page {number} of 3"),
            ]
            for number, word in enumerate(("one", "two", "three"), start=1)
        ),
        deflated=True,
    )
    assert pairs(result)[:2] == [
        ("Ann", "This is the start of page one, and it goes on to a second line that ends here."),
        ("Ben", "And an answer."),
    ]
    assert len(result.turns) == 6
    assert result.format == "pdf"
    assert result.warnings == []
    assert sum("left out" in note for note in result.notes) == 1


def test_a_name_that_heads_every_page_is_no_running_header() -> None:
    page = lines("Interviewer:", "And then?", "Ann:", "Then we met.", "Interviewer:", "And?")
    assert texts(page, page)[:3] == [
        "Interviewer: And then?",
        "Ann: Then we met.",
        "Interviewer: And?",
    ]


def test_a_number_at_the_foot_goes_only_if_it_is_the_page_s() -> None:
    first = lines("Ann: How many?", "Ben:", "12")
    second = lines("Ann: And how many stayed to the end?", "Ben: Eleven.", "2")
    assert texts(first, second) == [
        "Ann: How many?",
        "Ben: 12",
        "Ann: And how many stayed to the end?",
        "Ben: Eleven.",
    ]


def test_what_is_drawn_at_one_height_is_one_line() -> None:
    page = [PdfLine("Ann:", 50, 700), PdfLine("\tGood\tmorning.", 90, 700.4)]
    assert texts(page) == ["Ann: Good morning."]


def test_numbers_in_the_margin_go() -> None:
    talk = lines(*(f"Ann: Point {word}." for word in ("a", "b", "c", "d", "e", "f")), x=60)
    numbers = [PdfLine(str(n), 20, line.y) for n, line in enumerate(talk, start=1)]
    paragraphs, notes = paragraphs_of_pages([[*talk, *numbers]])
    assert [p.text for p in paragraphs] == [line.text for line in talk]
    assert any("margin" in note for note in notes)


def test_line_numbers_before_the_text_go() -> None:
    page = lines(*(f"{n} Ann: Point {n}0." for n in range(1, 9)))
    assert texts(page) == [f"Ann: Point {n}0." for n in range(1, 9)]


def test_numbers_that_are_notes_stay() -> None:
    assert texts(lines("Ann: How many came?", "Ben:", "12")) == ["Ann: How many came?", "Ben: 12"]


@pytest.mark.parametrize(
    ("first", "second", "joined"),
    [
        ("Ann: We under-", "stand that. I understand.", "Ann: We understand that. I understand."),
        ("Ann: It is co-", "produced, co-produced.", "Ann: It is co-produced, co-produced."),
        ("Ann: A soft hy\u00ad", "phen.", "Ann: A soft hyphen."),
        ("Ann: I was-", "I mean it.", "Ann: I was- I mean it."),
        ("Ann: So the-", "the money.", "Ann: So the- the money."),
        ("Ann: It matters -", "it does.", "Ann: It matters - it does."),
    ],
)
def test_words_parted_at_the_end_of_a_line(first: str, second: str, joined: str) -> None:
    assert texts(lines(first, second)) == [joined]


def test_both_parts_words_of_the_document_keep_the_hyphen() -> None:
    page = lines("Ann: A two-", "way street. One way or two, it is one way, and two is fine.")
    assert texts(page)[0].startswith("Ann: A two-way street.")


def test_notes_are_parted_by_bullets_and_space() -> None:
    page = lines("More time to think about", "it all together", "• Pay people on the day") + lines(
        "A jargon buster", y=630
    )
    assert texts(page) == [
        "More time to think about it all together",
        "• Pay people on the day",
        "A jargon buster",
    ]


def test_talk_goes_on_over_the_page() -> None:
    result = texts(
        lines("Ann: We went on talking about the budget and who decides on", y=60),
        lines("what, and it was never said aloud.", "Ben: No."),
    )
    assert result == [
        "Ann: We went on talking about the budget and who decides on what, "
        "and it was never said aloud.",
        "Ben: No.",
    ]


@given(
    st.lists(
        st.lists(st.text("abcde ", min_size=1, max_size=30), min_size=1, max_size=12), max_size=4
    )
)
def test_every_word_of_unnumbered_pages_is_kept(pages: list[list[str]]) -> None:
    # Lines at heights of their own page, so that none can be a running header.
    drawn = [
        [PdfLine(text, 50, 700 - 12 * n - 5 * p) for n, text in enumerate(page)]
        for p, page in enumerate(pages)
    ]
    assert " ".join(texts(*drawn)).split() == " ".join(t for page in pages for t in page).split()


def test_pages_without_text_are_told() -> None:
    result = reading([(50, 700, "Ann: Hello."), (50, 688, "Ben: Yes.")], [])
    assert pairs(result) == [("Ann", "Hello."), ("Ben", "Yes.")]
    assert any("page 2" in warning.lower() for warning in result.warnings)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b"Ann: Hello.", "not a PDF"),
        (pdf([]), "scan"),
        (pdf([(50, 700, "Ann: Hello.")])[:200], "damaged"),
        (b"%PDF-1.7\n" + b"\0" * 500, "damaged"),
        (
            pdf(
                [(50, 700, "A: b")],
                trailer="/Encrypt<</Filter/Standard/V 1/R 2/P -4/O("
                + "x" * 32
                + ")/U("
                + "y" * 32
                + ")>>/ID[(a)(a)]",
            ),
            "password",
        ),
        (pdf_of_contents([b" " * 60_000_000], deflated=True), "unpacks"),
        (pdf(*[[(50, 700, "Ann: Hello.")]] * 30), "pages"),
    ],
)
def test_what_cannot_be_read_is_refused(data: bytes, reason: str) -> None:
    with pytest.raises(Refused, match=reason):
        read(PATH, data, ReadingSettings(limits=LimitSettings(pages=20)))


def test_forms_that_draw_themselves_end() -> None:
    inside = b"/X1 Do " * 50
    form = b"<</Type/XObject/Subtype/Form/BBox[0 0 1 1]/Resources<</XObject<</X1 6 0 R>>>>"
    form += b"/Length %d>>stream\n%s\nendstream" % (len(inside), inside)
    data = pdf_of_contents([b"BT /F1 9 Tf 50 700 Td (Ann: Hello.) Tj ET /X1 Do"], more=form)
    start = time.monotonic()
    assert pairs(read(PATH, data, ReadingSettings())) == [("Ann", "Hello.")]
    assert time.monotonic() - start < 10


def test_a_reader_that_does_not_end_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_: object, **__: object) -> None:
        raise subprocess.TimeoutExpired("reader", 1)

    monkeypatch.setattr(subprocess, "run", never)
    with pytest.raises(Refused, match="too long"):
        read(PATH, pdf([(50, 700, "Ann: Hello.")]), ReadingSettings())


def test_time_and_memory_are_limited_for_real() -> None:
    code = (
        "from commonthread.sources.pdf_pages import limit_process\n"
        "limit_process(1, 600)\n"
        "try:\n    bytearray(2_000_000_000)\nexcept MemoryError:\n    print('stopped', flush=True)\n"
        "while True:\n    pass\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, timeout=30)
    assert done.stdout.strip() == b"stopped"
    assert done.returncode < 0


def test_the_process_of_its_own_answers_as_the_function_does() -> None:
    answer = lines_of_pdf(pdf([(50, 700, "Ann: Hello.")]), 10, 1_000_000, 0)
    assert answer == {"pages": [[("Ann: Hello.", 50.0, 700.0)]]}
