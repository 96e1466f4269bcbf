"""The classifier at work on a study: from the tables of a run to codings, a worklist and a card."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from commonthread.classifier.calibration import likeliest_cut
from commonthread.classifier.card import figures, roles_table, sources_with, speakers_roles
from commonthread.classifier.embeddings import Vectors
from commonthread.classifier.evidence import Evidence, Span
from commonthread.classifier.features import Hits, make_features, nearness, no_hits, tokens
from commonthread.classifier.learnable import why_not
from commonthread.classifier.learning import Learned, Model, foresee, learn
from commonthread.classifier.lessons import Lessons, lessons_of
from commonthread.classifier.verdicts import Rules, most_specific, verdict
from commonthread.codebook import Codebook
from commonthread.coded import Counts, Mask
from commonthread.tables import as_table, empty_table

CODER = "classifier"
# However sure it is, it is a machine that guesses.
_NEVER_SURER = 0.99
# People are shown so many places of a code: more than anybody reads at one time.
MOST_OFFERED = 200
# So many segments are taken apart at a time, to keep memory small.
_AT_A_TIME = 5_000

# A code point after the end of any text.
_FAR = 1_000_000_000

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Material:
    """What the classifier works on.

    The table ``segments``, in its order the words of each segment (``texts``) without the names
    that were replaced, the codings of the dictionary and of people, undecided, the table
    ``participants``, and the codebook. ``kept_apart`` are segments that nothing may be learned from,
    ``without_pack`` those that people judged outside any pack, chosen nobody knows how. Words are
    needed only where something can be learned, and so are their sentence embeddings, ``vectors``,
    if the settings ask for them.
    """

    segments: pd.DataFrame
    texts: Sequence[str]
    codings: pd.DataFrame
    participants: pd.DataFrame
    codebook: Codebook
    kept_apart: Collection[str] = ()
    without_pack: Collection[str] = ()
    vectors: Vectors | None = None

    @property
    def above(self) -> dict[str, tuple[str, ...]]:
        """For each code, the codes that it stands under."""
        return {
            code.id: tuple(each.id for each in self.codebook.ancestors(code.id))
            for code in self.codebook.codes
        }

    def hits(self) -> Hits:
        """Say what the dictionary found in each segment, of each code."""
        own = self.codings[self.codings["coder_kind"] == "dictionary"]
        row = pd.Index(self.segments["segment_id"]).get_indexer(pd.Index(own["segment_id"]))
        column = pd.Index(list(self.above)).get_indexer(pd.Index(own["code_id"]))
        known = (row >= 0) & (column >= 0)
        places = [_terms_and_first(each) for each in own["evidence"][known]]
        terms, first = np.array(places, dtype=np.int64).reshape(-1, 2).T
        start = self.segments["start"].to_numpy(dtype=np.int64)[row[known]]
        found = no_hits(len(self.segments), len(self.above))
        found.terms[row[known], column[known]] = terms
        found.near[row[known], column[known]] = nearness(first - start)
        return found

    def vectors_of(self, rows: Counts | slice) -> Vectors | None:
        """Give the sentence embeddings of some segments, if there are any."""
        return None if self.vectors is None else self.vectors[rows]

    @property
    def can_teach(self) -> bool:
        """Whether people decided enough for any code to be learned."""
        return not all(why_not(self.lessons()))

    def lessons(self) -> Lessons:
        """Gather what people decided."""
        return lessons_of(
            self.segments,
            self.codings,
            self.above,
            kept_apart=self.kept_apart,
            chosen=self.without_pack,
        )


def _terms_and_first(evidence: str) -> tuple[int, int]:
    """Count different terms, and give where the first stands: where none is told, one, far away."""
    own = json.loads(evidence or "[]")
    terms = {each["term"] for each in own}
    return max(len(terms), 1), min((each["start"] for each in own), default=_FAR)


@dataclass(frozen=True)
class Classified:
    """The tables of these names, and the model; None if nothing could be learned.

    ``codings`` are of all segments: of those that it learned from, what it says of each was learned
    from other sources only.
    """

    codings: pd.DataFrame
    to_look_at: pd.DataFrame
    classifier_codes: pd.DataFrame
    classifier_roles: pd.DataFrame
    model: Model | None


def classify(material: Material, rules: Rules) -> Classified:
    """Learn from people's codings, and code the study's segments."""
    lessons = material.lessons()
    reasons = why_not(lessons)
    can = [code for code, reason in zip(lessons.codes, reasons, strict=True) if not reason]
    if not can:
        return Classified(
            codings=empty_table("codings"),
            to_look_at=empty_table("to_look_at"),
            classifier_codes=_codes_table(material.codebook, lessons, reasons, {}),
            classifier_roles=empty_table("classifier_roles"),
            model=None,
        )
    hits = material.hits()
    texts = [material.texts[row] for row in lessons.row.tolist()]
    learned = learn(
        lessons,
        can,
        texts,
        hits[lessons.row],
        list(material.above),
        rules.target,
        material.vectors_of(lessons.row),
    )
    return _Coding(material, rules, lessons, reasons, learned, hits).done()


class _Coding:
    """Applies what was learned."""

    def __init__(
        self,
        material: Material,
        rules: Rules,
        lessons: Lessons,
        reasons: Sequence[str],
        learned: Learned,
        hits: Hits,
    ) -> None:
        self._material, self._rules, self._lessons = material, rules, lessons
        self._reasons, self._learned, self._hits = reasons, learned, hits
        self._codes = learned.model.codes
        people = material.codings["coder_kind"].isin(["person", "adjudication"])
        judged = set(material.codings["segment_id"][people])
        self._open = ~material.segments["segment_id"].isin(judged).to_numpy(dtype=bool)
        self._sure = self._probabilities()
        unseen = self._sure[self._open] if self._open.any() else learned.probability
        self._cuts = np.array([likeliest_cut(column) for column in unseen.T])
        self._guesses = [self._agreeing(column) for column in range(len(self._codes))]
        to_apply = (self._sure[self._open] >= rules.target).sum(axis=0).tolist()
        self._verdicts = {
            code: verdict(certificate, guess["kappa"], rules, number, bool(lessons.drawn.any()))
            for code, certificate, guess, number in zip(
                self._codes, learned.certificates, self._guesses, to_apply, strict=True
            )
        }

    def _probabilities(self) -> Floats:
        """Say of all segments how sure it is: of lessons, by what other sources taught."""
        sure = np.zeros((len(self._material.segments), len(self._codes)))
        for low in range(0, len(sure), _AT_A_TIME):
            part = slice(low, low + _AT_A_TIME)
            found = tokens(self._material.texts[part])
            vectors = self._material.vectors_of(part)
            sure[part] = foresee(self._learned.model, found, self._hits[part], vectors)
        sure[self._lessons.row] = self._learned.probability
        return sure

    def _agreeing(self, column: int) -> dict[str, Any]:
        """Say how its best guesses of a code agree with people."""
        has = self._lessons.has[:, self._lessons.codes.index(self._codes[column])]
        return figures(self._learned.probability[:, column] >= self._cuts[column], has)

    def done(self) -> Classified:
        """Make the tables."""
        standing = np.array([self._verdicts[code].standing for code in self._codes])
        applied = (self._sure >= self._rules.target) & (standing == "applied")
        guessed = (self._sure >= self._cuts) & (standing != "not learned")
        offered = self._surest(guessed & ~applied & self._open[:, None])
        codings = self._rows(applied)
        offers = self._rows(offered).merge(
            pd.DataFrame(
                {
                    "code_id": list(self._verdicts),
                    "standing": [each.standing for each in self._verdicts.values()],
                }
            ),
            on="code_id",
        )
        offers["dictionary"] = self._found_by_dictionary(offers)
        offers = offers.sort_values(
            ["confidence", "segment_id", "code_id"], ascending=[False, True, True]
        )
        return Classified(
            codings=as_table(codings, "codings"),
            to_look_at=as_table(offers[list(empty_table("to_look_at"))], "to_look_at"),
            classifier_codes=_codes_table(
                self._material.codebook, self._lessons, self._reasons, self._told(applied, offers)
            ),
            classifier_roles=self._roles(),
            model=self._learned.model,
        )

    def _surest(self, offered: Mask) -> Mask:
        """Keep of each code the places of which it is surest."""
        kept = np.zeros(offered.shape, dtype=bool)
        for column in range(offered.shape[1]):
            rows = np.flatnonzero(offered[:, column])
            order = np.argsort(-self._sure[rows, column], kind="stable")[:MOST_OFFERED]
            kept[rows[order], column] = True
        return kept

    def _rows(self, given: Mask) -> pd.DataFrame:
        """Give the rows of codings, without a code above another one of the same segment."""
        above = self._material.above
        ids = self._material.segments["segment_id"].tolist()
        rows = np.flatnonzero(given.any(axis=1))
        at = {code: column for column, code in enumerate(self._codes)}
        made: list[dict[str, Any]] = []
        for row, words in zip(rows.tolist(), self._evidence(rows, given), strict=True):
            codes = [self._codes[column] for column in np.flatnonzero(given[row]).tolist()]
            made += [
                {
                    "segment_id": ids[row],
                    "code_id": code,
                    "coder_id": CODER,
                    "coder_kind": CODER,
                    "confidence": round(min(float(self._sure[row, at[code]]), _NEVER_SURER), 4),
                    "evidence": words[code],
                    "date": "",
                    "memo": "",
                }
                for code in most_specific(codes, above)
            ]
        return as_table(made, "codings")

    def _evidence(self, rows: NDArray[np.int64], given: Mask) -> Iterator[dict[str, str]]:
        """Give for each row, by code, the words that spoke for it, as JSON."""
        model = self._learned.model
        start = self._material.segments["start"].tolist()
        found_at = self._dictionary_places()
        for low in range(0, len(rows), _AT_A_TIME):
            part = rows[low : low + _AT_A_TIME]
            texts = [self._material.texts[row] for row in part.tolist()]
            found = tokens(texts)
            vectors = self._material.vectors_of(part)
            features = make_features(found, self._hits[part], model.vocabulary, vectors)
            evidence = Evidence(found, model.vocabulary)
            for text, row in enumerate(part.tolist()):
                own = features[text]
                values = dict(zip(own.indices.tolist(), own.data.tolist(), strict=True))
                shift = start[row]
                places = {
                    code: [(low - shift, high - shift) for low, high in spans]
                    for code, spans in found_at.get(row, {}).items()
                }
                yield {
                    self._codes[column]: json.dumps(
                        [
                            {
                                "term": texts[text][word.start : word.end],
                                "start": word.start + shift,
                                "end": word.end + shift,
                            }
                            for word in evidence.words(text, values, model.weights[column], places)
                        ],
                        ensure_ascii=False,
                    )
                    for column in np.flatnonzero(given[row]).tolist()
                }

    def _dictionary_places(self) -> dict[int, dict[int, list[Span]]]:
        """Give by row and number of the code where in the source the dictionary found it."""
        row_of = {name: row for row, name in enumerate(self._material.segments["segment_id"])}
        number = {code: column for column, code in enumerate(self._material.above)}
        codings = self._material.codings
        own = codings[codings["coder_kind"] == "dictionary"]
        places: dict[int, dict[int, list[Span]]] = {}
        for segment, code, evidence in zip(
            own["segment_id"], own["code_id"], own["evidence"], strict=True
        ):
            if segment in row_of and code in number and evidence:
                spans = [(each["start"], each["end"]) for each in json.loads(evidence)]
                places.setdefault(row_of[segment], {})[number[code]] = spans
        return places

    def _found_by_dictionary(self, offers: pd.DataFrame) -> list[bool]:
        row = pd.Index(self._material.segments["segment_id"]).get_indexer(
            pd.Index(offers["segment_id"])
        )
        column = pd.Index(list(self._material.above)).get_indexer(pd.Index(offers["code_id"]))
        return [bool(self._hits.terms[r, c] > 0) for r, c in zip(row, column, strict=True)]

    def _told(self, applied: Mask, offers: pd.DataFrame) -> Mapping[str, Mapping[str, Any]]:
        """Say of each learned code how well it does, and what was done with it."""
        lessons, learned = self._lessons, self._learned
        offered = offers["code_id"].value_counts()
        told = {}
        for column, code in enumerate(self._codes):
            has = lessons.has[:, lessons.codes.index(code)]
            by_dictionary = self._with_below(code)[lessons.row]
            certificate = learned.certificates[column]
            guess = self._guesses[column]
            told[code] = {
                "standing": self._verdicts[code].standing,
                "reason": self._verdicts[code].reason,
                "guessed": guess["guessed"],
                "both": guess["both"],
                "kappa": guess["kappa"],
                "dictionary_kappa": figures(by_dictionary, has)["kappa"],
                "sure": certificate.applied,
                "sure_right": certificate.right,
                "precision": _number(certificate.precision),
                "at_least": _number(certificate.at_least),
                "recall": certificate.right / int(has.sum()),
                "applied": int((applied[:, column] & self._open).sum()),
                "offered": int(offered.get(code, 0)),
            }
        return told

    def _with_below(self, code: str) -> Mask:
        columns = [
            column
            for column, (each, above) in enumerate(self._material.above.items())
            if each == code or code in above
        ]
        return np.asarray((self._hits.terms[:, columns] > 0).any(axis=1))

    def _roles(self) -> pd.DataFrame:
        lessons = self._lessons
        return roles_table(
            self._learned.probability >= self._cuts,
            lessons.has[:, [lessons.codes.index(code) for code in self._codes]],
            lessons,
            self._material.segments,
            speakers_roles(self._material.segments, self._material.participants),
        )


def _number(value: float) -> float | None:
    return None if np.isnan(value) else value


def _codes_table(
    codebook: Codebook,
    lessons: Lessons,
    reasons: Sequence[str],
    told: Mapping[str, Mapping[str, Any]],
) -> pd.DataFrame:
    """Put together the table classifier_codes: a row for each code of the codebook."""
    unlearned = dict.fromkeys(
        (
            *("guessed", "both", "kappa", "dictionary_kappa"),
            *("sure", "sure_right", "precision", "at_least", "recall"),
        )
    )
    rows = []
    for column, (code, reason, sources) in enumerate(
        zip(codebook.codes, reasons, sources_with(lessons.has, lessons.source), strict=True)
    ):
        rows.append(
            {
                "dimension": code.dimension,
                "code_id": code.id,
                "name": code.name,
                "judged": len(lessons.row),
                "given": int(lessons.has[:, column].sum()),
                "sources": sources,
                "standing": "not learned",
                "reason": reason,
                **unlearned,
                "applied": 0,
                "offered": 0,
                **told.get(code.id, {}),
            }
        )
    counts = ["guessed", "both", "sure", "sure_right"]
    frame = pd.DataFrame(rows).astype(dict.fromkeys(counts, "Int64"))
    return as_table(frame, "classifier_codes")
