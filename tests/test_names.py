"""Replacing names in text."""

from __future__ import annotations

import time
import unicodedata

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commonthread.folding import fold, tokens
from commonthread.name_forms import forms
from commonthread.name_search import Claim
from commonthread.names import (
    Replacer,
    make_replacer,
    pseudonymise,
    replace_names,
    replace_names_in_path,
)
from commonthread.tables import as_table
from commonthread.word_use import common_in_capitals, word_use

PEOPLE = {
    "Public contributor 1": ("Sarah Jones", ("Sal", "SJ")),
    "Public contributor 2": ("José Núñez", ()),
    "Public contributor 3": ("Mary-Ann O'Neill", ()),
    "Researcher 1": ("Will Young", ()),
    "Researcher 2": ("Mark de la Cruz", ()),
    "Researcher 3": ("王小明", ()),
    "Researcher 4": ("Sarah B. Okafor", ()),
    "Researcher 5": ("Иван Петров", ()),
    "Researcher 6": ("May Long", ()),
    "Practitioner 1": ("Grace", ()),
    "Practitioner 2": ("Ed Tang", ()),
    "Practitioner 3": ("g11tech", ()),
    "Practitioner 4": ("Don Reid", ()),
}


def claims(people: dict[str, tuple[str, tuple[str, ...]]], listed: bool = True) -> list[Claim]:
    return [
        Claim(form.text, who, form.part, form.rule, listed, not common_in_capitals(form.text))
        for who, (name, others) in people.items()
        for form in forms(name, others, listed)
    ]


SPEAKS = {
    "source:one": frozenset({"Public contributor 1"}),
    "workshop:w": frozenset({"Public contributor 1", "Researcher 4"}),
    "workshop:v": frozenset({"Researcher 4"}),
}
REPLACER = Replacer(claims(PEOPLE), SPEAKS)


def new(text: str, **where: str) -> str:
    return replace_names(text, REPLACER, **where)[0]


JOSE = "Public contributor 2"


@pytest.mark.parametrize("name", ["ZQ | Acme Works", "Zq @ Acme Works", "bo / Acme Works"])
def test_a_short_name_with_an_affiliation_is_replaced_as_people_are_addressed(name: str) -> None:
    replacer = Replacer(claims({"Person 7": (name, ())}, listed=False), {})
    assert replace_names(f"@{name} which do you mean?", replacer)[0].startswith("@Person 7")
    assert "Zq" not in replace_names(f"I agree with {name}.", replacer)[0]


