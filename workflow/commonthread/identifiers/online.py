"""Finds addresses of the Internet: e-mail, web and IP addresses, user names."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator

from commonthread.identifiers.kinds import Identifier, IdentifierKind, identifier
from commonthread.identifiers.patterns import matches, stands_alone, words_before

_LABEL = r"[a-z0-9](?:[a-z0-9\-]{0,62})"
_AT = r"(?:@| ?(?:\(at\)|\[at\]|\{at\}) ?)"
_MAIL = rf"[a-z0-9][a-z0-9._%+'\-]{{0,63}}{_AT}{_LABEL}(?:\.{_LABEL}){{1,8}}"
# As people say and transcribers write it.
_SPOKEN_MAIL = (
    r"\b[a-z0-9]+(?: (?:dot|underscore|dash|hyphen) [a-z0-9]+){0,5} at "
    r"[a-z0-9\-]+(?: dot [a-z0-9]+){1,4}\b"
)
_URL = r"(?:https?|ftp)://[^\s\x00-\x1f<>\"|\\^`{}\[\]]{2,}"
_SITE = (
    r"\bwww\.[a-z0-9][^\s\x00-\x1f<>\"|\\^`{}\[\]]{2,}"
    r"|\b(?:[a-z0-9][a-z0-9\-]{0,62}\.){1,6}(?:(?:com?|org|net|edu|gov|ac|nhs)\.[a-z]{2}"
    r"|com|org|net|edu|gov|info|uk|ie|eu|scot|wales|cymru|example)\b"
    r"(?:/[^\s\x00-\x1f<>\"|\\^`{}\[\]]*)?"
    r"|\b(?:[a-z0-9][a-z0-9\-]{0,62}\.){1,6}[a-z]{2,6}/[a-z0-9][^\s\x00-\x1f<>\"|\\^`{}\[\]]*"
)
_SPOKEN_WEB = r"\b(?:www|w w w|double u double u double u)(?: dot [a-z0-9\-]+){2,5}\b"
_ADDRESSES: tuple[tuple[str, IdentifierKind], ...] = (
    (_URL, "web address"),
    (_MAIL, "e-mail address"),
    (_SITE, "web address"),
    (_SPOKEN_MAIL, "e-mail address"),
    (_SPOKEN_WEB, "web address"),
)
# What a sentence puts behind an address.
_AFTER = b".,;:!?)'\"*_-"
_USER = r"@[a-z0-9_][a-z0-9_.\-]{1,39}"
_IP4 = r"\b\d{1,3}(?:\.\d{1,3}){3}\b(?:/\d{1,2}\b)?"
_IP6 = r"(?:[0-9a-f]{0,4}:){2,7}[0-9a-f]{0,4}(?:%[a-z0-9]{1,15})?"
_NO_ADDRESS = r"\b(?:section|sections|clause|chapter|paragraph|version|v)\.? ?$"


def find_online(data: bytes) -> Iterator[Identifier]:
    """Find web, e-mail and IP addresses and user names in lower-case text."""
    for pattern, kind in _ADDRESSES:
        for match in matches(pattern, data):
            start, end = match.span()
            while end > start and data[end - 1] in _AFTER:
                end -= 1
            yield identifier((start, end), kind)
    yield from _find_ip(data)
    for match in matches(_USER, data):
        start, end = match.span()
        while data[end - 1 : end] in (b".", b"-"):
            end -= 1
        if end - start > 2 and not data[start - 1 : start].isalnum():
            yield identifier((start, end), "user name")


def _find_ip(data: bytes) -> Iterator[Identifier]:
    for pattern in (_IP4, _IP6):
        for match in matches(pattern, data):
            start, end = match.span()
            said = match[0].decode().split("/")[0].split("%")[0]
            try:
                ipaddress.ip_address(said)
            except ValueError:
                continue
            if (
                len(said) > len("::1")
                and stands_alone(data, start, end)
                and not words_before(data, start, _NO_ADDRESS, 12)
            ):
                yield identifier((start, end), "IP address")
