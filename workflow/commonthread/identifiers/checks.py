"""Tells from their check digits whether numbers are what they look like."""

from __future__ import annotations

from functools import cache
from typing import Any

# The numbers that countries give to people, where python-stdnum knows them.
_NATIONAL = {
    "AT": "tin", "AU": "tfn", "BE": "nn", "BG": "egn", "BR": "cpf", "CA": "sin", "CH": "ssn",
    "CN": "ric", "CZ": "rc", "DE": "idnr", "DK": "cpr", "EE": "ik", "ES": "dni", "FI": "hetu",
    "FR": "nir", "GR": "amka", "HR": "oib", "IE": "pps", "IL": "idnr", "IN": "aadhaar",
    "IS": "kennitala", "IT": "codicefiscale", "JP": "in_", "KR": "rrn", "LT": "asmens",
    "MX": "curp", "NL": "bsn", "NO": "fodselsnummer", "PL": "pesel", "PT": "cc", "RO": "cnp",
    "SE": "personnummer", "SK": "rc", "TR": "tckimlik", "TW": "ubn", "US": "ssn", "ZA": "idnr",
}  # fmt: skip
_NHS_LENGTH = 10
_CARD_STARTS = ("2", "3", "4", "5", "6")


def is_nhs_number(digits: str) -> bool:
    """Tell whether ten digits are an NHS number of England, Wales or the Isle of Man."""
    from stdnum.gb import nhs

    return len(digits) == _NHS_LENGTH and digits[0] != "0" and bool(nhs.is_valid(digits))


def is_chi_number(digits: str) -> bool:
    """Tell whether ten digits are a Scottish CHI number: a date of birth, then a check digit.

    The check digit is that of NHS numbers.
    """
    from stdnum.gb import nhs

    if len(digits) != _NHS_LENGTH or not bool(nhs.is_valid(digits)):
        return False
    return 1 <= int(digits[:2]) <= 31 and 1 <= int(digits[2:4]) <= 12


def is_card_number(digits: str) -> bool:
    """Tell whether 13 to 19 digits are the number of a payment card (ISO/IEC 7812)."""
    from stdnum import luhn

    return 13 <= len(digits) <= 19 and digits[0] in _CARD_STARTS and bool(luhn.is_valid(digits))


def is_iban(written: str) -> bool:
    """Tell whether letters and digits are an international bank account number (ISO 13616)."""
    from stdnum import iban

    return bool(iban.is_valid(written.upper()))


@cache
def national_number(country: str) -> Any:
    """Give the module of python-stdnum for the number that a country gives to people, if any."""
    from stdnum import get_cc_module

    name = _NATIONAL.get(country)
    return get_cc_module(country.lower(), name) if name else None