@pytest.mark.parametrize(
    "form",
    [
        "José", "Jose", "JOSÉ", "josé", "JOSE", "Jose\u0301", "JOSE\u0301", "Jo\u200bsé",
        "\ufeffJosé", "Ｊｏｓé", "José Núñez", "jose nunez", "Jose\u0301 Nun\u0303ez", "José-Núñez",
        "JoséNúñez", "Núñez", "Nunez", "José\u00a0Núñez", "José  Núñez", "Núñez, José", "Mr Nunez",
        "Jo\u00adsé", "José_Núñez", "José\nNúñez", "José A. Núñez", "Dr. José Núñez",
    ],
)  # fmt: skip
def test_every_form_is_replaced(form: str) -> None:
    invisible = "\ufeff" if form.startswith("\ufeff") else ""
    assert new(f"and {form} said so") == f"and {invisible}{JOSE} said so"
    assert new(form) == invisible + JOSE


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Sal's idea", "Public contributor 1's idea"),
        ("Sal\u2019s idea", "Public contributor 1\u2019s idea"),
        ("the Joneses", "the Joneses"),
        ("Okafors' idea", "Researcher 4's idea"),
        ("Okafors\u2019 idea", "Researcher 4's idea"),
        ("NUÑEZ'S idea", "Public contributor 2'S idea"),
        ("Sal'll do it", "Public contributor 1'll do it"),
        ("Mary Ann and MaryAnn", "Public contributor 3 and Public contributor 3"),
        ("mary-ann o\u2019neill", "Public contributor 3"),
        ("Ms O'Neill, ONeill", "Public contributor 3, Public contributor 3"),
        ("Mr de la Cruz and Mark Cruz", "Researcher 2 and Researcher 2"),
        ("我和王小明说", "我和Researcher 3说"),
        ("我和Okafor说", "我和Researcher 4说"),
        ("с Иваном, Иван ПЕТРОВ", "с Иваном, Researcher 5"),
        ("Okafor2 and Okafor_3", "Researcher 4-2 and Researcher 4_3"),
        ("Okafor\u200bsaid", "Researcher 4\u200bsaid"),
        ("@grace thanks grace, g11tech", "@Practitioner 1 thanks Practitioner 1, Practitioner 3"),
        ("SJ knows, sj does not", "Public contributor 1 knows, sj does not"),
        ("I saw Okafor. Jones came", "I saw Researcher 4. Public contributor 1 came"),
        ("Okafor, Okafor!", "Researcher 4, Researcher 4!"),
    ],
)
def test_forms_in_sentences(text: str, wanted: str) -> None:
    assert new(text) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "Will you come? May I? Mark my words. Long ago. Young people will.",
        "We may mark the long road with grace; will you?",
        "In May we met, and on 3 May, May 2020. A young man. The Long Road.",
        "I don't know. Don't, don\u2019t, don\u00b4t. Tangle, educated, markedly, planned.",
        "the mark of a will, AI and ED, in-May-be, Grace-like",
        "Jonesing for marketing, salt and sale. Joseph and Josefina.",
        "", " ", "\x1f", "e\u0301cole \U0001f469\u200d\u2695\ufe0f \u1100\u1161",
    ],
)  # fmt: skip
def test_words_that_are_no_names_stay(text: str) -> None:
    assert replace_names(text, REPLACER) == (text, [])


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("I think Will can.", "I think Researcher 1 can."),
        ("Will said no.", "Researcher 1 said no."),
        ("So, Will, can you?", "So, Researcher 1, can you?"),
        ("Will, can you?", "Researcher 1, can you?"),
        ("Mr Young said", "Researcher 1 said"),
        ("Mark I think you did", "Researcher 2 I think you did"),
        ("Grace brought it. Grace's.", "Practitioner 1 brought it. Practitioner 1's."),
        ("we asked May about it", "we asked Researcher 6 about it"),
        ("Will Young will", "Researcher 1 will"),
        ("Ed knows. Ed!", "Practitioner 2 knows. Practitioner 2!"),
    ],
)
def test_names_that_are_words_are_replaced_where_they_are_names(text: str, wanted: str) -> None:
    assert new(text) == wanted


def test_who_is_meant_by_a_shared_name() -> None:
    assert new("ask Sarah", source_id="one", workshop_id="w") == "ask Public contributor 1"
    assert new("ask Sarah", source_id="two", workshop_id="v") == "ask Researcher 4"
    assert new("ask Sarah", source_id="two", workshop_id="w") == "ask [name]"
    assert new("Sarah's idea") == "[name]'s idea"
    assert new("ask Sarah Okafor") == "ask Researcher 4"
    assert new("ask Sarah J Jones") == "ask Public contributor 1"


def test_file_names() -> None:
    path = "workshops/Sarah's group/Interview-with-Sarah-Jones_v2.txt"
    assert replace_names_in_path(path, REPLACER, "one", "w") == (
        "workshops/Public contributor 1's group/Interview-with-Public contributor 1_v2.txt"
    )


UNLISTED = Replacer(
    claims(
        {
            "Participant 1": ("Question", ()),
            "Participant 2": ("Audrey Ng", ()),
            "Participant 3": ("Hospital staff", ()),
            "Participant 4": ("China", ()),
            "Participant 5": ("RA", ()),
            "Participant 6": ("note taking is what we did in the end", ()),
            "Participant 7": ("Felix Green", ()),
            "Participant 8": ("nixo", ()),
            "Participant 9": ("Kalo | Obol", ()),
            "Participant 10": ("stokes", ()),
        },
        listed=False,
    ),
    {"workshop:w": frozenset(f"Participant {i}" for i in range(1, 11))},
)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Question: is it a question? Question is, does", None),
        ("Ask hospital staff in China, said RA. Staff and notes.", None),
        ("the Green Party and City Green", None),
        ("Audrey, audrey and AUDREY", "Participant 2, Participant 2 and Participant 2"),
        (
            "Nixo and nixo, Kalo from Obol",
            "Participant 8 and Participant 8, Participant 9 from Obol",
        ),
        ("I met Felix and Mr Green", "I met Participant 7 and Participant 7"),
    ],
)
def test_labels_that_nobody_listed(text: str, wanted: str | None) -> None:
    made = replace_names(text, UNLISTED, workshop_id="w")[0]
    assert made == (text if wanted is None else wanted)


