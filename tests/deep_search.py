"""Finds words in everything that a run leaves: pages and their packed parts, documents, tables."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import numpy as np
from pyarrow import parquet

from commonthread.folding import tokens
from commonthread.report.packing import unpacked

_TAGS = re.compile(r"<[^>]*>")
_NO_TEXT = {".png", ".lock"}


def texts_of(file: Path) -> Iterator[str]:
    """Give every text in a file: as it is, and what is packed in it."""
    data = file.read_bytes()
    if file.suffix in _NO_TEXT:
        return
    if file.suffix == ".parquet":
        for row in parquet.read_table(file).to_pylist():
            yield " ".join(str(value) for value in row.values() if value is not None)
    elif data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for name in archive.namelist():
                if name.endswith(".npy"):
                    yield _words_of_array(archive.read(name))
                    continue
                text = archive.read(name).decode("utf-8", "replace")
                yield unescape(_TAGS.sub(" ", text))
                yield unescape(_TAGS.sub("", text))
    elif file.suffix == ".html":
        page, packed = unpacked(data)
        yield unescape(_TAGS.sub(" ", page))
        yield from (part.decode("utf-8", "replace") for part in packed)
    else:
        text = data.decode("utf-8-sig", "replace")
        yield text.replace("\\n", " ").replace('\\"', " ")


def _words_of_array(data: bytes) -> str:
    """Give the texts in an array of a model; of numbers, whose bytes mean no letters, nothing."""
    array = np.load(io.BytesIO(data), allow_pickle=False)
    return " ".join(array.ravel().tolist()) if array.dtype.kind == "U" else ""


def plain(text: str) -> str:
    """Give the words of a text, each between spaces."""
    return f" {' '.join(tokens(text))} "


def files_with(folder: Path, words: list[str]) -> dict[str, list[str]]:
    """Give the files in a folder in which any of some stretches of words stands, and which do."""
    sought = [(each, plain(each)) for each in words]
    found: dict[str, list[str]] = {}
    for file in sorted(folder.rglob("*")):
        if not file.is_file():
            continue
        for text in map(plain, texts_of(file)):
            for each, own in sought:
                if own in text and each not in found.get(str(file.relative_to(folder)), []):
                    found.setdefault(str(file.relative_to(folder)), []).append(each)
    return found
