"""Terms, the forms of words, and matching."""

import time
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commonthread.language import Language, fold, load_language
from commonthread.matching import Matcher
from commonthread.problems import InputProblems
from commonthread.segments import cut_source
from commonthread.settings import LanguageSettings, SegmentSettings
from commonthread.terms import TermError, compile_regex, parse_term


@cache
def english() -> Language:
    return load_language(LanguageSettings())


def matched(
    term: object, text: str, offset: int = 0, replaced: list[tuple[int, int]] | None = None
) -> list[str]:
    """Give the words of a text that a term matches, marked as the evidence says."""
    matcher = Matcher({"code": [parse_term(term)]}, english())
    return [
        text[found.start - offset : found.end - offset]
        for _, evidence in matcher.match([(offset, text)], replaced or [])[0]
        for found in evidence
    ]


def several(terms: list[object], text: str) -> list[tuple[str, str]]:
    matcher = Matcher({"code": [parse_term(term) for term in terms]}, english())
    return [
        (found.term, text[found.start : found.end])
        for _, evidence in matcher.match([(0, text)], [])[0]
        for found in evidence
    ]


@pytest.mark.parametrize(
    ("word", "forms"),
    [
        ("pay", "pay pays paid paying"),
        ("paid", "pay pays paid paying"),
        ("meeting", "meeting meetings"),
        ("meetings", "meeting meetings"),
        ("meet", "meet meets met meeting meetings"),
        ("feel", "feel feels felt feeling feelings"),
        ("felt", "feel feels felt feeling"),
        ("decide", "decide decides decided deciding"),
        ("fund", "fund funds funded funding"),
        ("funded", "fund funds funded funding"),
        ("funding", "funding fundings"),
        ("woman", "woman women"),
        ("agenda", "agenda agendas"),
        ("organisation", "organisation organisations organization organizations"),
        ("organize", "organise organised organising organize organizes"),
        ("behaviour", "behavior behaviors behaviour behaviours"),
        ("centre", "center centers centre centres"),
        ("travelling", "travel travelled traveled traveling"),
        ("coproduce", "coproduces coproduced coproducing"),
        ("do", "does did done doing"),
        ("analyse", "analyse analyze analysed analyzed"),
    ],
)
def test_a_word_has_its_forms(word: str, forms: str) -> None:
    assert set(forms.split()) <= set(english().forms(word))


@pytest.mark.parametrize(
    ("word", "other"),
    [
        ("pay", "payment"),
        ("pay", "payee"),
        ("meeting", "met"),
        ("hearing", "heard"),
        ("well", "good"),
        ("good", "well"),
        ("fund", "find"),
        ("four", "for"),
        ("filled", "filed"),
        ("from", "fromed"),
        ("number", "numb"),
        ("numb", "number"),
        ("fee", "feed"),
        ("first", "1"),
        ("have", "'s"),
        ("cleaner", "clean"),
    ],
)
def test_near_words_are_other_words(word: str, other: str) -> None:
    assert other not in english().forms(word)


@pytest.mark.parametrize("word", ["pay", "Paid", "meeting", "colour", "José", "co", "data", "zzz"])
def test_a_word_is_one_of_its_forms(word: str) -> None:
    for alone in (True, False):
        forms = english().forms(word, alone)
        assert word.lower() in forms
        assert list(forms) == sorted(set(forms))


def test_a_word_matches_in_any_form_and_case() -> None:
    text = "PAY them. She pays, he paid; paying is what payment means to payees."
    assert matched("pay", text) == ["PAY", "pays", "paid", "paying"]
    assert matched("Paid", text) == ["PAY", "pays", "paid", "paying"]


def test_a_phrase_matches_in_any_form_of_its_words() -> None:
    text = "Hidden hours, the hours hidden away, hiding an hour; we made space by making space."
    assert matched("hidden hours", text) == ["Hidden hours"]
    assert matched("making space", text) == ["made space", "making space"]


