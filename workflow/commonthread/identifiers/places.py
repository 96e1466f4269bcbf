"""Finds where people live and what they drive: postcodes, streets, coordinates, cars."""

from __future__ import annotations

from collections.abc import Iterator

from commonthread.folding import word_set
from commonthread.identifiers.kinds import Identifier, identifier
from commonthread.identifiers.passage import Passage
from commonthread.identifiers.patterns import compiled, matches, stands_alone, words_before
from commonthread.word_use import is_known

_POSTCODES = {
    "GB": r"\b(?:gir ?0aa|[a-z]{1,2}\d[a-z\d]?[ \-]{0,2}\d[abd-hjlnp-uw-z]{2})\b",
    "IE": r"\b(?:[ac-fhknpr-tv-y]\d{2}|d6w)[ \-]?[0-9ac-fhknpr-tv-y]{4}\b",
    "CA": r"\b[abceghj-nprstvxy]\d[abceghj-nprstv-z][ \-]?\d[abceghj-nprstv-z]\d\b",
    "NL": r"\b[1-9]\d{3} ?(?:[a-eg-rt-z][a-z]|f[a-z]|s[bce-rt-z])\b",
    "US": r"\b\d{5}-\d{4}\b",
}
_SAID_POSTCODE = r"\b(?:post ?code|postal code|zip(?: code)?|plz|code postal|cap|eircode)\b"
_ANY_POSTCODE = r"\b[a-z0-9]{2,5}(?:[ \-][a-z0-9]{2,4})?\b"
_SPELLED_POSTCODE = r"\b[a-z](?: [a-z0-9]){4,6}\b"
_ORDINALS = (b"1st", b"2nd", b"3rd")
# The areas of British postcodes: what is written small, in two words, must begin with one.
_AREAS = word_set(
    """
    ab al b ba bb bd bf bh bl bn br bs bt bx ca cb cf ch cm co cr ct cv cw da dd de dg dh dl dn dt
    dy e ec eh en ex fk fy g gl gu gy ha hd hg hp hr hs hu hx ig im ip iv je ka kt kw ky l la ld le
    ll ln ls lu m me mk ml n ne ng nn np nr nw ol ox pa pe ph pl po pr rg rh rm s sa se sg sk sl sm
    sn so sp sr ss st sw sy ta td tf tn tq tr ts tw ub w wa wc wd wf wn wr ws wv yo ze
    """
)
_STREETS = (
    r"(?:street|st|road|rd|lane|ln|close|avenue|ave|drive|court|crescent|cres|place|terrace|"
    r"gardens?|way|row|square|hill|grove|mews|walk|park|view|rise|green|parade|villas?|buildings|"
    r"house|cottages?|fields?|croft|wharf|quay|estate|gate|yard|passage|boulevard|broadway)"
)
_ADDRESS = (
    r"\b(?:(?:flat|apartment|apt|unit|room) [0-9a-z]{1,4},? ?)?"
    r"\d{1,4}[a-z]?(?: ?- ?\d{1,4}[a-z]?)?,? "
    rf"(?:[a-z][a-z']*\.? ){{1,3}}{_STREETS}\b\.?"
)
_YEAR = r"(?:19|20)\d\d\b"
_COORDINATES = r"[\-+]?\d{1,2}\.\d{3,}(?: ?[ns])?,? {0,2}[\-+]?\d{1,3}\.\d{3,}(?: ?[ew]\b)?"
_NEW_PLATE = r"\b[a-z]{2} ?\d{2} ?[a-z]{3}\b"
_OLD_PLATES = r"\b[a-z]\d{1,3} ?[a-z]{3}\b|\b[a-z]{3}(?: \d{1,3}|\d{2,3})[a-z]\b"
_DATELESS_PLATES = r"\b[a-z]{1,3} ?\d{1,4}\b|\b\d{1,4} ?[a-z]{1,3}\b"
_SAID_CAR = r"\b(?:number plates?|licen[cs]e plates?|plates?|registrations?|reg|vrm)\b"
_PLATE_IS = _SAID_CAR + r"(?: number| plate| mark)?(?:,| ?:| is| was|,? which (?:is|was))? $"


def find_places(passage: Passage, country: str) -> Iterator[Identifier]:
    """Find postcodes, addresses in a street, coordinates, and number plates of cars."""
    yield from _postcodes(passage, country)
    for match in matches(_ADDRESS, passage.data):
        start, end = match.span()
        words = [word for word in passage.said(start, end).split() if word[0].isalpha()]
        # Not "2 people on the way", nor "690 of the Supreme Court", nor "in 2004, Long Lane".
        street = all(word[0].isupper() for word in (words[0], *words[-2:]))
        if street and compiled(_YEAR).match(match[0]) is None:
            yield identifier((start, end), "street address")
    for match in matches(_COORDINATES, passage.data):
        if stands_alone(passage.data, *match.span()):
            yield identifier(match.span(), "coordinates")
    if country == "GB":
        yield from _registrations(passage)


def _postcodes(passage: Passage, country: str) -> Iterator[Identifier]:
    pattern = _POSTCODES.get(country)
    for match in matches(pattern, passage.data) if pattern else ():
        start, end = match.span()
        written = passage.said(start, end)
        area = match[0][: 2 if match[0][1:2].isalpha() else 1].decode()
        in_two = " " in written and any(character.islower() for character in written)
        may_be_words = in_two and (area not in _AREAS or match[0].endswith(_ORDINALS))
        if country != "GB" or not may_be_words or words_before(passage.data, start, _SAID_POSTCODE):
            yield identifier((start, end), "postcode")
    if country == "GB":
        for match in matches(_SPELLED_POSTCODE, passage.data):
            joined = match[0].replace(b" ", b"")
            if compiled(f"^{_POSTCODES[country]}$").match(joined):
                yield identifier(match.span(), "postcode")
    else:
        for match in matches(_ANY_POSTCODE, passage.data):
            if any(48 <= byte <= 57 for byte in match[0]) and words_before(
                passage.data, match.start(), _SAID_POSTCODE + r"(?:\W{1,3}|\W(?:is|was)\W{1,2})$"
            ):
                yield identifier(match.span(), "postcode")


def _registrations(passage: Passage) -> Iterator[Identifier]:
    data = passage.data
    for match in matches(_NEW_PLATE, data):
        start, end = match.span()
        written = passage.said(start, end)
        if (
            " " not in written
            or (written[2] != " " and written.isupper())
            or (written.isupper() and not is_known(match[0][-3:].decode()))
            or (written[2] != " " and not is_known(match[0][-3:].decode()))
            or words_before(data, start, _SAID_CAR)
        ):
            yield identifier((start, end), "car registration")
    for match in matches(_OLD_PLATES, data):
        start, end = match.span()
        if words_before(data, start, _SAID_CAR) or (
            passage.said(start, end).isupper() and not is_known(_letters(match[0]))
        ):
            yield identifier((start, end), "car registration")
    for match in matches(_DATELESS_PLATES, data):
        if words_before(data, match.start(), _PLATE_IS):
            yield identifier(match.span(), "car registration")


def _letters(said: bytes) -> str:
    """Give the three letters of a mark that stand together."""
    letters = "".join(chr(byte) for byte in said if chr(byte).isalpha())
    return letters[1:] if chr(said[0]).isalpha() and not chr(said[1]).isalpha() else letters[:3]
