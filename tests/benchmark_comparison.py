"""Measures how long it takes to say what a changed codebook does to the findings of a run.

    python tests/benchmark_comparison.py STUDY RESULTS

STUDY is the folder of a study, RESULTS that of a run of it with the codebook in use. One word is
added to the first terms in the codebook. The time is told as a ratio to the plain spaCy script, of
the same moment and on the same core; what comes out is held against coding everything anew.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

import pandas as pd

from benchmark import ROOT, TWO_CORES, add_term, plain_script, tell, timed
from commonthread.codebook import load_codebook
from commonthread.dictionary import CODER, code_sources
from commonthread.refining.comparison import Comparison, RunTables, compare
from commonthread.settings import Settings
from commonthread.steps.study_tables import read_all
from commonthread.tables import read_table


def main(study: Path, results: Path) -> None:
    """Print how long both take, and whether the comparison is what a full run gives."""
    own = study / "codebook.yaml"
    codebook = own if own.is_file() else ROOT / "config/codebook.yaml"
    with tempfile.TemporaryDirectory(prefix="commonthread-benchmark-") as name:
        changed = Path(name) / "codebook.yaml"
        changed.write_bytes(codebook.read_bytes())
        add_term(changed)
        plain = plain_script(study)
        print(f"{'a plain spaCy script':<44}{plain:7.1f} s")
        command = [sys.executable, __file__, str(codebook), str(changed), str(results)]
        tell("the comparison after one word is added", timed(command, TWO_CORES[:1]), plain, 3)
        same = [sys.executable, __file__, str(codebook), str(codebook), str(results)]
        tell("the comparison with nothing changed", timed(same, TWO_CORES[:1]), plain, None)
        check(codebook, changed, results)


def compared(before: Path, after: Path, results: Path) -> Comparison:
    """Read the tables of a run and compare."""
    run = RunTables(
        **{name: tables(results, name) for name in ("segments", "turns", "replacements")},
        codings=tables(results, "codings"),
        **{
            name: read_table(results / f"steps/{name}.parquet", name)
            for name in ("participants", "workshops")
        },
    )
    return compare(run, load_codebook(before), load_codebook(after), Settings())


def tables(results: Path, name: str) -> pd.DataFrame:
    """Read a table of all batches of a run."""
    return read_all([str(file) for file in sorted((results / "steps" / name).glob("*"))], name)


def check(before: Path, after: Path, results: Path) -> None:
    """See that coding everything anew gives the same codings."""
    made = compared(before, after, results)
    sources = tables(results, "sources")
    begin = time.perf_counter()
    full = code_sources(
        tables(results, "turns"),
        sources[sources["status"] == "read"],
        tables(results, "replacements"),
        load_codebook(after),
        Settings(),
    )
    print(f"{'coding everything anew':<44}{time.perf_counter() - begin:7.1f} s")
    codings = made.codings_after[made.codings_after["coder_kind"] == CODER]
    pd.testing.assert_frame_equal(codings.reset_index(drop=True), full.codings)
    print(
        f"the same {len(codings):,} codings; segments that change: {len(made.changed_segments):,}"
    )


if __name__ == "__main__":
    paths = [Path(given) for given in sys.argv[1:]]
    if len(paths) == 3:
        compared(*paths)
    else:
        main(*paths)
