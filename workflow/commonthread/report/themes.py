"""Theme by theme: what each code means, how often and how widely it came up, and the words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from commonthread.report.blocks import (
    Chart,
    Quote,
    Table,
    number_cell,
    showing,
    text_cell,
)
from commonthread.report.charts import Bar, bars
from commonthread.report.facts import Count, Facts, theme_anchor
from commonthread.report.overview import breadth, breadth_cells, segments_from
from commonthread.report.quoting import Quoter
from commonthread.report.withheld import all_known, shown
from commonthread.report.wording import anchor, count, number, of, percent, plural, words_list

if TYPE_CHECKING:
    from commonthread.codebook import Code

# Quotes of a code that the page holds; the first ones are shown at once.
MOST_QUOTES = 6
SHOWN_QUOTES = 2


@dataclass(frozen=True)
class CodeBlock:
    """What the report says of one code; ``level`` is the level of its heading."""

    id: str
    name: str
    level: int
    plain: str
    definition: str
    use_when: str
    not_when: str
    principles: tuple[str, ...]
    questions: tuple[str, ...]
    found: bool
    how_often: str
    show: str
    caution: str
    notes: str
    quotes: tuple[Quote, ...]
    more_quotes: tuple[Quote, ...]


@dataclass(frozen=True)
class ThemeBlock:
    """What the report says of one theme: its own block, its codes, and its charts."""

    theme: CodeBlock
    chart: Chart | None
    codes: tuple[CodeBlock, ...]
    absent: str


def quoted_segments(facts: Facts) -> dict[str, list[str]]:
    """Give the ids of the segments to quote under each code, best first.

    Where an edition quotes only people who agreed, others are passed over.
    """
    frame = facts.inputs.quotes.sort_values(["code_id", "rank"])
    if facts.edition.consents is not None:
        frame = frame[frame["segment_id"].isin(facts.agreed)]
    return {
        str(code_id): [str(id) for id in group][:MOST_QUOTES]
        for code_id, group in frame.groupby("code_id", sort=False)["segment_id"]
    }


def theme_blocks(
    facts: Facts, quoter: Quoter, quoted: dict[str, list[str]]
) -> tuple[ThemeBlock, ...]:
    """Describe every theme with its codes, in the order of the codebook."""
    return tuple(_theme(facts, quoter, quoted, theme) for theme in facts.codebook.themes)


def code_block(
    facts: Facts, quoter: Quoter, quoted: dict[str, list[str]], code: Code, level: int
) -> CodeBlock:
    """Describe one code."""
    found = facts.count(code.id)
    own = quoted.get(code.id, [])
    if facts.codebook.children(code.id):
        # What belongs to a code under this one is quoted there.
        own = [segment_id for segment_id in own if quoter.only_here(segment_id, code.id)]
    quotes = tuple(quoter.quote(segment_id, code.id) for segment_id in own)
    plain, definition = code.plain.strip(), code.definition.strip()
    return CodeBlock(
        id=theme_anchor(code.id),
        name=code.name,
        level=level,
        plain=plain or definition,
        definition=definition if plain else "",
        use_when=code.use_when,
        not_when=code.not_when,
        principles=tuple(
            facts.codebook.principles.get(principle, principle) for principle in code.principles
        ),
        questions=tuple(code.questions),
        found=bool(found.segments),
        how_often=_how_often(found, facts.edition.roles),
        show=show_code(code) if found.segments else "",
        caution=_caution(found),
        notes=_notes(found),
        quotes=quotes[:SHOWN_QUOTES],
        more_quotes=quotes[SHOWN_QUOTES:],
    )


def codes_table(facts: Facts, codes: Sequence[Code], id: str, caption: str) -> Table:
    """Put codes side by side: how often, how widely, and whether one voice carries them."""
    found = [facts.count(code.id) for code in codes]
    voices = facts.edition.people
    return Table(
        id=id,
        caption=caption,
        columns=(
            "Code",
            "Segments",
            "Share of segments",
            "People",
            "Workshops",
            *(["Roles"] if facts.edition.roles else []),
            *(["Mostly one person"] if voices else []),
        ),
        rows=tuple(
            (
                text_cell(code.name, facts.link(code.id)),
                number_cell(each.segments, show=show_code(code)),
                *breadth_cells(facts, each),
                *([text_cell("yes" if each.one_voice else "no")] if voices else []),
            )
            for code, each in zip(codes, found, strict=True)
        ),
        file="frequencies",
    )


def codes_bars(facts: Facts, codes: Sequence[Code]) -> list[Bar]:
    """Give a bar for each code: its segments, with how many people said it."""
    return [
        Bar(
            code.name,
            int(facts.count(code.id).segments),
            segments_from(facts.count(code.id)),
            facts.colour(code),
            hatched=facts.count(code.id).one_voice,
        )
        for code in codes
    ]


def _theme(facts: Facts, quoter: Quoter, quoted: dict[str, list[str]], theme: Code) -> ThemeBlock:
    below = [
        code for code in facts.codebook.codes if code.theme == theme.id and code.id != theme.id
    ]
    level = {theme.id: 3}
    for code in below:
        level[code.id] = level.get(code.parent or theme.id, 3) + 1
    found = [code for code in below if facts.count(code.id).segments]
    absent = [code.name for code in facts.leaves(theme.id) if not facts.count(code.id).segments]
    # Most widely shared first, as in the draft tables: volume alone says little.
    leaves = sorted(
        (code for code in facts.leaves(theme.id) if code in found),
        key=lambda code: (
            -facts.count(code.id).people,
            -facts.count(code.id).workshops,
            -facts.count(code.id).segments,
        ),
    )
    chart = None
    if leaves:
        title = f"{theme.name}: how often each code came up"
        widest = facts.count(leaves[0].id)
        sure = all_known(*(facts.count(code.id).people for code in leaves))
        caption = (
            f"Codes of {theme.name}, raised by most people first. Shares are {widest.denominator}."
        )
        chart = Chart(
            anchor("chart", theme.id),
            title,
            f"Most widely shared{'' if sure else ', of the numbers shown,'} is {leaves[0].name}: "
            f"{count(widest.segments, 'segment')} from "
            f"{count(widest.people, 'person')} in {of(widest.workshops, widest.of_workshops, 'workshop')}."
            + (
                " A hatched bar means that more than half comes from one person."
                if any(facts.count(code.id).one_voice for code in leaves)
                else ""
            ),
            bars(codes_bars(facts, leaves), f"Segments, of {number(widest.of_segments)}"),
            codes_table(facts, leaves, anchor("codes", theme.id), caption),
        )
    return ThemeBlock(
        theme=code_block(facts, quoter, quoted, theme, 3),
        chart=chart,
        codes=tuple(code_block(facts, quoter, quoted, code, level[code.id]) for code in found),
        absent=(
            f"Not found in any segment: {words_list(absent)}. Nobody may have spoken of it, or "
            "they did so in words that the codebook does not list."
            if absent
            else ""
        ),
    )


def _how_often(found: Count, roles: bool) -> str:
    if not found.segments:
        return "Not found in any segment."
    part = percent(found.segments, found.of_segments)
    return (
        f"In {of(found.segments, found.of_segments, 'segment')}"
        f"{f' ({part})' if shown(found.segments) else ''}, from {breadth(found, roles)}."
    )


def _caution(found: Count) -> str:
    if found.few_voices:
        return "It rests on few voices."
    if found.one_voice:
        return "Carried by one voice: more than half of it comes from the same person."
    if found.people == 1:
        return "Only one person spoke of it."
    if found.of_workshops > 1 and found.workshops == 1:
        return "It came up in one workshop only."
    return ""


def _notes(found: Count) -> str:
    if not found.note_segments or not found.talk_segments or not shown(found.note_segments):
        return ""
    return (
        f"{number(found.note_segments)} of these {plural('is', found.note_segments)} "
        "from notes, the others from talk."
    )


def show_code(code: Code, **group: str) -> str:
    """Say what the segments with a code, of a group if given, are shown by."""
    return showing(**{code.dimension: code.id}, **group)
