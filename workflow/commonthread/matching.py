"""Finds the terms of a codebook in texts.

Words and phrases are found by spaCy's phrase matcher, which is given every form of every phrase;
expressions by RE2. Taking text apart is what costs time, so without a model only those texts are
taken apart in which one RE2 expression over all these forms finds something.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import product
from math import prod
from typing import Any, NamedTuple

from commonthread.language import Language, fold
from commonthread.terms import Term, compile_regex

# One document of spaCy's holds about so many letters of joined texts.
_BATCH = 100_000
# A phrase whose words can be put together in more ways is matched word by word, which is slower.
_MOST_WAYS = 2_000
# A term is recorded at most so often in one segment.
_MOST_HITS = 100
_SIEVE_MEMORY = 64_000_000
# The time that spaCy takes for a run of letters and signs without white space grows with the square
# of its length; a run as long as this is no word.
_ENDLESS = re.compile(r"(?<!\S)\S{200,}")

Span = tuple[int, int]


class Evidence(NamedTuple):
    """Where a term matched: half-open code points in the source's text."""

    start: int
    end: int
    term: str


class Matcher:
    """Finds the terms of many codes in many texts."""

    def __init__(self, terms: Mapping[str, Sequence[Term]], language: Language) -> None:
        self._language = language
        self._codes = list(terms)
        self._terms = [list(of_code) for of_code in terms.values()]
        self._keys: dict[tuple[str, str], int] = {}
        # Which terms a match can bring about: key to (code, term).
        self._uses: dict[int, list[tuple[int, int]]] = {}
        # What must be found by taking texts apart, whatever else is found in them.
        sought: set[tuple[str, str]] = set()
        for code, of_code in enumerate(self._terms):
            for number, term in enumerate(of_code):
                for part in term.parts:
                    key = self._key(_kind(term), part)
                    self._uses.setdefault(key, []).append((code, number))
                for phrase in term.unless:
                    self._key("phrase", phrase)
                if term.kind == "regex":
                    sought |= {("phrase", _plain(phrase)) for phrase in term.unless}
                elif term.kind == "exactly":
                    sought.add(("exactly", term.parts[0]))
                else:
                    sought.add(("phrase", _plain(max(term.parts, key=len))))
        self._matchers = self._phrase_matchers()
        self._sieve = None if language.model else self._build_sieve(sorted(sought))
        self._regexes = [
            (key, compile_regex(pattern))
            for (kind, pattern), key in self._keys.items()
            if kind == "regex"
        ]
        self._any_regex, self._which_regex = self._build_regex_sieve()

    def match(
        self, texts: Sequence[tuple[int, str]], replaced: Sequence[Span]
    ) -> list[list[tuple[str, list[Evidence]]]]:
        """Find the codes of each text.

        Goes in: texts of one source as (first code point, text) in order, and the half-open offsets
        of replaced names, in which nothing matches. Comes out, for each text: its codes in the
        order of the codebook, each with its evidence in order of place. Where matches of one code
        overlap, the longest is kept.
        """
        found: dict[int, dict[int, list[Span]]] = {}
        for number, key, start, end in self._hits(texts):
            found.setdefault(number, {}).setdefault(key, []).append((start, end))
        names = sorted(replaced)
        starts, ends = [start for start, _ in names], [end for _, end in names]
        coded: list[list[tuple[str, list[Evidence]]]] = [[] for _ in texts]
        for number, hits in found.items():
            offset, text = texts[number]
            low, high = bisect_right(ends, offset), bisect_left(starts, offset + len(text))
            near = [(start - offset, end - offset) for start, end in names[low:high]]
            coded[number] = self._codes_of(text, offset, hits, near)
        return coded

    def _key(self, kind: str, text: str) -> int:
        text = _plain(text) if kind == "phrase" else text
        return self._keys.setdefault((kind, text), len(self._keys))

    def _phrase_matchers(self) -> list[Any]:
        from spacy.matcher import Matcher as TokenMatcher
        from spacy.matcher import PhraseMatcher
        from spacy.tokens import Doc

        vocab = self._language.nlp.vocab
        by_form = PhraseMatcher(vocab, attr="LOWER")
        as_written = PhraseMatcher(vocab, attr="ORTH")
        by_lemma = PhraseMatcher(vocab, attr="LEMMA")
        by_word = TokenMatcher(vocab)
        for (kind, text), key in self._keys.items():
            if kind == "exactly":
                as_written.add(str(key), [self._language.nlp.make_doc(fold(text))])
            if kind != "phrase":
                continue
            words = self._language.words(text)
            ways = self._ways(text)
            if prod(map(len, ways)) > _MOST_WAYS:
                hyphen = {"ORTH": "-", "OP": "?"}
                pattern = [part for way in ways for part in (hyphen, {"LOWER": {"IN": way}})]
                by_word.add(str(key), [pattern[1:]])
            else:
                gaps = {tuple(hyphen for _, hyphen in words)}
                gaps |= {(False,) * len(words), (False,) + (True,) * (len(words) - 1)}
                spelt = [_spelt(forms, gap) for forms in product(*ways) for gap in gaps]
                by_form.add(str(key), [Doc(vocab, words=tokens) for tokens in spelt])
            if self._language.model:
                lower = [word.lower() for word, _ in words]
                lemmas = [self._language.lemmas.get(word, word) for word in lower]
                by_lemma.add(
                    str(key), [Doc(vocab, words=lower, lemmas=way) for way in (lower, lemmas)]
                )
        matchers: list[Any] = [by_form, as_written, by_lemma, by_word]
        return [matcher for matcher in matchers if len(matcher)]

    def _ways(self, phrase: str) -> list[list[str]]:
        """Give, for each word of a phrase, its forms."""
        words = [word for word, _ in self._language.words(phrase)]
        return [list(self._language.forms(word, alone=len(words) == 1)) for word in words]

    def _build_sieve(self, sought: Iterable[tuple[str, str]]) -> Any:
        """Compile what must be in a text (folded, in small letters) for any phrase to match."""
        import re2

        pieces = {
            part.lower()
            for parts in self._language.nlp.tokenizer.rules.values()
            if len(parts) > 1
            for part in (next(iter(token.values())) for token in parts)
        }
        bounded: list[str] = []
        free: list[str] = []
        for kind, text in sought:
            ways = self._ways(text) if kind == "phrase" else [[fold(text).lower()]]
            said = "[ -]*".join(f"(?:{'|'.join(map(re2.escape, forms))})" for forms in ways)
            # A word that spaCy also cuts out of a longer one (can|not) has no edges to look for.
            cut = not pieces.isdisjoint((*ways[0], *ways[-1]))
            (free if cut else bounded).append(said)
        if not bounded and not free:
            return None
        options = re2.Options()
        options.never_capture = True
        options.max_mem = _SIEVE_MEMORY
        edged = [f"(?:^|[^a-z])(?:{'|'.join(bounded)})(?:[^a-z]|$)"] if bounded else []
        return re2.compile("|".join(edged + free), options)

    def _build_regex_sieve(self) -> tuple[Any, Any]:
        import re2

        if len(self._regexes) < 2:
            return None, None
        options = re2.Options()
        options.case_sensitive = False
        options.never_capture = True
        options.log_errors = False
        options.max_mem = _SIEVE_MEMORY
        patterns = [regex.pattern for _, regex in self._regexes]
        try:
            anyone = re2.compile("|".join(f"(?:{pattern})" for pattern in patterns), options)
        except re2.error:
            return None, None
        which = re2.Set.SearchSet(options)
        for pattern in patterns:
            which.Add(pattern)
        which.Compile()
        return anyone, which

    def _hits(self, texts: Sequence[tuple[int, str]]) -> Iterator[tuple[int, int, int, int]]:
        """Give every match as (number of the text, key, start, end), offsets within the text."""
        batch: list[tuple[int, str]] = []
        size = 0
        for number, (_, text) in enumerate(texts):
            folded = fold(text)
            if self._language.model or (self._sieve and self._sieve.search(folded.lower())):
                batch.append((number, _ENDLESS.sub(_loosened, folded)))
                size += len(folded)
                if size > _BATCH:
                    yield from self._phrases(batch)
                    batch, size = [], 0
            yield from self._expressions(number, text)
        yield from self._phrases(batch)

    def _phrases(self, batch: Sequence[tuple[int, str]]) -> Iterator[tuple[int, int, int, int]]:
        nlp = self._language.nlp
        starts: list[int] = []
        squeezed: list[tuple[str, list[int] | None]] = []
        position = 0
        for _, folded in batch:
            starts.append(position)
            squeezed.append(_squeeze(folded))
            position += len(squeezed[-1][0]) + 1
        # A line end is a token of its own, so no phrase reaches from one text into the next.
        joined = "\n".join(text for text, _ in squeezed)
        if not joined:
            return
        doc = nlp(joined) if self._language.model else nlp.make_doc(joined)
        matches = {match for matcher in self._matchers for match in matcher(doc)}
        for match, first, after in sorted(matches, key=lambda match: match[1:]):
            key = int(nlp.vocab.strings[match])
            start = doc[first].idx
            end = doc[after - 1].idx + len(doc[after - 1])
            which = bisect_right(starts, start) - 1
            places = squeezed[which][1]
            low, high = start - starts[which], end - starts[which]
            if places is not None:
                low, high = places[low], places[high - 1] + 1
            yield batch[which][0], key, low, high

    def _expressions(self, number: int, text: str) -> Iterator[tuple[int, int, int, int]]:
        regexes = self._regexes
        if self._any_regex is not None:
            if self._any_regex.search(text) is None:
                return
            # An empty answer may mean that the set ran out of memory: then each one is asked.
            regexes = [regexes[which] for which in self._which_regex.Match(text)] or regexes
        for key, regex in regexes:
            for count, match in enumerate(regex.finditer(text)):
                if count == _MOST_HITS:
                    break
                start, end = match.span()
                if start < end:
                    yield number, key, start, end

    def _codes_of(
        self, text: str, offset: int, hits: Mapping[int, list[Span]], names: Sequence[Span]
    ) -> list[tuple[str, list[Evidence]]]:
        uses = sorted({use for key in hits for use in self._uses.get(key, ())})
        coded: list[tuple[str, list[Evidence]]] = []
        matches: dict[int, list[tuple[int, int, int, str, tuple[Span, ...]]]] = {}
        for code, number in uses:
            term = self._terms[code][number]
            for spans in self._spans(term, text, hits, names):
                length = sum(end - start for start, end in spans)
                matches.setdefault(code, []).append(
                    (-length, spans[0][0], number, term.label, spans)
                )
        for code, of_code in matches.items():
            kept: list[Evidence] = []
            for _, _, _, label, spans in sorted(of_code):
                if not any(start < e.end and e.start < end for start, end in spans for e in kept):
                    kept += [Evidence(start, end, label) for start, end in spans]
            moved = [Evidence(e.start + offset, e.end + offset, e.term) for e in sorted(kept)]
            coded.append((self._codes[code], moved))
        return coded

    def _spans(
        self, term: Term, text: str, hits: Mapping[int, list[Span]], names: Sequence[Span]
    ) -> list[tuple[Span, ...]]:
        """Give the matches of a term, each as the spans that make it up."""
        barred = [*names]
        for phrase in term.unless:
            barred += hits.get(self._key("phrase", phrase), ())
        parts = [
            [
                (start, end)
                for start, end in hits.get(self._key(_kind(term), part), ())[:_MOST_HITS]
                if not any(start < high and low < end for low, high in barred)
            ]
            for part in term.parts
        ]
        if term.kind != "all_of":
            return [(span,) for span in parts[0]]
        nearest = _nearest(parts, text, term.within or 0)
        return [nearest] if nearest else []


