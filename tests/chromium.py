"""Finds the browser that the tests and the pictures use."""

from __future__ import annotations

import shutil


def chromium_path() -> str | None:
    """Give the path of Chromium on this computer, or None if it is not installed."""
    names = ("chromium", "chromium-browser", "google-chrome")
    return next((path for name in names if (path := shutil.which(name))), None)
