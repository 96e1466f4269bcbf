"""What stands behind a segment's id: the words, the workshop, who spoke, and their consent."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

import numpy as np

from commonthread.coded import NO_ROLE
from commonthread.quotes import SegmentTexts

if TYPE_CHECKING:
    import pandas as pd

NONE, PARAPHRASE, VERBATIM, WITH_ROLE = "none", "paraphrase", "verbatim", "verbatim with role"
NOTES = "notes"


class Evidence:
    """The segments of a study with what may be done with their words.

    Goes in: the tables of these names. A segment's *consent* is that of its speaker (none,
    paraphrase, verbatim, verbatim with role; none where nobody knows the speaker or has written
    the consent down), or "notes": notes have no speaker and may be quoted. ``withdrawn`` are the ids
    of segments that there were until their speaker withdrew.
    """

    def __init__(
        self,
        segments: pd.DataFrame,
        turns: pd.DataFrame,
        participants: pd.DataFrame,
        workshops: pd.DataFrame,
        withdrawn: Collection[str] = (),
    ) -> None:
        self.withdrawn = frozenset(withdrawn)
        self.ids = segments["segment_id"].to_numpy(dtype=object)
        self._at = {segment_id: row for row, segment_id in enumerate(self.ids.tolist())}
        self._texts = SegmentTexts(segments, turns)
        speaker = segments["participant_id"].where(segments["kind"] == "talk")
        self._speaker = speaker.to_numpy(dtype=object)
        listed = participants.set_index("participant_id")
        consent = speaker.map(listed["consent"]).fillna(NONE).replace("", NONE)
        self.consent = np.where(segments["kind"] == "talk", consent, NOTES).astype(object)
        self._role = speaker.map(listed["role"]).fillna(NO_ROLE).to_numpy(dtype=object)
        self._workshop = segments["workshop_id"].to_numpy(dtype=object)
        named = zip(workshops["workshop_id"], workshops["workshop"], workshops["date"], strict=True)
        self._workshops = {
            workshop: (str(title or workshop), str(date or "")) for workshop, title, date in named
        }

    def __contains__(self, segment_id: str) -> bool:
        return segment_id in self._at

    @property
    def quotable(self) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
        """Whether the words of each segment may be quoted as they were said."""
        return np.isin(self.consent, [VERBATIM, WITH_ROLE, NOTES])

    def row(self, segment_id: str) -> int:
        """Give the row of a segment in the table of segments."""
        return self._at[segment_id]

    def text(self, segment_id: str) -> str:
        """Give the words of a segment."""
        return self._texts[self._at[segment_id]]

    def consent_of(self, segment_id: str) -> str:
        """Give the consent of a segment."""
        return str(self.consent[self._at[segment_id]])

    def speaker(self, segment_id: str) -> str:
        """Give the pseudonym of who spoke; empty for notes and unknown speakers."""
        name = self._speaker[self._at[segment_id]]
        return name if isinstance(name, str) else ""

    def role(self, segment_id: str) -> str:
        """Give the role of who spoke in words, whatever the consent: for the team's own lists."""
        if self.consent_of(segment_id) == NOTES:
            return NOTES
        if not self.speaker(segment_id):
            return "speaker not known"
        role = str(self._role[self._at[segment_id]])
        return "role not given" if role in (NO_ROLE, "") else role

    def workshop_id(self, segment_id: str) -> str:
        """Give the id of the workshop in which a segment was said."""
        return str(self._workshop[self._at[segment_id]])

    def workshop(self, segment_id: str) -> tuple[str, str]:
        """Give the title and the date (empty if not given) of a segment's workshop."""
        name = self.workshop_id(segment_id)
        return self._workshops.get(name, (name, ""))

    def source_of_quote(self, segment_id: str, paraphrase: bool = False) -> str:
        """Say whose words a quote gives, as far as the speaker agreed: "role, workshop".

        The role stands there for notes and for speakers who agreed to be quoted with it.
        """
        title = self.workshop(segment_id)[0]
        parts = ["paraphrase"] if paraphrase else []
        if self.consent_of(segment_id) in (NOTES, WITH_ROLE):
            parts.append(self.role(segment_id))
        return ", ".join([*parts, title])
