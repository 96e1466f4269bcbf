"""What may be shown of a segment in what leaves the team, as its speaker agreed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

VERBATIM = ("verbatim", "verbatim with role")


def may_quote(kind: str, consent: str | None) -> bool:
    """Say whether a segment's words may be shown.

    Goes in: ``kind``, talk or notes, and what the speaker agreed to (``participants.consent``;
    None or empty where nothing is recorded, as for a speaker whom nobody knows). Notes have no
    speaker, and may be shown.
    """
    return kind == "notes" or consent in VERBATIM


def may_publish(kind: str, consent: str | None) -> bool:
    """Say whether a segment's words may go out: only what somebody said who agreed to it.

    Notes may hold anybody's words, and nobody could be asked.
    """
    return kind == "talk" and consent in VERBATIM


def may_name_role(consent: str | None, quoted: bool) -> bool:
    """Say whether the role of a speaker may stand beside the segment.

    Beside their words only if they agreed to that. Where the words are not shown the role may
    stand, since it says no more than that somebody of this role spoke.
    """
    return not quoted or consent == "verbatim with role"


class WithoutPseudonyms:
    """Takes pseudonyms out of quotes: one that stands there leads from one quote to the next."""

    def __init__(self, roles: Mapping[str, str]) -> None:
        """Take the role of each pseudonym; an empty one stands for no role."""
        self._roles = dict(roles)
        longest = sorted((name for name in roles if name), key=len, reverse=True)
        either = "|".join(map(re.escape, longest))
        self._pattern = re.compile(rf"(?<!\w)(?:{either})(?!\w)") if longest else None

    def __call__(self, text: str) -> str:
        """Give the text with each pseudonym replaced: "[a researcher]"."""
        if self._pattern is None:
            return text
        return self._pattern.sub(
            lambda found: f"[{with_article(self._roles[found[0]]) or 'a person'}]", text
        )


def with_article(role: str) -> str:
    """Give a role as it stands in a sentence: "a researcher", "an advocate", "a PPI lead"."""
    if not role:
        return ""
    small = role[:1].lower() + role[1:] if role[1:] == role[1:].lower() else role
    return f"{'an' if small[0] in 'aeiouAEIO' else 'a'} {small}"


def consents(participants: Any) -> dict[str, str]:
    """Give what each person of the table ``participants`` agreed to; empty where nothing is."""
    given: Iterable[tuple[str, Any]] = zip(
        participants["participant_id"], participants["consent"], strict=True
    )
    return {name: consent if isinstance(consent, str) else "" for name, consent in given}
