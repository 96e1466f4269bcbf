"""Worked examples of agreement between coders, with the answers that were published.

Each unit is a word, each coder a letter or figure of it, in the order of the coders; a full stop is
a missing rating. "irrCAC" are figures that its version 0.4.4 prints for Gwet's data.
"""

from __future__ import annotations

from dataclasses import dataclass

Rows = list[list[str | int | None]]


def rows(units: str) -> Rows:
    """Give units x coders."""
    return [
        [None if sign == "." else int(sign) if sign.isdigit() else sign for sign in unit]
        for unit in units.split()
    ]


# Krippendorff 2004, Content Analysis, 2nd edition, page 230; the same data in Gwet 2014.
FOUR_OBSERVERS = rows("11.1 2232 3333 3333 2222 1234 4444 1121 2222 .555 ..11 ..3.")
# Hayes and Krippendorff 2007, Answering the call for a standard reliability measure, page 84.
HAYES = rows(
    "112.2 1101. 2333. .00.0 000.0 000.0 102.1 1.20. 222.2 2111. .100. 0000. 1222. 33223 111.1"
    " 111.1 212.2 1233. 1101. 000.0 0011. 00.00 2333. 0000. 12.22 0111. 00010 1212. 1122. 112.2"
    " 110.0 2121. 22.22 3222. 222.2 223.2 222.2 22.12 2222. 111.1"
)
# Gwet 2014, Handbook of Inter-Rater Reliability, 4th edition.
FIVE_OBSERVERS = HAYES[:15]
BEN_AND_GERRY = rows("ab aa bb bb db cc cc cc ee d. dd ad")
# Fleiss 1971, Measuring nominal scale agreement among many raters, page 379.
FLEISS = rows(
    "444444 222555 233335 555555 222444 113333 333355 113334 114444 555555 144444 124444 222333"
    " 144444 224445 333335 111455 111112 224444 133555 555555 244444 224555 114444 144445 222224"
    " 111155 224444 133333 555555"
)
# Krippendorff 1980, Content Analysis, 1st edition, page 133; 2nd edition 2004, page 227.
KRIPPENDORFF_1980 = rows("00 11 01 00 00 01 00 01 10 00")
KRIPPENDORFF_2004 = rows("aa ab bb bb bb bb bc cc cc cc cc cc")
# The example of the article on Krippendorff's alpha in Wikipedia.
WIKIPEDIA = rows(".1. ... .22 .11 .33 334 444 13. 2.2 1.1 1.1 3.3 3.3 ... 3.4")


@dataclass(frozen=True)
class Figure:
    """A coefficient as published: value, observed and expected agreement, standard error."""

    rows: Rows
    coefficient: str
    value: float
    observed: float
    expected: float
    error: float


# Gwet's figures with their standard errors (irrCAC); alpha's agreement is given in Gwet's form.
GWET = [
    Figure(FOUR_OBSERVERS, "gwet_ac1", 0.775444, 0.818182, 0.190321, 0.14295),
    Figure(FOUR_OBSERVERS, "fleiss_kappa", 0.761169, 0.818182, 0.238715, 0.153019),
    Figure(FOUR_OBSERVERS, "brennan_prediger", 0.772727, 0.818182, 0.2, 0.144717),
    Figure(FOUR_OBSERVERS, "krippendorff_alpha", 0.743421, 0.805, 0.24, 0.145574),
    Figure(FOUR_OBSERVERS, "conger_kappa", 0.762817, 0.818182, 0.233425, 0.149168),
    Figure(FIVE_OBSERVERS, "gwet_ac1", 0.496622, 0.615556, 0.236271, 0.121973),
    Figure(FIVE_OBSERVERS, "fleiss_kappa", 0.457622, 0.615556, 0.291188, 0.12045),
    Figure(FIVE_OBSERVERS, "brennan_prediger", 0.487407, 0.615556, 0.25, 0.120892),
    Figure(FIVE_OBSERVERS, "krippendorff_alpha", 0.48053, 0.627229, 0.282402, 0.113508),
    Figure(FIVE_OBSERVERS, "conger_kappa", 0.469274, 0.615556, 0.275625, 0.116663),
    Figure(BEN_AND_GERRY, "gwet_ac1", 0.661442, 0.727273, 0.194444, 0.183962),
    Figure(BEN_AND_GERRY, "fleiss_kappa", 0.649351, 0.727273, 0.222222, 0.191296),
    Figure(BEN_AND_GERRY, "brennan_prediger", 0.659091, 0.727273, 0.2, 0.185272),
    Figure(BEN_AND_GERRY, "krippendorff_alpha", 0.664894, 0.739669, 0.22314, 0.180071),
    Figure(BEN_AND_GERRY, "conger_kappa", 0.657143, 0.727273, 0.204545, 0.17943),
]

