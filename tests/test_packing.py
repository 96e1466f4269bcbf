from __future__ import annotations

import gzip
import html
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonthread.report.packing import encode, escape, pack
from made_up_talk import talk
from report_fixture import WORDS


def unescape(data: bytes) -> bytes:
    first, *others = data.split(b"=")
    return first + b"".join(bytes([each[0] - 64]) + each[1:] for each in others)


@given(st.binary())
def test_escaped_bytes_are_safe_in_a_script_and_come_back(data: bytes) -> None:
    written = escape(data)

    assert not set(written) & set(b"\0\n\r<")
    assert unescape(written) == data


def test_escaping_costs_about_two_per_cent() -> None:
    every = bytes(range(256)) * 100
    assert len(escape(every)) < 1.02 * len(every)


def test_packing_gives_the_same_bytes_each_time() -> None:
    assert pack(b"kettle" * 9) == pack(b"kettle" * 9)
    assert gzip.decompress(pack(b"kettle")) == b"kettle"


def test_talk_for_measuring_packs_like_talk() -> None:
    made = talk(WORDS)
    rng = random.Random(1)
    turns = (
        " ".join(rng.choices(made.pieces, cum_weights=made.weights, k=rng.randint(6, 42)))
        for _ in range(5000)
    )
    text = "\n".join(turns).encode()

    assert 0.34 < len(pack(text)) / len(text) < 0.4  # That of thirty real meetings took 0.34.


@given(st.text(st.characters(min_codepoint=0xA0, codec="utf-8")))
def test_a_page_is_ascii_but_for_what_is_packed(words: str) -> None:
    text = html.escape(words)
    made = encode(f"<body><p>{text}</p></body>\n", {"a": b"\xff<=", "b": b""})
    head, _, rest = made.partition(b"<script")

    assert html.unescape(head.decode("ascii")) == html.unescape(f"<body><p>{text}</p>")
    assert rest == (
        b' type="application/octet-stream" id="a">\xff=|=}</script>\n'
        b'<script type="application/octet-stream" id="b"></script>\n</body>\n'
    )


@pytest.mark.parametrize("element", ["<script>'é'</script>", "<style>/* é */</style>"])
def test_scripts_and_styles_have_to_be_ascii(element: str) -> None:
    with pytest.raises(UnicodeEncodeError):
        encode(f"<body>{element}</body>", {})
