"""The pages that people read: one report of a study, and one page that leads to everything.

``inputs`` says what a report is made from. ``overview``, ``themes``, ``power``, ``together``,
``talk``, ``uncoded`` and ``provenance`` each turn it into what one section says; ``charts`` draws,
``wording`` says numbers in words, ``page`` puts it all into one file.
"""

from commonthread.report.index import IndexEntry, write_index
from commonthread.report.inputs import ReportInputs, Run
from commonthread.report.page import write_report

__all__ = ["IndexEntry", "ReportInputs", "Run", "write_index", "write_report"]