def test_hyphens_blanks_and_line_ends_between_words_count_alike() -> None:
    text = (
        "co-production, co production, Co‑Production, co  production, co\nproduction, coproduction"
    )
    expected = [
        "co-production",
        "co production",
        "Co‑Production",
        "co  production",
        "co\nproduction",
    ]
    assert matched("co-production", text) == expected
    assert matched("co production", text) == expected
    assert matched("decision-making group", "our decision-making group") == [
        "decision-making group"
    ]


def test_curly_apostrophes_count_as_straight_ones() -> None:
    assert matched("can't say", "I can’t say, can't say") == ["can’t say", "can't say"]
    assert matched("committee", "the committee’s view") == ["committee"]


def test_accents_match_however_they_are_encoded() -> None:
    assert matched("café", "a cafe\u0301 and a caf\u00e9") == ["cafe\u0301", "caf\u00e9"]


def test_exactly_keeps_capitals() -> None:
    assert matched({"exactly": "PI"}, "The PI said pi, PIs and the PI's opinion") == ["PI", "PI"]


def test_unless_takes_overlapping_matches_away() -> None:
    term = {"phrase": "pay", "unless": ["pay attention", "pay tribute"]}
    text = "Pay attention: we pay people, paying attention, and paid tribute."
    assert matched(term, text) == ["pay"]


def test_unless_works_for_every_form() -> None:
    assert matched({"exactly": "PI", "unless": ["PI day"]}, "PI day and the PI") == ["PI"]
    term = {"regex": r"\bpay\w*", "unless": ["pay attention"]}
    assert matched(term, "paying attention to payroll") == ["payroll"]
    both = {"all_of": ["pay", "late"], "within": "5", "unless": ["late news"]}
    assert matched(both, "we pay late") == ["pay", "late"]
    assert matched(both, "we pay for late news") == []


def test_all_of_matches_in_both_orders_within_so_many_words() -> None:
    term = {"all_of": ["budget", "late"], "within": "4"}
    assert matched(term, "The budget came late.") == ["budget", "late"]
    assert matched(term, "Late came the budgets.") == ["Late", "budgets"]
    assert matched(term, "The budget came in far too late.") == []
    assert matched(term, "The budget.") == []


def test_all_of_records_the_nearest_pairing_only() -> None:
    term = {"all_of": ["budget", "late"], "within": "10"}
    text = "late again, and the budget of ours was late and the budget"
    assert matched(term, text) == ["late", "budget"]
    matcher = Matcher({"code": [parse_term(term)]}, english())
    (_, evidence) = matcher.match([(0, text)], [])[0][0]
    assert text[evidence[0].start : evidence[1].end] == "late and the budget"


def test_all_of_three_parts_and_parts_that_overlap() -> None:
    term = {"all_of": ["hour", "count", "nobody"], "within": "8"}
    assert matched(term, "Nobody ever counted my hours") == ["Nobody", "counted", "hours"]
    twice = {"all_of": ["team meeting", "meeting"], "within": "8"}
    assert matched(twice, "one team meeting") == []
    assert matched(twice, "a team meeting, a meeting") == ["team meeting", "meeting"]


def test_regex_ignores_case_and_looks_at_one_segment() -> None:
    assert matched({"regex": r"\bco-?app\w*"}, "Coapplicant and CO-APPLICANTS") == [
        "Coapplicant",
        "CO-APPLICANTS",
    ]
    assert matched({"regex": r"^so\b"}, "So it is, and so on") == ["So"]
    assert matched({"regex": "caf. ü+"}, "ein café üüü") == ["café üüü"]


def test_regex_terms_together_match_as_they_do_alone() -> None:
    terms: list[object] = [{"regex": r"\bab+"}, {"regex": r"c\w+"}, {"regex": r"(?i)D"}, "pay"]
    assert several(terms, "abbb cd xd Pay") == [
        (r"\bab+", "abbb"),
        (r"c\w+", "cd"),
        ("(?i)D", "d"),
        ("pay", "Pay"),
    ]


def test_the_longest_of_overlapping_matches_is_kept() -> None:
    terms: list[object] = ["meeting", "team meeting", {"regex": "team meetings? room"}]
    assert several(terms, "the team meeting room, a meeting, team meetings") == [
        ("team meetings? room", "team meeting room"),
        ("meeting", "meeting"),
        ("team meeting", "team meetings"),
    ]


