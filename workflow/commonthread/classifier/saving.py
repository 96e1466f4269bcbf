"""Keeps a model in a file, with skops: reading it never runs code that stands in it."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import numpy as np

from commonthread.classifier.calibration import Calibration
from commonthread.classifier.features import Vocabulary
from commonthread.classifier.learning import Model
from commonthread.whole_files import replacing

# The day that stands in the file, so that the same model gives the same bytes.
_ALWAYS = (1980, 1, 1, 0, 0, 0)
_DESCRIPTION = "schema.json"
_ID = re.compile(r'"__id__": (\d+)')


def save_model(model: Model, path: Path) -> None:
    """Write a model: same model, same bytes; moved into place when it is whole.

    The file holds the words of segments that people judged, as features.
    """
    from skops.io import dumps

    vocabulary = model.vocabulary
    plain = {
        "words": np.array(vocabulary.words, dtype=str),
        "pairs": np.array(vocabulary.pairs, dtype=str).reshape(-1, 2),
        "pieces": np.array(vocabulary.pieces, dtype=str),
        "dictionary": np.array(vocabulary.codes, dtype=str),
        "feature_weights": vocabulary.weight,
        "opening": vocabulary.opening,
        "codes": np.array(model.codes, dtype=str),
        "weights": model.weights,
        "constants": model.constants,
        "calibrations": np.array([[each.slope, each.constant] for each in model.calibrations]),
    }
    with replacing(path) as temporary:
        temporary.write_bytes(_the_same_on_each_run(dumps(plain)))


def _the_same_on_each_run(written: bytes) -> bytes:
    """Take out of a file of skops what differs from run to run: dates, and ids of objects.

    Objects go by where they lay in memory, in the description and in the names of the parts; they
    are numbered anew in the order in which the description names them.
    """
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(written)) as old,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        described = old.read(_DESCRIPTION).decode()
        number: dict[str, str] = {}
        for found in _ID.findall(described):
            number.setdefault(found, str(len(number) + 1))
        pattern = re.compile(rf"(?<![0-9])(?:{'|'.join(number)})(?![0-9])")

        def renumbered(text: str) -> str:
            return pattern.sub(lambda match: number[match[0]], text)

        names = {name: renumbered(name) for name in old.namelist()}
        for name in sorted(names, key=lambda name: (len(names[name]), names[name])):
            content = old.read(name)
            if name == _DESCRIPTION:
                content = renumbered(described).encode()
            new.writestr(zipfile.ZipInfo(names[name], _ALWAYS), content, zipfile.ZIP_DEFLATED)
    return made.getvalue()


def load_model(path: Path) -> Model:
    """Read a model that ``save_model`` wrote."""
    from skops.io import load

    plain = load(path)
    return Model(
        vocabulary=Vocabulary(
            words=tuple(plain["words"].tolist()),
            pairs=tuple((first, second) for first, second in plain["pairs"].tolist()),
            pieces=tuple(plain["pieces"].tolist()),
            codes=tuple(plain["dictionary"].tolist()),
            weight=plain["feature_weights"],
            opening=plain["opening"],
        ),
        codes=tuple(plain["codes"].tolist()),
        weights=plain["weights"],
        constants=plain["constants"],
        calibrations=tuple(
            Calibration(slope, constant) for slope, constant in plain["calibrations"].tolist()
        ),
    )
