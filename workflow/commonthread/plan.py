"""Which study a run is about: its settings, its folders, its batches of files."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from commonthread.audit.sample import sample_fingerprint
from commonthread.codebook import load_codebook
from commonthread.conflicted_copies import conflicted_copies
from commonthread.ordinary_files import is_there
from commonthread.problems import InputProblems, Problem
from commonthread.proposals.folder import FOLDER as PROPOSALS
from commonthread.proposals.folder import folder_fingerprint as proposals_fingerprint
from commonthread.proposals.history import FOLDER as CODEBOOK_HISTORY
from commonthread.returned.folder import folder_fingerprint
from commonthread.settings import Settings, TableSettings, load_settings
from commonthread.strict_yaml import load_yaml
from commonthread.study import Study, batches, files_fingerprint, find_study
from commonthread.summary.folder import FOLDER as SUMMARY_TABLES
from commonthread.summary.folder import fingerprints, people_files
from commonthread.summary.named import table_problems, tables_named
from commonthread.unlisted.returned import folder_fingerprint as names_fingerprint

# Folders of a study into which a run writes: drafts, and what was decided about the codebook.
_WRITTEN_INTO = (SUMMARY_TABLES, PROPOSALS, CODEBOOK_HISTORY)


@dataclass(frozen=True)
class Plan:
    """What a run reads and where it writes.

    ``batches`` gives for each batch of files a hash that changes when one of its files does.
    ``inputs`` are the lists that people keep in the study, as far as they are there. ``tables`` are
    the summary tables, ``tables_files`` the files of them that people wrote, and ``tables_written``
    gives for each table a text that changes when people change it. ``codings`` changes when a file in
    the study's folder of codings does, ``proposals`` when people change one of proposals, ``names``
    when one does with marks of words, ``audit`` when more of its audit sample is drawn. ``writable``
    are the folders that a run writes into as far as it may, so that it does once it may.
    """

    settings: Settings
    study: Study
    results: str
    private: str
    codebook: str
    batches: dict[str, str]
    inputs: list[str]
    tables: list[TableSettings]
    tables_files: list[str]
    tables_written: dict[str, str]
    codings: str
    proposals: str
    names: str
    audit: str
    writable: list[str]


def plan_run(settings_file: Path, overrides: Mapping[str, Any]) -> Plan:
    """Read the settings, look through the study folder, and share its files out over batches.

    ``overrides`` are settings of the command line, nested like the file. Raises ``InputProblems``
    for wrong settings, for a study that is not there or holds nothing, for a codebook that is not
    there, cannot be used, or was edited by two people at once, and for summary tables that it does
    not fit.
    """
    settings = load_settings(settings_file, overrides)
    folder = Path(settings.study)
    if not folder.is_dir():
        raise InputProblems(
            [
                Problem(
                    "study",
                    f"There is no folder {settings.study}.",
                    "Check its name in config/config.yaml or after --config study=.",
                )
            ]
        )
    results = settings.results or f"results/{folder.resolve().name}"
    private = settings.private or f"{results.rstrip('/')}-private"
    _check_apart(folder, results, private)
    study = find_study(folder)
    codebook = _codebook(settings, folder)
    codes = load_codebook(codebook)
    place = _place_of_tables(settings_file, overrides)
    problems = conflicted_copies(codebook) + table_problems(settings.tables, codes, place)
    if problems:
        raise InputProblems(problems)
    tables = tables_named(settings.tables, codes)
    shared = batches(study.files)
    return Plan(
        settings=settings,
        study=study,
        results=results.rstrip("/"),
        private=private.rstrip("/"),
        codebook=str(codebook),
        batches={batch: files_fingerprint(files) for batch, files in shared.items()},
        inputs=[
            str(file)
            for file in (study.participants_file, study.names_file, folder / "workshops.csv")
            if file is not None and file.is_file()
        ],
        tables=tables,
        tables_files=[str(file) for table in tables for file in people_files(folder, table.id)],
        tables_written=fingerprints(folder, [table.id for table in tables]),
        codings=folder_fingerprint(folder),
        proposals=proposals_fingerprint(folder),
        names=names_fingerprint(folder),
        audit=sample_fingerprint(folder),
        writable=[name for name in _WRITTEN_INTO if _may_write(folder / name)],
    )


def _may_write(folder: Path) -> bool:
    """Tell whether files can be written into a folder, or it can be made."""
    return os.access(folder if folder.exists() else folder.parent, os.W_OK | os.X_OK)


def _place_of_tables(settings_file: Path, overrides: Mapping[str, Any]) -> Callable[..., str]:
    """Give what names the place of something in the setting tables: by its line, if it has one."""
    if "tables" in overrides:
        return lambda *keys: "setting tables"
    document = load_yaml(settings_file)
    return lambda *keys: f"{settings_file}, line {document.line('tables', *keys)}"


def _codebook(settings: Settings, folder: Path) -> Path:
    if settings.codebook is None:
        own = folder / "codebook.yaml"
        return own if is_there(own) else Path("config/codebook.yaml")
    named = Path(settings.codebook)
    if not is_there(named):
        raise InputProblems(
            [
                Problem(
                    "codebook",
                    f"There is no file {settings.codebook}.",
                    "Check its name in config/config.yaml or after --config codebook=.",
                )
            ]
        )
    return named


def _check_apart(folder: Path, results: str, private: str) -> None:
    """See that nothing is written into the study, and that the key stays out of the results."""
    study, shared, key = folder.resolve(), Path(results).resolve(), Path(private).resolve()
    problems = []
    if shared == study or study / "workshops" in (shared, *shared.parents):
        problems.append(
            Problem(
                "results",
                "The results would be written among the study's files.",
                "Name another folder with --config results=.",
            )
        )
    if shared == key or shared in key.parents:
        problems.append(
            Problem(
                "private",
                "The key to the pseudonyms would lie in the results, which are shared.",
                "Name a folder outside the results.",
            )
        )
    if problems:
        raise InputProblems(problems)
