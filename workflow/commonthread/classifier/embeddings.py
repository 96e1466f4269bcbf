"""Sentence embeddings, an extra: what a model on this machine makes of the words of a segment.

Nothing is fetched, and nothing leaves the machine: the model is a folder that the user names.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from commonthread.problems import InputProblems, Problem

SETTING = "Setting classifier.embeddings"
_PACKAGE = "sentence_transformers"
# The file by which a model of sentence-transformers names its parts.
_PARTS = "modules.json"
# Machines differ in the last digits of what they make of the same words.
_DIGITS = 4
# Else a package asks the network for a newer model, or tells its makers that it is used.
_OFFLINE = ("HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE", "HF_HUB_DISABLE_TELEMETRY")

Vectors = NDArray[np.float32]
Encode = Callable[[Sequence[str]], Any]


def check_model(folder: Path) -> None:
    """Raise InputProblems if there is no model in a folder, or the package for it is missing."""
    if not folder.is_dir():
        raise _wrong(
            f'There is no folder "{folder}".',
            "Write where the folder of the model lies on this machine, or leave the setting empty.",
        )
    if not (folder / _PARTS).is_file():
        raise _wrong(
            f'The folder "{folder}" holds no model of sentence-transformers: it has no {_PARTS}.',
            "Name the folder in which that file lies, or leave the setting empty.",
        )
    if find_spec(_PACKAGE) is None:
        raise _wrong(
            "Sentence embeddings need the package sentence-transformers, which is not installed.",
            'Install it with: pip install ".[embeddings]", or leave the setting empty.',
        )


def load_encoder(folder: Path) -> Encode:
    """Load a model of sentence-transformers from its folder.

    Raises InputProblems as ``check_model`` does, and if the model cannot be loaded.
    """
    check_model(folder)
    os.environ.update(dict.fromkeys(_OFFLINE, "1"))
    from sentence_transformers import SentenceTransformer

    try:
        model = SentenceTransformer(
            str(folder), device="cpu", local_files_only=True, trust_remote_code=False
        )
    except (OSError, ValueError, KeyError, RuntimeError, ImportError):
        raise _wrong(
            f'The model in the folder "{folder}" cannot be loaded.',
            "Put the whole model there anew, or leave the setting empty.",
        ) from None

    def encode(texts: Sequence[str]) -> Any:
        return model.encode(list(texts), show_progress_bar=False, convert_to_numpy=True)

    return encode


def embed(texts: Sequence[str], encode: Encode) -> Vectors:
    """Give texts x dimensions: the direction of each text, of length 1; all 0 for one without words.

    The same words get the same vector, wherever they stand.
    """
    place: dict[str, int] = {}
    of_text = [place.setdefault(text.strip(), len(place)) for text in texts]
    made = np.asarray(encode(list(place)), dtype=np.float64)
    length = np.linalg.norm(made, axis=1, keepdims=True)
    made = np.round(made / np.where(length > 0, length, 1), _DIGITS)
    if "" in place:
        made[place[""]] = 0
    return np.asarray(made[of_text], dtype=np.float32)


def _wrong(what: str, remedy: str) -> InputProblems:
    return InputProblems([Problem(SETTING, what, remedy)])
