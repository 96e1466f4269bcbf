"""Step: say what deserves a look, and end well only if all that people gave was used."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from commonthread.problems import InputProblems, Problem
from commonthread.problems_file import read_problems
from commonthread.release.record import compared, file_hashes, last_release
from commonthread.steps.study_tables import read_all, read_withdrawn
from commonthread.still_held import still_held
from commonthread.tables import read_table
from commonthread.whole_files import replacing


def finish(
    sources_files: Sequence[str],
    tables_file: str,
    codings_file: str,
    proposals_file: str,
    names_file: str,
    unlisted_counts_file: str,
    notices: Sequence[str],
    study: str,
    results: str,
    private: str,
    withdrawn_files: Sequence[Sequence[str]],
    finished_file: str,
) -> list[str]:
    """Give sentences about what deserves a look, and write a file that says that all is well.

    ``tables_file`` has what does not hold in the summary tables that people wrote, ``codings_file``
    what is wrong with files of codings, ``proposals_file`` with those of proposals for the codebook,
    ``names_file`` with those of marks of words; the table ``unlisted_counts`` says how many words wait
    for a person. ``notices`` are what the study folder itself gave cause to say. Where people
    withdrew, files of the study and of the results that still hold their words are named; where the
    public folder was released, it is said whether it is still the same. Raises ``InputProblems`` with all
    of these, and with every file that was refused; everything else has been made by then.
    """
    sources = read_all(sources_files, "sources")
    refused = sources[sources["status"] == "refused"].sort_values("path")
    in_tables = read_problems(Path(tables_file))
    in_codings = read_problems(Path(codings_file))
    in_proposals = read_problems(Path(proposals_file))
    in_names = read_problems(Path(names_file))
    held = still_held(Path(study), Path(results), Path(private), read_withdrawn(withdrawn_files))
    waiting = _waiting(Path(unlisted_counts_file), private)
    left_out = len(refused) > 0 or any("has no files" in notice for notice in notices)
    if left_out or in_tables or in_codings or in_proposals or in_names:
        but = []
        if left_out:
            but.append(f"they leave out {len(refused):,} of {len(sources):,} files")
        if in_tables:
            but.append("not everything in the summary tables that people wrote holds")
        if in_codings:
            but.append("not everything that coders sent back could be used")
        if in_proposals:
            but.append("not everything could be used that came back about the codebook")
        if in_names:
            but.append("not every mark of words that nobody listed could be used")
        files = zip(refused["path"], refused["reason"], refused["remedy"], strict=True)
        raise InputProblems(
            [
                *(Problem(*file) for file in files),
                *(Problem("workshops", notice, "") for notice in notices if left_out),
                *in_tables,
                *in_codings,
                *in_proposals,
                *in_names,
                *held,
                *waiting,
            ],
            heading=f"The results are there, but {'; and '.join(but)}:",
        )
    odd = int((sources["warnings"] != "[]").sum())
    said = [f"Look at: {notice}" for notice in notices]
    said += [str(problem) for problem in [*held, *waiting]]
    if odd:
        said.append(
            f"In {odd:,} of {len(sources):,} files something was odd; the report says what, under "
            '"How this was done".'
        )
    released = last_release(Path(study))
    if released is not None:
        said.append(compared(released, file_hashes(Path(results) / "public")))
    with replacing(Path(finished_file)) as temporary:
        temporary.write_text("Every file was read.\n", encoding="utf-8")
    return said


def _waiting(unlisted_counts: Path, private: str) -> list[Problem]:
    """Say how many words a person should decide about, however a run ends."""
    entries = int(read_table(unlisted_counts, "unlisted_counts")["entries"].sum())
    if not entries:
        return []
    return [
        Problem(
            f"{private}/names-worklist.html",
            f"Words and phrases that nobody listed: {entries:,}.",
            "Please say which of them are names.",
        )
    ]