def test_codes_are_matched_apart_and_in_the_order_of_the_codebook() -> None:
    terms = {
        "second": [parse_term("meeting")],
        "first": [parse_term("team meeting")],
        "none": [parse_term("budget")],
    }
    coded = Matcher(terms, english()).match([(0, "team meeting"), (13, "tea"), (17, "meeting")], [])
    assert [[code for code, _ in codes] for codes in coded] == [["second", "first"], [], ["second"]]


def test_replaced_names_do_not_match() -> None:
    text = "Public contributor 3 is a public contributor"
    assert matched("public contributor", text, 100, [(100, 120)]) == ["public contributor"]
    assert matched({"regex": "public"}, text, 100, [(100, 120)]) == ["public"]
    both = {"all_of": ["public", "3"], "within": "5"}
    assert matched(both, text, 100, [(100, 120)]) == []


def test_no_match_reaches_over_two_texts() -> None:
    coded = Matcher({"code": [parse_term("team meeting")]}, english()).match(
        [(0, "our team"), (9, "meeting")], []
    )
    assert coded == [[], []]


def test_a_phrase_with_very_many_forms_is_found_all_the_same() -> None:
    text = "He was felt-done having made gone, and is felt did had made went"
    assert matched("be feeling doing having making going", text) == [
        "was felt-done having made gone",
        "is felt did had made went",
    ]


def test_parts_that_spacy_cuts_out_of_words_are_found() -> None:
    assert matched("not", "we cannot, we do not") == ["not", "not"]


def test_matches_in_a_long_text_are_limited() -> None:
    assert len(matched({"regex": "a"}, "a " * 500)) == 100


PATTERNS = [
    r"(a+)+$",
    r"(\w+\s?)*$",
    r"^(([a-z])+.)+[A-Z]([a-z])+$",
    r"(x+x+)+y",
    r"(.*)(.*)(.*)(.*)(.*)(.*)z",
    r"(?:(?:a|a)*)*b",
    r"a{1,100000}",
    r"(((((((((((a{9}){9}){9}){9}){9}){9}){9}",
    r"[unclosed",
    r"(?P<n>a)(?P=n)",
    r"(?<=a+)b",
    r"\bGP\b",
    r"(?i)wait(ing)?",
    r"",
    r".*",
    r"(?R)",
    r"\1",
    r"(a|b)*a(a|b){12}",
    r"[^.]{0,80}x",
]


def test_expressions_are_accepted_or_refused_and_never_slow() -> None:
    before = time.process_time()
    accepted = []
    for pattern in PATTERNS:
        try:
            compile_regex(pattern)
        except TermError as error:
            assert error.what
            assert error.remedy
        else:
            accepted.append(pattern)
    assert {r"\bGP\b", r"(x+x+)+y", r"(a+)+$"} <= set(accepted)
    assert not {r".*", r"\1", r"(?R)", "[unclosed", r"a{1,100000}"} & set(accepted)
    text = "a" * 5_000 + "! " + "word " * 1_000 + "x" * 5_000
    terms = {"code": [parse_term({"regex": pattern}) for pattern in accepted]}
    Matcher(terms, english()).match([(0, text), (len(text) + 1, text)], [])
    assert time.process_time() - before < 5


@pytest.mark.parametrize("run", ["!", "(", "a.", "a-", "'", "e\u0301\u0301", "x", ". ", "!a"])
@pytest.mark.parametrize("gap", ["", " "])
def test_rows_of_signs_cost_no_time(run: str, gap: str) -> None:
    text = f"pay {run * 100_000}{gap}fee"
    before = time.process_time()
    cut = cut_source("s", [(0, 0, text)], [], SegmentSettings())
    matcher = Matcher({"code": [parse_term("pay"), parse_term("fee")]}, english())
    found = matcher.match([(each.start, each.text) for each in cut], [])
    assert time.process_time() - before < 5
    marked = [text[one.start : one.end] for codes in found for _, hits in codes for one in hits]
    assert marked[0] == "pay"
    if gap:
        assert marked == ["pay", "fee"]


