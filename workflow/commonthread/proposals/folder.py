"""The study's folder of proposals for the codebook: what came back, under whatever name."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from commonthread.codebook import Codebook
from commonthread.ordinary_files import read_ordinary
from commonthread.problems import Refused
from commonthread.proposals.proposal import ReturnedProposals
from commonthread.proposals.read import read_content
from commonthread.returned.limits import REMEDY, USUAL
from commonthread.returned_files import files_below, files_below_fingerprint, place_in
from commonthread.settings import LimitSettings
from commonthread.summary.folder import fingerprints, people_files, put_drafts

FOLDER = "codebook_proposals"
DECISIONS = "decisions"
_ENDING = ".xlsx"
_DECIDED_ELSEWHERE = Refused(
    "Its name is like that of the workbook with the team's decisions, but not the same.",
    "If it has the decisions that count, save it as decisions.xlsx; else give it another name.",
)


@dataclass(frozen=True)
class ProposalFile:
    """A file that came back: its place in the folder, and what it holds or why it was refused."""

    name: str
    returned: ReturnedProposals | None
    refused: Refused | None


def read_folder(
    study: Path, codebooks: Sequence[Codebook] = (), limits: LimitSettings = USUAL
) -> list[ProposalFile]:
    """Read all that came back, by the order of names; of files that are the same, the first.

    ``codebooks`` are states of the codebook that files may have been made from; files beyond
    ``limits`` are refused. Nothing in there is changed. The team's decisions are not among them.
    """
    folder = study / FOLDER
    files = []
    seen: set[str] = set()
    for path in files_below(folder):
        name = place_in(folder, path)
        if path == decisions_file(study):
            continue
        try:
            if name.lower().startswith(DECISIONS):
                raise _DECIDED_ELSEWHERE
            data = read_ordinary(path, limits.file_mb, REMEDY)
            digest = hashlib.sha256(data).hexdigest()
            if digest not in seen:
                seen.add(digest)
                files.append(
                    ProposalFile(name, read_content(data, path.name, codebooks, limits), None)
                )
        except Refused as refused:
            files.append(ProposalFile(name, None, refused))
        except OSError as error:
            why = Refused(f"It cannot be opened ({error.strerror}).", "See that you may read it.")
            files.append(ProposalFile(name, None, why))
    return files


def decisions_file(study: Path) -> Path:
    """Give the place of the workbook with what the team decided."""
    return study / FOLDER / f"{DECISIONS}{_ENDING}"


def people_decided(study: Path) -> bool:
    """Tell whether a person wrote or changed the workbook of decisions."""
    return decisions_file(study) in people_files(study, DECISIONS, FOLDER)


def put_decisions(study: Path, draft: bytes) -> None:
    """Write or renew the draft of the workbook of decisions, unless a person changed it.

    Raises OSError if the folder cannot be written.
    """
    put_drafts(study / FOLDER, DECISIONS, {_ENDING: draft}, people_decided(study))


def folder_fingerprint(study: Path) -> str:
    """Give a hash that changes when people add, remove or change a file of the folder.

    The draft of the decisions, which the pipeline writes itself, does not count.
    """
    others = files_below_fingerprint(study / FOLDER, without=[decisions_file(study)])
    return f"{others} {fingerprints(study, [DECISIONS], FOLDER)[DECISIONS]}"
