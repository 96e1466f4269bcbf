"""How workshops and roles differ in corrected shares, with intervals and the words that fit them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from commonthread.audit.checked import Audited
from commonthread.audit.shares import ENDS, OF_CODE, DrawnCounts, bound_only
from commonthread.tables import as_table

MORE = "clearly more"
LESS = "clearly less"
UNCLEAR = "no clear difference"


def corrected_differences(study: Audited, drawn: Sequence[DrawnCounts]) -> pd.DataFrame:
    """Compare each workshop, and each role, with all others together: corrected_differences.

    Only groups of which shares can be given are among the others.
    """
    places = study.coded.places
    names: Mapping[str, tuple[str, ...]] = {
        "workshop": places.workshop_ids,
        "role": places.roles,
    }
    rows = [
        row
        for each in drawn
        if each.domains.kind in names
        for row in _differences(study, each, names[each.domains.kind])
    ]
    return as_table(rows, "corrected_differences")


def _differences(
    study: Audited, drawn: DrawnCounts, names: tuple[str, ...]
) -> list[dict[str, Any]]:
    """Compare each group with all others of its kind together, draw by draw."""
    known = np.array([not reason for reason in drawn.reasons], dtype=bool)
    kind, only = drawn.domains.kind, bound_only(study)
    rows = []
    for number, name in enumerate(names):
        others = known & (np.arange(len(names)) != number)
        alone = "" if others.any() else "There is no other to compare it with."
        whole = drawn.reasons[number] or alone
        own = drawn.counts[..., number] / max(drawn.of[number], 1)
        other = drawn.counts[..., others].sum(axis=-1) / max(drawn.of[others].sum(), 1)
        difference = own - other
        low, high = np.quantile(difference, ENDS, axis=0)
        for at, code in enumerate(study.coded.codes):
            reason = whole or only[at]
            rows.append(
                {
                    **{column: getattr(code, field) for column, field in OF_CODE.items()},
                    "group": kind,
                    "workshop_id": name if kind == "workshop" else None,
                    "role": name if kind == "role" else None,
                    "share": _unless(reason, own[:, at].mean()),
                    "other_share": _unless(reason, other[:, at].mean()),
                    "difference": _unless(reason, difference[:, at].mean()),
                    "low": _unless(reason, low[at]),
                    "high": _unless(reason, high[at]),
                    "verdict": "" if reason else _verdict(low[at], high[at]),
                    "reason": reason,
                }
            )
    return rows


def _unless(reason: str, value: float) -> float:
    return float("nan") if reason else float(value)


def _verdict(low: float, high: float) -> str:
    """Say in words what an interval of a difference allows to say."""
    return MORE if low > 0 else LESS if high < 0 else UNCLEAR