# Ratings, kind of difference, alpha as published, and how exactly.
ALPHAS = [
    (FOUR_OBSERVERS, "nominal", 0.743421052632, 1e-9),
    (FOUR_OBSERVERS, "ordinal", 0.815387503755, 1e-9),
    (FOUR_OBSERVERS, "interval", 0.849107142857, 1e-9),
    (FOUR_OBSERVERS, "ratio", 0.797402774712, 1e-9),
    (HAYES, "nominal", 0.47651, 1e-5),
    (HAYES, "ordinal", 0.7598, 1e-4),
    (HAYES, "interval", 0.757378, 1e-6),
    (WIKIPEDIA, "nominal", 0.691358, 1e-6),
    (WIKIPEDIA, "interval", 0.810845, 1e-6),
    (KRIPPENDORFF_1980, "nominal", 0.095, 5e-4),
    (KRIPPENDORFF_2004, "nominal", 0.734, 5e-4),
    # A unit with a single rating must not change the answer.
    (rows("YNN YN. ..N"), "nominal", -1 / 3, 1e-9),
]

Table = list[list[int]]

# Two coders' tables. Gwet 2014: three abstractors' classes; Gwet 2008; Cohen 1960, page 45; Artstein
# and Poesio 2008, page 558; Brennan and Prediger 1981, page 689; Krippendorff 2004, page 246.
ABSTRACTORS = [[13, 0, 0], [0, 20, 7], [0, 4, 56]]
COHEN = [[88, 14, 18], [10, 40, 10], [2, 6, 12]]
ARTSTEIN = [[20, 10], [20, 50]]
BRENNAN = [[50, 0, 0], [10, 10, 10], [20, 0, 0]]
KRIPPENDORFF_PARADOX = [[12, 9, 9], [9, 14, 9], [9, 9, 20]]
# Table, coefficient, and what was published of it; None where nothing was.
TABLES: list[tuple[Table, str, float, float | None, float | None]] = [
    (ABSTRACTORS, "cohen_kappa", 0.79641, 0.89, 0.4597),
    (ABSTRACTORS, "fleiss_kappa", 0.79624, 0.89, None),
    (ABSTRACTORS, "gwet_ac1", 0.84933, 0.89, 0.26992),
    (ABSTRACTORS, "brennan_prediger", 0.835, 0.89, 0.33333),
    (ABSTRACTORS, "krippendorff_alpha", 0.79726, None, None),
    (ABSTRACTORS, "percent_agreement", 0.89, 0.89, None),
    ([[8, 1], [0, 1]], "gwet_ac1", 0.8658, 0.9, 0.255),
    ([[8, 1], [0, 1]], "fleiss_kappa", 0.6078, 0.9, None),
    ([[80, 7], [8, 5]], "gwet_ac1", 0.808, 0.85, 0.21875),
    (COHEN, "gwet_ac1", 0.576, 0.7, 0.2925),
    (COHEN, "cohen_kappa", 0.492, 0.7, 0.41),
    (ARTSTEIN, "brennan_prediger", 0.4, 0.7, 0.5),
    (ARTSTEIN, "fleiss_kappa", 0.341, 0.7, 0.545),
    (ARTSTEIN, "cohen_kappa", 0.348, 0.7, 0.54),
    (BRENNAN, "cohen_kappa", 0.27, 0.6, 0.45),
    (BRENNAN, "brennan_prediger", 0.4, 0.6, 1 / 3),
    (KRIPPENDORFF_PARADOX, "brennan_prediger", 0.19, 0.46, 1 / 3),
    (KRIPPENDORFF_PARADOX, "fleiss_kappa", 0.186, 0.46, None),
    (KRIPPENDORFF_PARADOX, "cohen_kappa", 0.186, 0.46, None),
    ([[3, 1], [2, 34]], "cohen_kappa", 0.625, None, None),
]
# Standard errors for the abstractors' table (irrCAC, by formulas for tables).
TABLE_ERRORS = {
    "conger_kappa": 0.05891,
    "fleiss_kappa": 0.05905,
    "gwet_ac1": 0.04322,
    "brennan_prediger": 0.04693,
    "krippendorff_alpha": 0.05905,
    "percent_agreement": 0.03129,
}

# Sets of codes: the letters of a word; "-" is the empty set. The answers were computed directly from
# the definitions of Krippendorff and of Passonneau 2006.
SETS = [
    [set(given) - {"-"} for given in unit.split("/")]
    for unit in ["-/-", "A/-", "A/A", "A/B", "AB/A", "AB/AC", "ABC/ABC", "C/AC", "C/AC"]
]
SET_FIGURES = {
    # Alpha, observed and expected disagreement.
    "masi": (0.27308066083576266, 0.54320987654321, 0.747276688453159),
    "jaccard": (0.3156199677938808, 0.462962962962963, 0.6764705882352942),
}
# Two sets, their Jaccard difference and their MASI difference.
SET_PAIRS = [
    ("AB", "AB", 0, 0),
    ("AB", "ABCD", 1 / 2, 2 / 3),
    ("A", "AB", 1 / 2, 2 / 3),
    ("AB", "BC", 2 / 3, 8 / 9),
    ("A", "B", 1, 1),
    ("", "", 0, 0),
    ("", "A", 1, 1),
]