def test_a_name_alone_may_be_a_public_figure_s() -> None:
    """Of people who are in no list, only those who speak in the workshop are meant."""
    assert replace_names("Prime minister Green", UNLISTED, workshop_id="v")[0] == (
        "Prime minister [name]"
    )
    assert replace_names("Felix Green", UNLISTED, workshop_id="v")[0] == "Participant 7"


SURE = [
    "Sarah Jones",
    "José Núñez",
    "Mary-Ann O'Neill",
    "Łukasz Rozmej",
    "Zoë",
    "Priyanka",
    "Иван Петров",
]
SURE_IDS = {f"Public contributor {i}": (name, ()) for i, name in enumerate(SURE, start=1)}
SURE_REPLACER = Replacer(claims(SURE_IDS), {})
FILLER = st.text(alphabet="qxz 0123456789.,;:!?'\"()-\n\t—’éß王\U0001f600_", max_size=12)


@st.composite
def written(draw: st.DrawFn) -> str:
    name = draw(st.sampled_from(SURE))
    parts = [name]
    if " " in name:
        parts += name.split(" ")
    form = draw(st.sampled_from(parts))
    change = draw(st.sampled_from(["upper", "lower", "title", "none"]))
    if change != "none":
        form = getattr(form, change)()
    form = unicodedata.normalize(draw(st.sampled_from(["NFC", "NFD", "NFKD"])), form)
    if draw(st.booleans()):
        form = form.replace(" ", draw(st.sampled_from(["-", "  ", "\u00a0", "_", "\n"])))
    if draw(st.booleans()):
        form = form.replace("-", draw(st.sampled_from(["", " ", "\u2011", "\u2010"])))
    if draw(st.booleans()):
        place = draw(st.integers(1, len(form)))
        form = form[:place] + draw(st.sampled_from("\u200b\u200d\u2060\u00ad\ufeff")) + form[place:]
    return form + draw(st.sampled_from(["", "'s", "\u2019s", "'S"]))


FORMS = {tuple(tokens(form.text)) for name in SURE for form in forms(name)}


def has_a_name(text: str) -> bool:
    found = tokens(text)
    return any(
        tuple(found[i : i + size]) in FORMS for i in range(len(found)) for size in range(1, 6)
    )


@given(st.lists(st.one_of(FILLER, written()), min_size=1, max_size=8))
@settings(max_examples=300, deadline=None)
def test_no_form_of_a_name_survives(pieces: list[str]) -> None:
    text = " ".join(pieces)
    made, spans = replace_names(text, SURE_REPLACER)
    assert not has_a_name(made)
    ids = set(SURE_IDS)
    last = 0
    for start, end in spans:
        assert last <= start < end <= len(made)
        assert made[start:end].removesuffix("'s") in ids
        last = end
    assert replace_names(made, SURE_REPLACER) == (made, [])


@given(st.text(max_size=60))
@settings(max_examples=200, deadline=None)
def test_any_text_without_names_is_unchanged(text: str) -> None:
    made, spans = replace_names(text, SURE_REPLACER)
    if not has_a_name(text) and "\u00ad" not in text:
        assert (made, spans) == (text, [])
    assert replace_names(made, SURE_REPLACER) == (made, [])


@given(st.text(max_size=30))
@settings(max_examples=200, deadline=None)
def test_folding_points_back_to_the_text(text: str) -> None:
    folded = fold(text)
    if folded.starts is not None:
        assert len(folded.starts) == len(folded.text) + 1
        assert folded.starts[-1] == len(text)
        assert folded.starts == sorted(folded.starts)
    for place in range(len(folded.text)):
        start, end = folded.span(place, place + 1)
        assert 0 <= start < end <= len(text)


