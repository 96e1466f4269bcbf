"""How large what comes back may be, so that a damaged or hostile file cannot do harm."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from commonthread.settings import LimitSettings, ReturnedSettings


def limits_of(returned: Mapping[str, Any]) -> LimitSettings:
    """Give the limits for a file that came back, of the settings of the section ``returned``."""
    settings = ReturnedSettings.model_validate(returned)
    return LimitSettings(
        file_mb=settings.file_mb, expanded_mb=settings.expanded_mb, turns=settings.rows
    )


USUAL = limits_of({})
"""Far more than any pack needs."""

REMEDY = (
    "See that it is the right file, or divide it into several; or raise the limit (returned in the "
    "settings)."
)
