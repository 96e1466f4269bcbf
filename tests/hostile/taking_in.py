"""Takes what lies in a study in, by the way that a run takes it, and gives what came of it."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from commonthread.audit.sample import read_sample
from commonthread.codebook import load_codebook
from commonthread.plan import Plan, plan_run
from commonthread.problems import InputProblems, Problem
from commonthread.proposals.decisions_workbook import read_decided
from commonthread.proposals.folder import read_folder as read_proposals
from commonthread.proposals.history import Unrecorded, read_history
from commonthread.returned.folder import read_folder as read_codings
from commonthread.returned.limits import limits_of
from commonthread.settings import Settings, TableSettings
from commonthread.steps.people import find_people
from commonthread.steps.read import read_batch
from commonthread.study import batches, find_study
from commonthread.summary.rows import SummaryTable
from commonthread.summary.written import read_written
from commonthread.tables import read_table
from commonthread.unlisted.returned import returned_names

CODEBOOK = """\
title: Tea
version: "1"
themes:
  - id: tea
    name: Tea
    definition: Talk of tea.
    plain: Tea
    use_when: Somebody speaks of tea.
    not_when: It is coffee.
    examples: [We had tea., Tea came late.]
    near_miss: We had coffee.
    terms: [tea]
"""
_ROOT = Path(__file__).parents[2]
SETTINGS = "config.yaml"
"""The settings of a hostile study lie in it; other studies are run with those of the project."""


@dataclass(frozen=True)
class Outcome:
    """What came of the files of one way in.

    ``read`` and ``refused`` are how many files were that; ``messages`` is all that a person is told,
    ``said`` all that was read.
    """

    read: int
    refused: int
    messages: tuple[str, ...]
    said: str = ""


def take_in(study: Path, place: str, results: Path) -> Outcome:
    """Take the file at a place of a study in; what is written goes into ``results``."""
    first = place.split("/")[0]
    ways: dict[str, Callable[[Path, Path], Outcome]] = {
        "workshops": _workshops,
        "codings": _codings,
        "codebook_proposals": _decisions if place.endswith("/decisions.xlsx") else _proposals,
        "tables": _tables,
        "names": _marks,
        "participants.csv": _people,
        "participants.xlsx": _people,
        "audit": _sample,
        "codebook_history": _history,
    }
    try:
        return ways.get(first, _plan)(study, results)
    except InputProblems as problems:
        return Outcome(0, 1, tuple(map(str, problems.problems)))


def _planned(study: Path, results: Path) -> Plan:
    settings = study / SETTINGS
    return plan_run(
        settings if os.path.lexists(settings) else _ROOT / "config/config.yaml",
        {"study": str(study), "results": str(results), "private": f"{results}-private"},
    )


def _plan(study: Path, results: Path) -> Outcome:
    plan = _planned(study, results)
    codebook = load_codebook(Path(plan.codebook))
    said = [repr(plan.settings), repr(plan.study), *map(repr, codebook.codes), codebook.title]
    return Outcome(1, 0, plan.study.notices, "\n".join(said))


def _workshops(study: Path, results: Path) -> Outcome:
    found = find_study(study)
    read = refused = 0
    messages, said = list(found.notices), []
    for batch, turns, sources in _batches(study, results):
        rows = read_table(sources, "sources").to_dict("records")
        assert len(rows) == len(batches(found.files)[batch])
        for row in rows:
            read += row["status"] == "read"
            refused += row["status"] == "refused"
            if row["status"] == "refused":
                messages.append(str(Problem(row["path"], row["reason"], row["remedy"])))
            messages += [f"{row['path']}: {warning}" for warning in json.loads(row["warnings"])]
        for row in read_table(turns, "raw_turns").to_dict("records"):
            said.append(f"{row['speaker'] or ''}: {row['text']}")
    return Outcome(read, refused, tuple(messages), "\n".join(said))


def _batches(study: Path, results: Path) -> list[tuple[str, Path, Path]]:
    private = results.with_name(f"{results.name}-private")
    made = []
    for batch in batches(find_study(study).files):
        turns, sources = (private / "read" / f"{batch}.{kind}" for kind in ("turns", "sources"))
        reading = Settings().reading.model_dump()
        read_batch(str(study), batch, reading, str(turns), str(sources), lambda *_: None)
        made.append((batch, turns, sources))
    return made


def _people(study: Path, results: Path) -> Outcome:
    private = results.with_name(f"{results.name}-private")
    made = _batches(study, results)
    find_people(
        study=str(study),
        private=str(private),
        turns_files=[str(turns) for _, turns, _ in made],
        sources_files=[str(sources) for _, _, sources in made],
        identifiers=Settings().identifiers.model_dump(),
        limits=Settings().returned.model_dump(),
        names_file=str(private / "names"),
        speakers_file=str(private / "speakers"),
        sources_file=str(private / "sources"),
        list_file=str(private / "participants.csv"),
        participants_file=str(results / "participants"),
        workshops_file=str(results / "workshops"),
    )
    said = read_table(private / "names", "names").to_csv()
    return Outcome(1, 0, (), said)


def _codings(study: Path, results: Path) -> Outcome:
    messages, said = [], []
    files = read_codings(study)
    for file in files:
        if file.refused is not None:
            why = file.refused
            messages.append(str(Problem(f"codings/{file.name}", why.reason, why.remedy)))
        elif file.returned is not None:
            said += [repr(judgement) for judgement in file.returned.judgements]
            messages += [f"codings/{file.name}, {p[0]}: {p[1]}" for p in file.returned.problems]
    refused = sum(file.refused is not None for file in files)
    return Outcome(len(files) - refused, refused, tuple(messages), "\n".join(said))


def _proposals(study: Path, results: Path) -> Outcome:
    messages, said = [], []
    files = read_proposals(study, [load_codebook(study / "codebook.yaml")])
    for file in files:
        name = f"codebook_proposals/{file.name}"
        if file.refused is not None:
            messages.append(str(Problem(name, file.refused.reason, file.refused.remedy)))
        elif file.returned is not None:
            said += [repr(proposal) for proposal in file.returned.proposals]
            messages += [f"{name}, {where}: {what}" for where, what in file.returned.problems]
    refused = sum(file.refused is not None for file in files)
    return Outcome(len(files) - refused, refused, tuple(messages), "\n".join(said))


def _decisions(study: Path, results: Path) -> Outcome:
    decisions, problems = read_decided(study)
    said = "\n".join(map(repr, decisions))
    return Outcome(int(not problems), int(bool(problems)), tuple(map(str, problems)), said)


def _marks(study: Path, results: Path) -> Outcome:
    plan = _planned(study, results)
    returned = returned_names(study / "names", limits_of(plan.settings.returned.model_dump()))
    files = [path for path in (study / "names").rglob("*") if not path.is_dir()]
    refused = len([problem for problem in returned.problems if ", " not in problem.where])
    messages = (*map(str, returned.problems), *returned.notices)
    said = "\n".join(map(repr, returned.listed))
    return Outcome(len(files) - refused, refused, messages, said)


def _tables(study: Path, results: Path) -> Outcome:
    plan = _planned(study, results)
    assert plan.tables_written
    named = TableSettings(id="tea", title="Tea", theme="tea")
    draft = SummaryTable("tea", "Tea", tuple(named.columns), (), "tables/tea.xlsx")
    written, problems = read_written(study, draft)
    said = "\n".join(map(repr, written.rows))
    return Outcome(int(not problems), int(bool(problems)), tuple(map(str, problems)), said)


def _sample(study: Path, results: Path) -> Outcome:
    _planned(study, results)
    return Outcome(1, 0, (), "\n".join(map(repr, read_sample(study))))


def _history(study: Path, results: Path) -> Outcome:
    try:
        return Outcome(1, 0, (), repr(read_history(study)))
    except Unrecorded as reason:
        return Outcome(0, 1, (str(reason),))
