"""Reads the chat that Zoom saves beside a recording."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from commonthread.sources.clock import seconds
from commonthread.sources.lines import Line, Recognised, Unit
from commonthread.sources.reading import RawTurn, kind_of, places
from commonthread.sources.service_lines import is_note_taker

_DATE = r"(?:\d{4}-\d\d-\d\d[T ]+)?"
_FROM = re.compile(
    rf"{_DATE}(\d{{1,2}}:\d\d:\d\d)[ \t]{{1,4}}From[ \t]{{1,4}}([^\n:]{{1,120}}?)"
    r"(?:[ \t]{1,4}to[ \t]{1,4}([^\n:]{1,120}?))?[ \t]{0,4}:[ \t]*(.*)"
)
_TABS = re.compile(
    rf"{_DATE}(\d{{1,2}}:\d\d:\d\d)[ ]{{0,4}}\t[ ]{{0,4}}([^\t\n]{{1,120}}?):(?:[ \t](.*))?"
)
_PRIVATE = re.compile(r"\((?:direct message|privately)\)", re.IGNORECASE)
# Zoom words a reaction in the language of each person; it quotes the start of a message.
_REACTION = re.compile(
    r"Reacted to .*with\s+\S{1,20}|Removed an? \S{1,20} reaction (?:from|to) .*"
    r"|Hat auf .* mit \S{1,20} reagiert|A réagi à .*|Se ha reaccionado a .*|Reaccionó a .*"
    r"|Ha reagito a .*|Reagiu a .*|Heeft gereageerd op .*|已使用\S{1,20}回应.*",
    re.DOTALL,
)
_REPLY = re.compile(
    r"(?:Replying to|Antwort auf|Antworten auf|Antwoord verzenden naar|En réponse à|Réponse à"
    r"|Répondre à|正在回复|Respondiendo a|Respuesta a|In risposta a|Rispondendo a|Respondendo a) "
    r'"(?:[^\n]*"[ \t]*(?:\n|$)|.*?"(?:\s+|$))',
    re.DOTALL,
)
_UNAVAILABLE = re.compile(r"\[Full message cannot be displayed on this version\]")


@dataclass(slots=True)
class _Message:
    time: str
    name: str
    to: str
    numbers: list[int]
    lines: list[str] = field(default_factory=list)


def turns_from_chat(lines: Sequence[Line], unit: Unit = "line") -> Recognised | None:
    """Read lines as a chat log, each message a turn, or give None if they are none.

    Takes ``HH:MM:SS From Name to Everyone: text`` and ``HH:MM:SS<tab>Name:<tab>text``; a message
    goes on until the next line of that kind. Of a reply, the quoted start of the other message is
    dropped. Reactions are not talk. ``start_s`` is the time as written, so seconds of the
    recording or of the day.
    """
    first = next((line for line in lines if line.text.strip()), None)
    if first is None or _head(first) is None:
        return None
    messages: list[_Message] = []
    for line in lines:
        head = _head(line)
        if head:
            messages.append(head)
        elif messages:
            messages[-1].lines.append(line.text.removeprefix("\t"))
            if line.text.strip():
                messages[-1].numbers.append(line.number)
    return _read(messages, unit)


def _head(line: Line) -> _Message | None:
    if not line.text[:1].isdigit():
        return None
    match = _FROM.fullmatch(line.text)
    if match:
        said = [match[4]] if match[4] else []
        return _Message(match[1], match[2].strip(), match[3] or "", [line.number], said)
    match = _TABS.fullmatch(line.text)
    if match:
        return _Message(match[1], match[2].strip(), "", [line.number], [match[3] or ""])
    return None


def _read(messages: Sequence[_Message], unit: Unit) -> Recognised:
    turns: list[RawTurn] = []
    reactions: list[int] = []
    private: list[int] = []
    missing: list[int] = []
    bots: list[int] = []
    wordless: list[int] = []
    for message in messages:
        text = "\n".join(message.lines).strip()
        if _REACTION.fullmatch(text):
            reactions.extend(message.numbers)
            continue
        reply = _REPLY.match(text)
        text = text[reply.end() :] if reply else text
        if _UNAVAILABLE.search(text):
            text = _UNAVAILABLE.sub("", text)
            missing.extend(message.numbers)
        text = "\n".join(line for line in text.split("\n") if line.strip()).strip()
        if not text:
            wordless.extend(message.numbers)
            continue
        if is_note_taker(message.name):
            bots.extend(message.numbers)
            continue
        if _PRIVATE.search(message.to):
            private.extend(message.numbers)
        turns.append(RawTurn(message.name, text, seconds(message.time)))
    warnings, notes = [], []
    if reactions:
        notes.append(f"Reactions are not talk and were left out ({places(reactions, unit)}).")
    if wordless:
        notes.append(
            f"Messages without words of their own ({places(wordless, unit)}) were left out."
        )
    if missing:
        warnings.append(
            f"The chat log lacks part of a message ({places(missing, unit)}), which is marked "
            "in it as not to be displayed."
        )
    if bots:
        notes.append(
            f"What a note-taking service wrote ({places(bots, unit)}) was left out: "
            "it is not a person."
        )
    if private:
        warnings.append(
            f"The chat log holds private messages ({places(private, unit)}), which were read like "
            "the others: delete them from the file if they should not be analysed."
        )
    return Recognised(kind_of(turns), "chat log", turns, warnings, notes)
