"""What the terminal says while the pipeline runs: stages in plain words, instead of job details.

Snakemake loads this by its name, for ``logger: commonthread`` in the profile. Everything that
Snakemake itself has to say still goes to its log file under ``.snakemake/log``.
"""

from __future__ import annotations

import logging
import os
import sys
from pathlib import Path

from snakemake_interface_logger_plugins.base import LogHandlerBase
from snakemake_interface_logger_plugins.common import LogEvent

from commonthread.disk import told_by_others

_NOTHING_TO_DO = "Nothing to be done"
# A step says in its own words why it failed.
_TOLD_BY_STEPS = (
    "Exiting because a job execution failed",
    "At least one job did not complete",
    "CalledProcessError",
    # After a full disk or a kill: what it was about is made again.
    "Ignore corrupted or currently written metadata record",
)


class LogHandler(LogHandlerBase):
    """Prints the ``message`` of each rule once, when its first job starts, and plain errors."""

    def __post_init__(self) -> None:
        """Start with no stage told yet."""
        self._told: set[str] = set()

    @property
    def writes_to_stream(self) -> bool:
        """Whether this takes the place of Snakemake's own lines on the terminal."""
        return True

    @property
    def writes_to_file(self) -> bool:
        """Whether this writes a log file."""
        return False

    @property
    def has_filter(self) -> bool:
        """Whether this decides by itself what to show."""
        return True

    @property
    def has_formatter(self) -> bool:
        """Whether this needs no formatter of Snakemake's for its own lines."""
        return False

    @property
    def needs_rulegraph(self) -> bool:
        """Whether this needs to know how rules depend on each other."""
        return False

    def emit(self, record: logging.LogRecord) -> None:
        """Show one record, if it is for people."""
        text = self._words_for(record)
        if text:
            print(text, file=sys.stderr, flush=True)

    def _words_for(self, record: logging.LogRecord) -> str | None:
        event = getattr(record, "event", None)
        if self.common_settings.dryrun or self.common_settings.verbose:
            return self.format(record)
        if event == LogEvent.JOB_INFO:
            return self._stage(record)
        if event == LogEvent.JOB_ERROR:
            return _stopped(record)
        message = record.getMessage() if record.msg else ""
        if message.startswith(_NOTHING_TO_DO):
            place = os.environ.get("COMMONTHREAD_RESULTS", "place")
            return f"Nothing to be done: the results in {place} are up to date."
        if event in {None, LogEvent.ERROR} and record.levelno >= logging.WARNING:
            told_already = any(words in message for words in _TOLD_BY_STEPS)
            return None if told_already else self._plainly(message)
        return None

    def _plainly(self, message: str) -> str | None:
        """Say what Snakemake could not write as a step would, and only once."""
        problem = told_by_others(message)
        if problem is None:
            return message
        if problem.what in self._told:
            return None
        self._told.add(problem.what)
        return str(problem)

    def _stage(self, record: logging.LogRecord) -> str | None:
        words = getattr(record, "rule_msg", None)
        if not words or words in self._told:
            return None
        self._told.add(words)
        return str(words)


def _stopped(record: logging.LogRecord) -> str | None:
    """Speak up for a step that could not: steps that end by themselves leave words in their log."""
    logs = [Path(log) for log in getattr(record, "log", None) or []]
    # An empty one is enough: on a full disk there is no room for the words, which were said.
    if any(log.is_file() for log in logs):
        return None
    return (
        "A step was stopped from outside, perhaps because the computer ran out of memory. "
        "Run the same command again."
    )
