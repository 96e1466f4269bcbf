"""Step: say what another codebook would do to the findings, before anybody uses it."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from commonthread.codebook import Codebook, load_codebook, parse_codebook
from commonthread.coders import Coder
from commonthread.export import write_csv_for_people
from commonthread.judged import ADJUDICATION
from commonthread.other_codebook import compared_with, read_other
from commonthread.packs.draw import excerpts_pack
from commonthread.proposals.table_rows import rows_that_change
from commonthread.refining.changes import changes_table, codebook_changes
from commonthread.refining.comparison import Comparison, RunTables, compare, with_words
from commonthread.report.comparison import (
    NOTHING,
    Compared,
    comparison_page,
    summary,
    write_comparison,
)
from commonthread.settings import Settings
from commonthread.steps.pack_files import write_pack
from commonthread.steps.pack_material import read_material
from commonthread.steps.run_tables import read_run_tables
from commonthread.study import Study, find_study
from commonthread.summary.named import table_problems, tables_named
from commonthread.tables import empty_table, read_table
from commonthread.whole_files import replacing

_TOGETHER = "together"
_SETTLED = "people who settled them together"
_TABLES = ("changed_segments", "changed_counts", "changed_rows", "look_again")


def compare_codebooks(
    files: Mapping[str, Any],
    with_codebook: Any,
    study: str,
    settings: Mapping[str, Any],
    folder: str,
) -> list[str]:
    """Compare the codebook of a run with another one; write a page, tables, and packs to look again.

    ``files`` are the tables as ``read_run_tables`` and ``read_material`` take them, the codebook, and
    ``summary_tables`` as drafted. ``with_codebook`` names an edited codebook file or a git revision.
    ``settings`` are those of the run: language and tables count. Gives sentences. Raises
    ``InputProblems`` if there is no such codebook or it cannot be used.
    """
    out, path = Path(folder), Path(files["codebook"])
    before = load_codebook(path)
    other = read_other(compared_with(with_codebook), path)
    after = parse_codebook(other.data, other.what)
    with replacing(out / "other-codebook.yaml") as temporary:
        temporary.write_bytes(other.data)
    found = find_study(Path(study))
    chosen = Settings.model_validate(settings)
    changes = codebook_changes(before, after)
    compared = Compared(before, after, other.what, changes_table(changes))
    if any(change.kind != "wording" for change in changes):
        compared = _findings(compared, files, chosen, found, out)
    else:
        _without_findings(out)
    write_csv_for_people(compared.changes, out / "codebook_changes.csv")
    page = comparison_page(compared, study=found.title, invented=found.invented)
    write_comparison(page, out / "comparison.html")
    said = summary(compared.changes, compared.comparison)
    where = [] if said == NOTHING else [f"What changes, and for whom: {out / 'comparison.html'}"]
    return [said, *compared.notices, *where]


def _findings(
    compared: Compared, files: Mapping[str, Any], settings: Settings, study: Study, out: Path
) -> Compared:
    """Work out what changes in the findings, and write its tables and packs."""
    before, after = compared.before, compared.after
    run = read_run_tables(files)
    comparison = compare(run, before, after, settings)
    wrong = table_problems(settings.tables, after)
    tables = tables_named([] if wrong else settings.tables, after)
    rows = empty_table("changed_rows")
    if not wrong:
        drafted = read_table(Path(files["summary_tables"]), "summary_tables")
        rows = rows_that_change(run, comparison, before, after, tables, drafted)
    coders = {coder.id: coder for coder in study.coders}
    frames = {
        "changed_segments": with_words(comparison.changed_segments, run),
        "changed_counts": comparison.changed_counts,
        "changed_rows": rows,
        "look_again": comparison.look_again,
    }
    for name in _TABLES:
        write_csv_for_people(frames[name], out / f"{name}.csv")
    return Compared(
        before,
        after,
        compared.other,
        compared.changes,
        run,
        comparison,
        rows,
        _packs(files, run, comparison, after, study, out),
        {**{each: coder.name for each, coder in coders.items()}, ADJUDICATION: _SETTLED},
        [f"With that codebook the settings would not hold: {problem}" for problem in wrong],
    )


def _without_findings(out: Path) -> None:
    """Take away what an earlier comparison left of findings."""
    for name in _TABLES:
        (out / f"{name}.csv").unlink(missing_ok=True)
    shutil.rmtree(out / "look-again", ignore_errors=True)


def _packs(
    files: Mapping[str, Any],
    run: RunTables,
    comparison: Comparison,
    after: Codebook,
    study: Study,
    out: Path,
) -> list[tuple[str, str]]:
    """Write for each coder a pack of what they should look at again; give (whose, address)."""
    shutil.rmtree(out / "look-again", ignore_errors=True)
    coders = {coder.id: coder for coder in study.coders}
    segments = _to_look_at(comparison.look_again, run, coders)
    if not segments:
        return []
    material = read_material(files)
    made = []
    for coder_id, own in segments.items():
        coder = coders.get(coder_id)
        pack = excerpts_pack(material, own, after, study.title, study.invented, coder)
        write_pack(pack, out / "look-again" / coder_id, "coding")
        whose = coder.name if coder else "what was settled together, or by people not listed"
        made.append((whose, f"look-again/{coder_id}/coding.html"))
    return made


def _to_look_at(
    again: pd.DataFrame, run: RunTables, coders: Mapping[str, Coder]
) -> dict[str, set[str]]:
    """Give the segments that each coder should look at again.

    What nobody could have coded so far is for all who judged the segment.
    """
    people = run.codings[run.codings["coder_kind"].isin(["person", "adjudication"])]
    judged = people[["segment_id", "coder_id"]].drop_duplicates()
    new = again[again["coder_id"].isna()][["segment_id"]].drop_duplicates()
    rows = pd.concat(
        [again[again["coder_id"].notna()][["segment_id", "coder_id"]], judged.merge(new)]
    )
    found: dict[str, set[str]] = {}
    for segment_id, coder_id in zip(rows["segment_id"], rows["coder_id"], strict=True):
        key = coder_id if coder_id in coders else _TOGETHER
        found.setdefault(key, set()).add(segment_id)
    return dict(sorted(found.items()))
