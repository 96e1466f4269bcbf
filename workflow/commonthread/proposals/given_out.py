"""What a codebook said when it was given out, so that what was edited since can be told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from commonthread.codebook import ID, Codebook
from commonthread.packs.docx_form import shown
from commonthread.packs.labels import code_labels, code_numbers
from commonthread.proposals.code_texts import field_text as text_of
from commonthread.proposals.code_texts import same_text, shown_lines, written_text
from commonthread.proposals.proposal import FIELDS
from commonthread.returned.written import KnownCodes

# What the files say that they were made for.
PURPOSE = "proposals for the codebook"


@dataclass(frozen=True)
class GivenCode:
    """A code as it was given out: id, number, label, and the texts of FIELDS, of lists a line each.

    ``texts`` is empty where only the list of codes came back.
    """

    id: str
    number: str
    label: str
    texts: Mapping[str, str]

    def edited(self, texts: Mapping[str, str]) -> dict[str, str]:
        """Give the fields whose texts, as they now stand in a file, are others than given out.

        ``texts`` are by field as shown, patterns apart from other terms; what is not there was not
        edited. What comes out is by FIELDS, of lists an entry a line.
        """
        now = {field: written_text(field, text) for field, text in texts.items()}
        given = {field: self._as_shown(field) for field in FIELDS if field in self.texts}
        if "terms" in given:
            patterns = self._as_shown("patterns")
            if now.keys() & {"terms", "patterns"}:
                now["terms"] = _joined(
                    now.get("terms", given["terms"]), now.get("patterns", patterns)
                )
            given["terms"] = _joined(given["terms"], patterns)
        return {
            field: now[field]
            for field in FIELDS
            if field in given and field in now and not same_text(field, given[field], now[field])
        }

    def _as_shown(self, field: str) -> str:
        lines = shown_lines(field, self.texts)
        return written_text(field, "\n".join(shown(line) for line in lines))


def _joined(words: str, patterns: str) -> str:
    return "\n".join(part for part in (words, patterns) if part)


@dataclass(frozen=True)
class GivenOut:
    """A codebook as it was given out."""

    codes: tuple[GivenCode, ...] = ()

    def numbered(self, number: str) -> GivenCode | None:
        """Give the code of a number, whatever was written around it; None if there is none."""
        number = number.strip(" .:").casefold()
        return next((code for code in self.codes if code.number.casefold() == number), None)

    def with_id(self, code_id: str) -> GivenCode | None:
        """Give the code with an id; None if there is none."""
        return next((code for code in self.codes if code.id == code_id), None)

    def known(self) -> KnownCodes:
        """Give what people may call the codes, to understand what they wrote."""
        listed = [(code.number, code.label, code.id) for code in self.codes]
        # A name with a comma is found after its number, too.
        both = [("", f"{code.number} {code.label}", code.id) for code in self.codes]
        return KnownCodes([*listed, *both])


def given_out(codebook: Codebook) -> GivenOut:
    """Give a codebook as it is given out."""
    labels, numbers = code_labels(codebook), code_numbers(codebook)
    return GivenOut(
        tuple(
            GivenCode(
                code.id,
                numbers[code.id],
                labels[code.id],
                {field: text_of(code, field) for field in FIELDS},
            )
            for code in codebook.codes
        )
    )


def recalled(
    recorded: GivenOut, listed: GivenOut, sha256: str, codebooks: Sequence[Codebook]
) -> GivenOut:
    """Give what a file was given out with: its own record, or else a codebook of its fingerprint.

    ``listed`` is the file's list of codes, without texts, which is given if nothing else is there.
    """
    if recorded.codes:
        return recorded
    for codebook in codebooks:
        if sha256 and codebook.sha256 == sha256:
            return given_out(codebook)
    return listed


def usable_id(code_id: str) -> bool:
    """Tell whether a text can be the id of a code."""
    return ID.fullmatch(code_id) is not None