def _kind(term: Term) -> str:
    """Tell how the parts of a term are looked for."""
    return "phrase" if term.kind == "all_of" else term.kind


def _plain(phrase: str) -> str:
    """Write a phrase as its key is written."""
    return " ".join(phrase.lower().split())


def _spelt(forms: Sequence[str], hyphens: Sequence[bool]) -> list[str]:
    """Give the tokens of a phrase, with hyphens where some stand before a word."""
    pairs = zip(forms, hyphens, strict=True)
    return [token for form, hyphen in pairs for token in (("-", form) if hyphen else (form,))]


def _loosened(run: re.Match[str]) -> str:
    """Put blanks for the signs in a run without white space, and one sign for what stays long."""
    loose = "".join(sign if sign.isalnum() else " " for sign in run.group())
    return _ENDLESS.sub(lambda long: "\u2022".ljust(len(long.group())), loose)


def _squeeze(text: str) -> tuple[str, list[int] | None]:
    """Make each run of blanks one blank; give where each sign stood if any was left out."""
    if "  " not in text:
        return text, None
    places = [
        place
        for place, sign in enumerate(text)
        if sign != " " or not text.startswith(" ", place - 1)
    ]
    return "".join(text[place] for place in places), places


def _nearest(parts: Sequence[Sequence[Span]], text: str, within: int) -> tuple[Span, ...] | None:
    """Choose one match of each part so that all stand in the shortest stretch of words.

    Gives None if a part is missing or no stretch of at most ``within`` words holds all.
    """
    if not all(parts):
        return None
    best: tuple[int, int, tuple[Span, ...]] | None = None
    rarest = min(range(len(parts)), key=lambda part: len(parts[part]))
    for anchor in parts[rarest]:
        chosen = [anchor]
        for number, spans in enumerate(parts):
            apart = [s for s in spans if all(s[1] <= c[0] or c[1] <= s[0] for c in chosen)]
            if number != rarest and apart:
                chosen.append(
                    min(apart, key=lambda s: (max(s[0] - anchor[1], anchor[0] - s[1]), s))
                )
        low, high = min(s[0] for s in chosen), max(s[1] for s in chosen)
        if len(chosen) == len(parts):
            length = len(text[low:high].split())
            found = (length, low, tuple(sorted(chosen)))
            if length <= within and (best is None or found < best):
                best = found
    return best[2] if best else None
