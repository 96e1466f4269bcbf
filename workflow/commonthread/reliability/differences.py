"""Where people differ: the disagreements one by one, and which code was taken for which."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pandas as pd

from commonthread.reliability.judged import CodedApart, Mask
from commonthread.reliability.ratings import Counts
from commonthread.reliability.sets import number_rows
from commonthread.tables import as_table


def disagreements(apart: CodedApart) -> pd.DataFrame:
    """List each segment and code on which people who judged the segment differ.

    Comes out: the table ``disagreements``, by source, segment and the codebook's order. A code
    counts where it was applied itself. Machines are not heard.
    """
    last, people = apart.last, list(apart.people)
    judged, applied = last.judged[people], last.applied[people]
    times = applied.sum(axis=0)
    code, segment = np.nonzero((times > 0) & (times < judged.sum(axis=0)))
    order = np.lexsort((code, segment, last.source[segment]))
    code, segment = code[order], segment[order]
    did = applied[:, code, segment]
    did_not = judged[:, segment] & ~did
    names = np.array([last.coders[number] for number in people], dtype=object)
    ids = np.array(last.codes, dtype=object)
    made = {
        "source_id": last.sources[last.source[segment]],
        "segment_id": last.segments[segment],
        "code_id": ids[code],
        "applied_by": _joined(names, did),
        "not_applied_by": _joined(names, did_not),
        "applied": did.sum(axis=0),
        "judged": did.sum(axis=0) + did_not.sum(axis=0),
    }
    return as_table(made, "disagreements")


def _joined(names: np.ndarray, who: Mask) -> np.ndarray:
    """Give for each column of ``who[name, column]`` the names separated by semicolons."""
    number, example = number_rows(who)
    texts = ["; ".join(names[who[:, column]]) for column in example]
    return np.array(texts, dtype=object)[number]


def confusions(apart: CodedApart) -> pd.DataFrame:
    """Count how often one code was taken for another: the table ``confusions``.

    Over each two people and the segments that both judged: one gave the first code and not the
    second where the other gave the second and not the first. Codes count where they were applied
    themselves; pairs are two codes or two aspects, never one of each. Those that were taken for
    each other most often come first, then by the codebook's order. Machines are not heard.
    """
    last = apart.last
    codes = len(last.codes)
    times, people_pairs = np.zeros((2, codes, codes), dtype=np.int64)
    either = np.zeros(codes, dtype=np.int64)
    for one, other in combinations(apart.people, 2):
        units = np.flatnonzero(last.judged[one] & last.judged[other])
        first, second = last.applied[one][:, units], last.applied[other][:, units]
        either += (first | second).sum(axis=1)
        taken = _taken(first & ~second, second & ~first)
        times += taken
        people_pairs += taken > 0
    about = apart.tree.about
    first, second = np.nonzero(np.triu(times, 1) * (about[:, None] == about[None, :]))
    order = np.argsort(-times[first, second], kind="stable")
    first, second = first[order], second[order]
    ids = np.array(last.codes, dtype=object)
    made = {
        "level": np.where(about[first], "code", "aspect").astype(object),
        "code_a": ids[first],
        "code_b": ids[second],
        "times": times[first, second],
        "people_pairs": people_pairs[first, second],
        "either_a": either[first],
        "either_b": either[second],
    }
    return as_table(made, "confusions")


def _taken(first_only: Mask, second_only: Mask) -> Counts:
    """Count for each two codes the segments on which one stands alone with each of the coders."""
    taken = first_only.astype(np.float32) @ second_only.astype(np.float32).T
    counted = np.rint(taken).astype(np.int64)
    return counted + counted.T