def test_a_language_without_table_matches_words_as_written() -> None:
    language = load_language(LanguageSettings(language="eu"))
    assert language.forms("etxe") == ("etxe",)
    assert "no lemma table" in language.description
    matcher = Matcher({"code": [parse_term("etxe berri")]}, language)
    assert [len(codes) for codes in matcher.match([(0, "Etxe berri bat"), (15, "etxeak")], [])] == [
        1,
        0,
    ]


def test_other_languages_use_their_tables() -> None:
    language = load_language(LanguageSettings(language="nb"))
    assert {"annen", "annet"} <= set(language.forms("annen"))
    assert "lemma table of spacy-lookups-data" in language.description


@pytest.mark.parametrize(
    "wrong", [LanguageSettings(language="qq"), LanguageSettings(spacy_model="xx_none_here")]
)
def test_what_is_not_installed_is_told(wrong: LanguageSettings) -> None:
    with pytest.raises(InputProblems, match=r"Setting language\."):
        load_language(wrong)


def test_an_installed_model_brings_its_own_lemmas(tmp_path: Path) -> None:
    import spacy
    from spacy.lookups import Lookups

    nlp = spacy.blank("en")
    lookups = Lookups()
    lookups.add_table("lemma_lookup", {"dosh": "money"})
    nlp.add_pipe("lemmatizer", config={"mode": "lookup"}).initialize(lookups=lookups)
    nlp.to_disk(tmp_path / "model")
    language = load_language(LanguageSettings(spacy_model=str(tmp_path / "model")))
    assert language.model
    assert "spaCy model" in language.description
    matcher = Matcher({"code": [parse_term("money"), parse_term("pay")]}, language)
    text = "the dosh we paid"
    (_, evidence) = matcher.match([(0, text)], [])[0][0]
    assert [text[found.start : found.end] for found in evidence] == ["dosh", "paid"]


@settings(deadline=None)
@given(st.text(max_size=60))
def test_folding_keeps_every_offset(text: str) -> None:
    assert len(fold(text)) == len(text)


TERMS = [
    "pay",
    "team meeting",
    "co-design",
    "not",
    "hidden hours",
    {"phrase": "fund", "unless": ["fund raising"]},
    {"exactly": "PI"},
    {"all_of": ["budget", "late"], "within": "6"},
    {"regex": r"\bco-?app\w*"},
    {"regex": r"ra\w+", "unless": ["fund raising"]},
]
WORDS = (
    "pay Paid pays payment team meeting Meetings co-design codesign cannot not hidden hours hour"
    " funds fund raising raised PI pi PIs budget late co-app coapplicant - , . ! 10pay pay10 x/pay"
    " (pay) é pay's ’s _pay_ payé #PI"
)
PIECES = st.sampled_from(WORDS.split())


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(PIECES, st.sampled_from(["", " ", "  ", "\n"])), max_size=25))
def test_the_sieve_loses_nothing_and_evidence_is_what_stands_there(
    parts: list[tuple[str, str]],
) -> None:
    text = "".join(part + gap for part, gap in parts)
    sieved, whole = _matchers()
    texts = [(7, text), (8 + len(text), "team")]
    found = sieved.match(texts, [])
    assert found == whole.match(texts, [])
    for code, evidence in found[0]:
        assert evidence == sorted(evidence)
        for one in evidence:
            words = text[one.start - 7 : one.end - 7]
            assert words == words.strip() != ""
            if code in {"0", "2", "5"}:
                forms = english().forms(one.term) if code != "2" else ["co design"]
                assert " ".join(words.lower().replace("-", " ").split()) in forms


@cache
def _matchers() -> tuple[Matcher, Matcher]:
    class Everything:
        def search(self, text: str) -> bool:
            return True

    terms = {str(number): [parse_term(term)] for number, term in enumerate(TERMS)}
    sieved, whole = Matcher(terms, english()), Matcher(terms, english())
    whole._sieve = Everything()
    return sieved, whole
