"""All coefficients of a comparison, for any number of codes and resamples at once."""

from __future__ import annotations

import numpy as np

from commonthread.reliability import by_coder, coefficients, sets
from commonthread.reliability.coefficients import Coefficient, coefficient, ratio
from commonthread.reliability.comparisons import Comparison
from commonthread.reliability.judged import Judged, Mask
from commonthread.reliability.patterns import Shared
from commonthread.reliability.ratings import MISSING, Floats, Ratings


def of_codes(patterns: Floats, units: Floats, comparison: Comparison) -> dict[str, Coefficient]:
    """Give the coefficients of codes that were applied or not, by name.

    Goes in: the patterns of a tally, and ``units[..., pattern]``, how many units have each. Cohen's
    kappa needs two sides. Precision and recall are a machine's, measured against people.
    """
    ratings = Ratings((False, True), patterns, units)
    found = {
        "percent_agreement": coefficients.percent_agreement(ratings),
        "krippendorff_alpha": coefficients.krippendorff_alpha(ratings),
        "fleiss_kappa": coefficients.fleiss_kappa(ratings),
        "gwet_ac1": coefficients.gwet_ac1(ratings),
        "brennan_prediger": coefficients.brennan_prediger(ratings),
    }
    if comparison.others:
        table = units.reshape(*units.shape[:-1], 2, 2)
        found["cohen_kappa"] = by_coder.cohen_kappa(table)
    if comparison.of_machine:
        cells = by_coder.FourFold(*np.moveaxis(units, -1, 0))
        found["precision"] = by_coder.precision(cells)
        found["recall"] = by_coder.recall(cells)
    return found


def of_sets(
    judged: Judged, codes: Mask, comparison: Comparison, on: Shared, times: Floats
) -> dict[str, tuple[Coefficient, Coefficient]]:
    """Give the coefficients of sets of codes, by name: of all transcripts, and of resamples.

    Goes in: which of the codes make up the sets, and how often each transcript was drawn. The sets
    are of the codes as they were applied themselves.
    """
    coders = list(comparison.coders)
    # Codes x coders x units, then codes x all that the coders gave.
    applied = judged.applied[coders].transpose(1, 0, 2)[codes][:, :, on.units]
    rows = applied.reshape(len(applied), -1)
    number, example = sets.number_rows(rows)
    numbers = number.reshape(len(coders), len(on.units))
    numbers[~judged.judged[coders][:, on.units]] = MISSING
    given = rows[:, example].T
    if comparison.others:
        ones = len(comparison.ones)
        ratings = sets.between(numbers[:ones], numbers[ones:], given, on.place, on.places)
    else:
        ratings = sets.among(numbers, given, on.place, on.places)
    once = np.ones((1, on.places))
    same, units = sets.same_sets(ratings)
    found = {"same_set": (_share(once @ same, once @ units), _share(times @ same, times @ units))}
    kinds: tuple[sets.SetDifference, ...] = ("masi", "jaccard")
    for kind in kinds:
        parts = sets.set_disagreement(ratings, kind)
        found[f"alpha_{kind}"] = sets.set_alpha(parts, once), sets.set_alpha(parts, times)
    return found


def _share(part: Floats, whole: Floats) -> Coefficient:
    value = ratio(part, whole)
    return coefficient(value, value, np.zeros_like(value), (np.isnan(value), coefficients.NO_PAIR))
