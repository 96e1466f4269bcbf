"""Sentence embeddings as an extra, with a stand-in for the package: no test needs a model."""

from __future__ import annotations

import dataclasses
import os
import sys
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest

from classifier_fixture import WORDS, made_up
from commonthread.classifier import embeddings
from commonthread.classifier.embeddings import check_model, embed, load_encoder
from commonthread.classifier.study import classify
from commonthread.classifier.verdicts import Rules
from commonthread.problems import InputProblems
from commonthread.settings import ClassifierSettings
from test_classify_step import run

RULES = Rules(target=0.8, certain=0.7)
STAND_IN = """
import os
import numpy as np

class SentenceTransformer:
    def __init__(self, folder, device, local_files_only, trust_remote_code):
        assert device == "cpu" and local_files_only and not trust_remote_code
        assert os.environ["HF_HUB_OFFLINE"] == os.environ["TRANSFORMERS_OFFLINE"] == "1"
        if open(folder + "/modules.json").read() != "[]":
            raise ValueError("no model")

    def encode(self, texts, show_progress_bar, convert_to_numpy):
        return np.array([[len(text), text.count("e"), text.count("a")] for text in texts])
"""


@pytest.fixture
def model(tmp_path: Path) -> Path:
    folder = tmp_path / "small"
    folder.mkdir()
    (folder / "modules.json").write_text("[]")
    return folder


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Put a stand-in where the package would be."""
    for name in ("HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE", "HF_HUB_DISABLE_TELEMETRY"):
        monkeypatch.setenv(name, "0")
    (tmp_path / "packages").mkdir()
    (tmp_path / "packages/sentence_transformers.py").write_text(STAND_IN)
    monkeypatch.syspath_prepend(tmp_path / "packages")
    monkeypatch.delitem(sys.modules, "sentence_transformers", raising=False)
    yield
    sys.modules.pop("sentence_transformers", None)


def told(folder: Path) -> str:
    with pytest.raises(InputProblems) as raised:
        load_encoder(folder)
    (problem,) = raised.value.problems
    assert problem.where == "Setting classifier.embeddings"
    return f"{problem.what} {problem.remedy}"


def test_a_folder_that_is_missing_or_holds_no_model_is_told(tmp_path, package):
    assert "There is no folder" in told(tmp_path / "gone")
    (tmp_path / "empty").mkdir()
    assert "has no modules.json" in told(tmp_path / "empty")


def test_a_model_that_does_not_load_is_told(model, package):
    (model / "modules.json").write_text("broken")
    assert "cannot be loaded" in told(model)


def test_a_missing_package_is_told_with_how_to_install_it(model, monkeypatch):
    monkeypatch.setattr(
        embeddings,
        "find_spec",
        lambda name: None if name == "sentence_transformers" else find_spec(name),
    )
    assert 'pip install ".[embeddings]"' in told(model)


def test_a_model_is_loaded_without_any_network(model, package):
    check_model(model)
    assert os.environ["HF_HUB_OFFLINE"] == "0"
    made = embed(["ea", "a", " ", "ea "], load_encoder(model))
    assert os.environ["HF_HUB_OFFLINE"] == os.environ["HF_HUB_DISABLE_TELEMETRY"] == "1"
    assert made.dtype == np.float32 and made.shape == (4, 3)
    assert made[0] == pytest.approx(np.array([2, 1, 1]) / np.sqrt(6), abs=1e-4)
    assert not made[2].any() and (made[3] == made[0]).all()


def test_the_same_words_are_read_once_and_no_text_is_no_trouble():
    asked = []

    def encode(texts):
        asked.extend(texts)
        return np.ones((len(texts), 2))

    assert embed(["one", "two", "one"], encode).shape == (3, 2)
    assert asked == ["one", "two"]
    assert len(embed([], lambda texts: np.zeros((0, 2)))) == 0


def test_it_learns_from_embeddings_what_words_do_not_tell(tmp_path):
    material = made_up(tmp_path)
    silent = dataclasses.replace(
        material,
        texts=["mumble"] * len(material.texts),
        codings=material.codings[material.codings["coder_kind"] != "dictionary"],
    )

    def kappa(given):
        codes = classify(given, RULES).classifier_codes.set_index("code_id")
        return codes["kappa"].fillna(0)["payment"]

    meant = [any(word in text for word in WORDS["payment"]) for text in material.texts]
    sees = np.random.default_rng(1).normal(0, 0.1, (len(meant), 4)) + 1
    sees[:, 0] += 2 * np.array(meant)
    assert kappa(silent) < 0.1
    assert kappa(dataclasses.replace(silent, vectors=embed_rows(sees))) > 0.8


def embed_rows(rows):
    return embed([str(n) for n in range(len(rows))], lambda texts: rows[[int(t) for t in texts]])


def test_the_step_uses_the_model_and_is_the_same_each_time(tmp_path, model, package):
    settings = ClassifierSettings(embeddings=str(model)).model_dump()
    files = {}
    for name, own in (
        ("plain", ClassifierSettings().model_dump()),
        ("one", settings),
        ("two", settings),
    ):
        (tmp_path / name).mkdir()
        run(made_up(tmp_path / name), tmp_path / name, own)
        files[name] = (tmp_path / name / "out/model.skops").read_bytes()
    assert files["one"] == files["two"] != files["plain"]


def test_the_step_says_that_the_folder_is_missing_even_where_it_learns_nothing(tmp_path):
    material = made_up(tmp_path)
    material = dataclasses.replace(
        material, codings=material.codings[material.codings["coder_kind"] == "dictionary"]
    )
    settings = ClassifierSettings(embeddings=str(tmp_path / "gone")).model_dump()
    with pytest.raises(InputProblems, match="There is no folder"):
        run(material, tmp_path, settings)
