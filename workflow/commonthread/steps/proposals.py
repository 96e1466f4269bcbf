"""Step: gather what people propose for the codebook, and what the team decided."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from commonthread.codebook import Codebook, parse_codebook
from commonthread.export import write_csv_for_people
from commonthread.problems_file import write_problems
from commonthread.proposals.apply import Applied, apply_proposals
from commonthread.proposals.conflicts import conflicts
from commonthread.proposals.decisions import Decision
from commonthread.proposals.decisions_workbook import read_decided, write_decisions
from commonthread.proposals.effect import Effect
from commonthread.proposals.effects import effects, touches_findings
from commonthread.proposals.folder import FOLDER, decisions_file, put_decisions, read_folder
from commonthread.proposals.gathered import effective, named, proposals_table
from commonthread.proposals.history import History, Unrecorded, newest_workshop, read_history
from commonthread.proposals.proposal import Proposal
from commonthread.proposals.recording import Now, kept_codebooks, record, recorded_decisions
from commonthread.proposals.standing import check, standing
from commonthread.report.proposals import proposals_page, write_proposals
from commonthread.report.wording import count
from commonthread.returned.limits import limits_of
from commonthread.settings import Settings
from commonthread.steps.run_tables import read_run_tables
from commonthread.summary.named import table_problems
from commonthread.tables import read_table, write_table
from commonthread.whole_files import replacing

if TYPE_CHECKING:
    import pandas as pd

_READY = "codebook-proposed.yaml"


def gather_proposals(
    files: Mapping[str, Any],
    study: str,
    title: str,
    invented: bool,
    settings: Mapping[str, Any],
    table_file: str,
    folder: str,
    problems_file: str,
) -> list[str]:
    """Gather proposals and decisions; write the page for the team meeting and all that goes with it.

    ``files`` are the tables of a study as for ``read_study_tables``, with ``replacements``.
    ``settings`` are those of the run: language, tables and returned count. Writes the table ``proposals``, and
    into ``folder`` it as CSV, the page, a fresh workbook of decisions, and the ready codebook with
    what was accepted; into the study the codebook's history, and a draft of the decisions where
    nobody has decided yet. What is wrong with files goes into ``problems_file``, with which the run
    ends. Gives sentences. Raises ``InputProblems`` for a codebook that cannot be used.
    """
    place, out = Path(study), Path(folder)
    data = Path(files["codebook"]).read_bytes()
    codebook = parse_codebook(data, str(files["codebook"]))
    history, notices = _history(place)
    chosen = Settings.model_validate(settings)
    limits = limits_of(chosen.returned.model_dump())
    returned = read_folder(place, [codebook, *kept_codebooks(place, history)], limits)
    proposals, problems = named(returned)
    read, wrong = read_decided(place, limits)
    decisions = recorded_decisions(history) | {each.proposal_id: each for each in read}
    made, by_hand = effective(proposals, decisions)
    done = _effects(data, _open(made, decisions, codebook), files, chosen)
    table = proposals_table(proposals, decisions, codebook, done)
    applied = apply_proposals(
        data,
        {key: each for key, each in made.items() if _agreed(decisions, key) and key not in by_hand},
        str(out / _READY),
    )
    workshops = read_table(Path(files["workshops"]), "workshops")
    now = Now(data, codebook, date.today().isoformat(), _newest(workshops))
    if not notices:
        history, notices = record(place, history, now, table, made, decisions=not wrong)
    draft = write_decisions(table, list(decisions.values()), title)
    notices += _put_draft(place, draft, bool(proposals))
    notices += _tables_that_break(chosen, applied)
    write_table(table, "proposals", Path(table_file))
    write_csv_for_people(table, out / "proposals.csv")
    with replacing(out / "decisions.xlsx") as temporary:
        temporary.write_bytes(draft)
    _write_ready(applied, out / _READY)
    write_proposals(
        proposals_page(
            table,
            conflicts(_open(made, decisions, codebook), codebook),
            [*by_hand.items(), *applied.by_hand],
            history,
            study=title,
            invented=invented,
            ready=applied.codebook.version if applied.codebook else "",
            decisions_place=str(decisions_file(place)),
            problems=[*problems, *wrong],
            notices=notices,
        ),
        out / "proposals.html",
    )
    write_problems([*problems, *wrong], Path(problems_file))
    return [*_said(table, applied, out), *notices]


def _newest(workshops: pd.DataFrame) -> str:
    return newest_workshop(zip(workshops["workshop"], workshops["date"], strict=True))


def _history(study: Path) -> tuple[History, list[str]]:
    try:
        return read_history(study), []
    except Unrecorded as reason:
        return History(), [str(reason)]


def _agreed(decisions: Mapping[str, Decision], proposal_id: str) -> bool:
    return proposal_id in decisions and decisions[proposal_id].outcome in ("accepted", "changed")


def _open(
    made: Mapping[str, Proposal], decisions: Mapping[str, Decision], codebook: Codebook
) -> dict[str, Proposal]:
    """Give the proposals that are not declined and can still be made, with the ids of today."""
    found = {}
    for proposal_id, proposal in made.items():
        declined = proposal_id in decisions and decisions[proposal_id].outcome == "declined"
        if not declined and standing(proposal, codebook)[0] == "can be made":
            found[proposal_id] = check(proposal, codebook)
    return found


def _effects(
    data: bytes, proposals: Mapping[str, Proposal], files: Mapping[str, Any], settings: Settings
) -> dict[str, Effect]:
    """Work out what proposals would do to the findings; tables are read only if that is asked."""
    if not any(map(touches_findings, proposals.values())):
        return {}
    return effects(data, proposals, read_run_tables(files), settings)


def _put_draft(study: Path, draft: bytes, wanted: bool) -> list[str]:
    """Write the draft of the decisions into the study, if there is anything to decide."""
    if not wanted:
        return []
    try:
        put_decisions(study, draft)
    except OSError as error:
        return [
            f"Nothing can be written into {study / FOLDER} ({error.strerror}). The workbook for"
            " decisions is in the results: copy it there."
        ]
    return []


def _tables_that_break(settings: Settings, applied: Applied) -> list[str]:
    """Say which tables of the settings the ready codebook does not have the codes for."""
    if applied.codebook is None:
        return []
    return [
        f"With the ready codebook the settings will not hold: {problem}"
        for problem in table_problems(settings.tables, applied.codebook)
    ]


def _write_ready(applied: Applied, path: Path) -> None:
    """Write the ready codebook; one of an earlier run goes away where there is none."""
    if applied.data is None:
        path.unlink(missing_ok=True)
        return
    with replacing(path) as temporary:
        temporary.write_bytes(applied.data)


def _said(table: pd.DataFrame, applied: Applied, out: Path) -> list[str]:
    if table.empty:
        return []
    undecided = int(((table["decision"] == "open") & (table["standing"] == "can be made")).sum())
    said = [
        f"Proposals and comments for the codebook: {len(table):,}; to decide: {undecided:,}."
        f" See {out / 'proposals.html'}"
    ]
    if applied.data is not None:
        said.append(f"A ready codebook with {count(len(applied.made), 'proposal')}: {out / _READY}")
    return said
