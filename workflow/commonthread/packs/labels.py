"""What the codes of a codebook are called in packs: a name that no other has, and a short number."""

from __future__ import annotations

from collections import Counter

from commonthread.codebook import Code, Codebook


def code_labels(codebook: Codebook) -> dict[str, str]:
    """Give each code and aspect, by id, a label that no other has: "Name" wherever that will do.

    A name that stands twice comes as "Theme: Name", as "Theme: Parent: Name" if need be, and with
    the id in brackets where that does not tell them apart either.
    """
    names = Counter(_key(code.name) for code in codebook.codes)
    labels = {code.id: code.name for code in codebook.codes}
    twice = [code for code in codebook.codes if names[_key(code.name)] > 1]
    for said in (_with_theme, _with_all_above, _with_id):
        for code in twice:
            labels[code.id] = said(code, codebook)
        seen = Counter(map(_key, labels.values()))
        twice = [code for code in twice if seen[_key(labels[code.id])] > 1]
    return labels


def code_numbers(codebook: Codebook) -> dict[str, str]:
    """Give each code, by id, a number as in a table of contents: theme 2, its third code 2.3.

    Aspects are A1, A2 and so on. The numbers hold for this state of the codebook only.
    """
    numbers: dict[str, str] = {}
    below: Counter[str] = Counter()
    for code in codebook.codes:
        if code.dimension == "aspect":
            above = "A"
        elif code.parent is None:
            above = ""
        else:
            above = f"{numbers[code.parent]}."
        below[above] += 1
        numbers[code.id] = f"{above}{below[above]}"
    return numbers


def _key(text: str) -> str:
    return " ".join(text.casefold().split())


def _with_theme(code: Code, codebook: Codebook) -> str:
    if code.theme is None or code.theme == code.id:
        return f"{code.name} ({code.dimension})"
    return f"{codebook.code(code.theme).name}: {code.name}"


def _with_all_above(code: Code, codebook: Codebook) -> str:
    above = [each.name for each in reversed(codebook.ancestors(code.id))]
    return ": ".join([*above, code.name])


def _with_id(code: Code, codebook: Codebook) -> str:
    return f"{_with_all_above(code, codebook)} ({code.id})"
