"""A person at a coding page: what they would click, type, save and send back."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from opened import Opened
from playwright.sync_api import Page, expect

from commonthread.packs.pack import Pack
from commonthread.returned.judgement import Judgement, Returned
from commonthread.returned.page_file import read_page_file


@dataclass(frozen=True)
class Choice:
    """What a person means to say of a segment."""

    codes: tuple[str, ...] = ()
    no_code: bool = False
    unsure: bool = False
    comment: str = ""
    new_code: str = ""


def choices(pack: Pack, seed: int = 3) -> list[Choice]:
    """Give a choice for each segment: several codes, none, unsure, comments, suggestions."""
    rng = random.Random(seed)
    about = [code.id for code in pack.codebook.codes if code.dimension != "aspect"]
    aspects = [code.id for code in pack.codebook.aspects]
    made = []
    for number in range(len(pack.segments)):
        no_code = number % 8 == 3
        codes = [] if no_code else rng.sample(about, 1 + number % 2)
        codes += rng.sample(aspects, 1) if number % 3 == 0 else []
        made.append(
            Choice(
                codes=ordered(pack, codes),
                no_code=no_code,
                unsure=number % 9 == 5,
                comment=f"“Quite so”, said nr {number}: 3 < 4 & 5 > 4.\nTwo lines"
                if number % 10 == 7
                else "",
                new_code="Waiting for a bus" if number % 17 == 2 else "",
            )
        )
    return made


def ordered(pack: Pack, codes: Sequence[str]) -> tuple[str, ...]:
    return tuple(code.id for code in pack.codebook.codes if code.id in set(codes))


def ready(opened: Opened) -> Page:
    """Wait for the first segment, and fold the explanation away as everybody does in the end."""
    page = opened.page
    page.locator("#segment-state:not(:empty)").wait_for()
    if page.locator("#how[open]").count():
        page.locator("#how-close").click()
    return page


def at(page: Page, number: int, total: int = 50) -> None:
    expect(page.locator("#segment-title")).to_have_text(f"Segment {number + 1} of {total}")


def choose(page: Page, choice: Choice) -> None:
    """Click and type a choice."""
    for code in choice.codes:
        page.locator(f"label[for='code-{code}']").click()
    if choice.no_code:
        page.locator("label[for=no-code]").click()
    if choice.unsure:
        page.locator("label[for=unsure]").click()
    if choice.comment:
        page.locator("#comment").fill(choice.comment)
    if choice.new_code:
        page.locator("#new-code").fill(choice.new_code)


def done_at_once(page: Page, codes: Sequence[str], times: int = 1) -> None:
    """Tick and finish segments by script, where the point is not the pointer."""
    page.evaluate(
        """([codes, times]) => {
          for (let time = 0; time < times; time += 1) {
            for (const code of codes) {
              const box = document.getElementById(`code-${code}`);
              if (!box.checked) box.click();
            }
            document.getElementById('done').click();
          }
        }""",
        [list(codes), times],
    )


def saved(page: Page, button: str = "#save") -> tuple[str, bytes]:
    """Save to a file; give its name and bytes."""
    with page.expect_download() as download:
        page.locator(button).click()
    return download.value.suggested_filename, Path(download.value.path()).read_bytes()


def returned(page: Page) -> Returned:
    return read_page_file(saved(page)[1], "codings.json")


def said(choice: Choice, judgement: Judgement) -> bool:
    """Tell whether a judgement says what a person meant."""
    return choice == Choice(
        judgement.codes,
        judgement.no_code,
        judgement.unsure,
        judgement.comment,
        judgement.new_code,
    )
