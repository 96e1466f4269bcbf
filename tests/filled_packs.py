"""Fills packs in as a person would in Excel or Word, and makes up what a person would decide."""

from __future__ import annotations

import io
import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import docx
import openpyxl
from docx.oxml.ns import qn
from docx.table import Table, _Cell

from commonthread.codebook import Codebook
from commonthread.packs.labels import code_labels, code_numbers
from commonthread.packs.pack import Pack
from commonthread.returned.judgement import Returned


@dataclass(frozen=True)
class Decision:
    """What a person decides about a segment; ``codes`` are ids, aspects among them."""

    codes: tuple[str, ...] = ()
    no_code: bool = False
    unsure: bool = False
    comment: str = ""
    new_code: str = ""


def decisions(pack: Pack, number: int, seed: int = 3) -> dict[str, Decision]:
    """Make up decisions on the first ``number`` segments."""
    rng = random.Random(seed)
    codes = [code.id for code in pack.codebook.codes if code.dimension != "aspect"]
    aspects = [code.id for code in pack.codebook.aspects]
    made = {}
    for segment in pack.segments[:number]:
        if rng.random() < 0.15:
            made[segment.segment_id] = Decision(no_code=True)
            continue
        chosen = [
            *rng.sample(codes, rng.randint(1, 4)),
            *rng.sample(aspects, rng.randint(0, 2)),
        ]
        made[segment.segment_id] = Decision(
            tuple(chosen),
            unsure=rng.random() < 0.3,
            comment=rng.choice(["", "It is about waiting, I think."]),
            new_code=rng.choice(["", "", "Waiting"]),
        )
    return made


def decided(returned: Returned) -> dict[str, Decision]:
    """Give what came back, by segment, for comparing."""
    found = {
        each.segment_id: Decision(
            each.codes, each.no_code, each.unsure, each.comment, each.new_code
        )
        for each in returned.judgements
    }
    assert len(found) == len(returned.judgements)
    return found


def _split(codebook: Codebook, codes: tuple[str, ...]) -> tuple[list[str], list[str]]:
    aspects = {code.id for code in codebook.aspects}
    return [code for code in codes if code not in aspects], [c for c in codes if c in aspects]


def filled_workbook(data: bytes, pack: Pack, wanted: Mapping[str, Decision]) -> bytes:
    """Fill a workbook in, by lists, numbers and words, and save it."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    fill_sheet(book["Segments"], pack, wanted)
    return saved(book)


def saved(book: Any) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def fill_sheet(sheet: Any, pack: Pack, wanted: Mapping[str, Decision]) -> None:
    labels, numbers = code_labels(pack.codebook), code_numbers(pack.codebook)
    at = {cell.value: cell.column for cell in sheet[1]}
    for row in range(2, sheet.max_row + 1):
        decision = wanted.get(sheet.cell(row, at["Segment"]).value)
        if decision is None:
            continue
        codes, aspects = _split(pack.codebook, decision.codes)
        filled = {
            **{
                f"Code {number}": labels[code] if (row + number) % 2 else numbers[code]
                for number, code in enumerate(codes, start=1)
            },
            **{f"Aspect {number}": labels[code] for number, code in enumerate(aspects, start=1)},
            "No code fits": "yes" if decision.no_code else None,
            "Unsure": ("yes", "x", "Y")[row % 3] if decision.unsure else None,
            "Comment": decision.comment or None,
            "New code": decision.new_code or None,
        }
        for heading, value in filled.items():
            if value is not None:
                sheet.cell(row, at[heading]).value = value


def forms(document: Any) -> Iterator[dict[str, _Cell]]:
    """Give the tables to fill in: the cells beside the labels, by label."""
    for element in document.element.body.iter(qn("w:tbl")):
        table = Table(element, document)
        rows = [[_Cell(cell, table) for cell in row.tc_lst] for row in element.tr_lst]
        cells = {row[0].text: row[1] for row in rows}
        if "Segment id" in cells:
            yield cells


def box(cell: _Cell) -> Any:
    """Give the control of a cell's box."""
    return cell._tc.find(f".//{qn('w:sdt')}")


def tick(cell: _Cell, how: int = 0) -> None:
    """Tick a box: by a click in Word; by a letter beside it; in place of it; by its state alone."""
    control = box(cell)
    sign, state = control.find(f".//{qn('w:t')}"), control.find(f".//{qn('w14:checked')}")
    if how == 0:
        sign.text = "☒"
        state.set(qn("w14:val"), "1")
    elif how == 1:
        cell.paragraphs[0].add_run(" x")
    elif how == 2:
        control.getparent().remove(control)
        cell.paragraphs[0].add_run("☑")
    else:
        state.set(qn("w14:val"), "1")


def fill_document(path: Path, pack: Pack, wanted: Mapping[str, Decision]) -> None:
    """Fill a Word document in, by numbers and names, and save it."""
    document = docx.Document(str(path))
    labels, numbers = code_labels(pack.codebook), code_numbers(pack.codebook)
    for row, cells in enumerate(forms(document)):
        decision = wanted.get(cells["Segment id"].text.split(" in ")[0])
        if decision is None:
            continue
        codes, aspects = _split(pack.codebook, decision.codes)
        between = ("; ", ", ", "\n")[row % 3]
        said = [labels[code] if (row + at) % 2 else numbers[code] for at, code in enumerate(codes)]
        cells["Codes (names or numbers)"].paragraphs[0].add_run(between.join(said))
        cells["Aspects"].paragraphs[0].add_run(" ".join(numbers[code] for code in aspects))
        if decision.no_code:
            tick(cells["No code fits"], row % 4)
        if decision.unsure:
            tick(cells["Unsure"], row % 4)
        cells["Comment"].paragraphs[0].add_run(decision.comment)
        cells["New code"].paragraphs[0].add_run(decision.new_code)
    document.save(str(path))
