"""Fixtures and settings that all test modules use."""

from __future__ import annotations

import sys
from pathlib import Path

from hypothesis import settings

sys.path.insert(0, str(Path(__file__).parent))

# How long an example takes depends on what else the computer does; the same examples on every run.
settings.register_profile("commonthread", deadline=None, derandomize=True)
settings.load_profile("commonthread")