@given(st.lists(st.text(min_size=1, max_size=12), max_size=6), st.text(max_size=60))
@settings(max_examples=200, deadline=None)
def test_names_are_never_patterns(names: list[str], text: str) -> None:
    people = {f"Participant {i}": (name, ()) for i, name in enumerate(names, start=1)}
    replacer = Replacer(claims(people), {})
    made, spans = replace_names(text + " " + " ".join(names), replacer)
    for start, end in spans:
        assert made[start:end].lower().startswith(("participant", "[name]"))


@pytest.mark.parametrize(
    "text",
    [
        "sarah " * 40_000,
        "sarah-" * 40_000,
        "José" * 40_000,
        "mary ann " * 30_000,
        "a" * 400_000,
        "J. " * 100_000,
        "e\u0301" * 100_000,
        "王" * 200_000,
        "." * 200_000 + "Sarah",
        "\u200b" * 50_000 + "José",
    ],
)
def test_hostile_text_takes_time_in_proportion(text: str) -> None:
    started = time.process_time()
    replace_names(text, REPLACER)
    assert time.process_time() - started < 5


def test_pseudonymise_gives_turns_and_replacements() -> None:
    raw = as_table(
        {
            "source_id": ["b", "b", "a", "a"],
            "workshop_id": ["w"] * 4,
            "turn": [1, 0, 0, 1],
            "speaker": ["Sarah Jones", None, "SJ", "Unknown"],
            "start_s": [1.5, None, None, None],
            "end_s": [2.5, None, None, None],
            "text": ["Zoë, no", "A note by Sarah", "é Jose\u0301 and\nZoë", "Priyanka\u2019s"],
        },
        "raw_turns",
    )
    speakers = as_table(
        {
            "source_id": ["b", "a", "a"],
            "workshop_id": ["w"] * 3,
            "speaker": ["Sarah Jones", "SJ", "Unknown"],
            "participant_id": ["Public contributor 1", "Public contributor 1", None],
            "turns": [1, 1, 1],
            "words": [2, 4, 1],
            "withdrawn": [False] * 3,
        },
        "found_speakers",
    )
    names = as_table(
        [
            {
                "form": claim.text,
                "participant_id": claim.participant_id,
                "part": claim.part,
                "rule": claim.rule,
                "listed": True,
                "capitals": True,
                "plural": True,
                "workshop_id": "",
                "source_id": "",
                "kind": "person",
            }
            for claim in claims(SURE_IDS)
        ],
        "names",
    )
    replacer = make_replacer(names, speakers)
    turns, replacements = pseudonymise(raw, speakers, replacer)
    assert turns["source_id"].tolist() == ["b", "b", "a", "a"]
    assert turns["turn"].tolist() == [0, 1, 0, 1]
    assert turns["text"].tolist() == [
        "A note by Public contributor 1",
        "Public contributor 5, no",
        "é Public contributor 2 and\nPublic contributor 5",
        "Public contributor 6\u2019s",
    ]
    whos = ["" if pd.isna(who) else who for who in turns["participant_id"]]
    assert whos == ["", "Public contributor 1", "Public contributor 1", ""]
    assert turns["start_s"].tolist()[1] == 1.5
    for source_id, own in turns.groupby("source_id"):
        text = "\n".join(own["text"])
        for start, end, said in zip(own["start"], own["end"], own["text"], strict=True):
            assert text[start:end] == said
        spans = replacements[replacements["source_id"] == source_id]
        for start, end in zip(spans["start"], spans["end"], strict=True):
            assert text[start:end] in SURE_IDS
    assert len(replacements) == 5
    empty = pseudonymise(raw.iloc[:0], speakers, replacer)
    assert [len(frame) for frame in empty] == [0, 0]


@pytest.mark.parametrize(
    ("word", "use"),
    [
        ("Sarah", "name"), ("josé", "name"), ("Nick", "name"), ("Grace", "both"), ("Mark", "both"),
        ("Will", "word"), ("may", "word"), ("Young", "word"), ("question", "word"), ("Oh", "word"),
    ],
)  # fmt: skip
def test_how_words_are_used(word: str, use: str) -> None:
    assert word_use(word) == use
