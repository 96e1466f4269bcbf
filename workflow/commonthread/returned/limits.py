"""How large what comes back may be, so that a damaged or hostile file cannot do harm."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from commonthread.settings import LimitSettings


def limits() -> LimitSettings:
    """Give the limits for a file that came back: far more than any pack needs."""
    from commonthread.settings import LimitSettings

    return LimitSettings(file_mb=20, expanded_mb=15, turns=100_000)
