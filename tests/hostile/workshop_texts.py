"""Hostile and damaged files of a workshop that are plain text: encodings, subtitles, tables, JSON."""

from __future__ import annotations

import json

from hostile.case import SECRET, TALK, WORKSHOP, Case, refused, taken

_VTT = f"WEBVTT\n\n00:00:01.000 --> 00:00:02.000\n<v Jane>hello {SECRET}\n\n"
_SRT = f"1\n00:00:01,000 --> 00:00:02,000\nJane: hello {SECRET}\n\n"
_ACCENTED = f"Zoë: café at £5 – “nice” {SECRET}\nBob: hello\n"
_ACCENTS = "Zoë: café at £5 – “nice”"
_CHAT = "10:01:02 From Jane to Everyone:\n\thello {words}\n10:01:09 From Bob to Everyone:\n\tyes\n"


def _at(name: str) -> str:
    return f"{WORKSHOP}/{name}"


def _segments(**more: object) -> str:
    row = {"start": 0.0, "end": 1.0, "text": f"hello {SECRET}", "speaker": "Jane"}
    return json.dumps({"segments": [row | more]})


ENCODINGS = [
    taken(_at("utf8.txt"), _ACCENTED, _ACCENTS),
    taken(_at("bom.txt"), _ACCENTED.encode("utf-8-sig"), _ACCENTS),
    taken(_at("utf16le.txt"), b"\xff\xfe" + _ACCENTED.encode("utf-16-le"), _ACCENTS),
    taken(_at("utf16be.txt"), b"\xfe\xff" + _ACCENTED.encode("utf-16-be"), _ACCENTS),
    taken(_at("utf16-no-mark.txt"), _ACCENTED.encode("utf-16-le"), _ACCENTS),
    taken(_at("utf32.txt"), _ACCENTED.encode("utf-32"), _ACCENTS),
    taken(_at("cp1252.txt"), _ACCENTED.encode("cp1252"), _ACCENTS, told=("Windows-1252",)),
    taken(
        _at("mixed.txt"),
        "Zoë: café\n".encode() + "Bob: naïve £5\n".encode("cp1252"),
        "Zoë: café",
        "Bob: naïve £5",
        told=("line 2",),
    ),
    taken(_at("cr.txt"), TALK.replace("\n", "\r"), "Jane: hello", "Bob: hello back"),
    taken(
        _at("newlines.txt"),
        "Jane: a\r\nBob: b\rCy: c\nDi: d\u2028e\x85f\n",
        "Cy: c",
        "Di: d\u2028e",
    ),
    taken(
        _at("nul.txt"), f"Jane: hel\0lo {SECRET}\nBob: \x07 hi\n", "Jane: hel lo", told=("control",)
    ),
    taken(
        _at("bidi.txt"),
        f"Jane: pay \u202e001$\u202c {SECRET}\nBob: yes\n",
        "Jane: pay 001$",
        told=("direction",),
    ),
    taken(_at("offsets.txt"), "Jane: 😀😀 é e\u0301 Sarah\nBob: yes\n", "😀😀 é e\u0301 Sarah"),
    taken(_at("tags.txt"), f"Jane: hi \U000e0041\U000e0042 {SECRET}\nBob: hi\n", "hi"),
    taken(_at("surrogates.txt"), b"Jane: a \xed\xa0\x80 b\nBob: yes\n", "Bob: yes", told=("",)),
    refused(_at("empty.txt"), b"", "empty"),
    refused(_at("white.txt"), b"\r\n \t\n", "empty"),
    refused(_at("marks-only.txt"), "\ufeff\u200b\n".encode(), "empty"),
    refused(_at("picture.txt"), b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40, "picture"),
    refused(
        _at("random.txt"), bytes((7 * n * n + n // 3) % 256 for n in range(9000)), "not a text file"
    ),
    refused(_at("zip.txt"), b"PK\x03\x04" + b"\0" * 400, "zip.txt"),
    refused(_at("one-line.txt"), lambda: f"Jane: {SECRET} " + "word " * 10_000_000, "line 1"),
    taken(_at("many-turns.txt"), lambda: "Jane: a b\nBob: c\n" * 10_000, "Jane: a b"),
    refused(_at("too-many-turns.txt"), lambda: "Jane: a b\nBob: c\n" * 101_000, "200,000"),
    taken(_at("colons.txt"), lambda: ":" * 900_000 + "\n" + TALK, "Jane: hello"),
    taken(_at("brackets.txt"), lambda: "[(<" * 300_000 + "\n" + TALK, "Jane: hello"),
    taken(_at("stars.txt"), lambda: "*_" * 450_000 + "\n" + TALK, "hello"),
    taken(_at("digits.txt"), lambda: "1" * 900_000 + ":00\n" + TALK, "hello"),
    taken(_at("long-name.txt"), lambda: "J" * 500_000 + ": hello\n" + TALK, "Bob: hello back"),
    refused(_at("blank-lines.txt"), lambda: "\n" * 5_000_000 + TALK, "lines"),
    taken(
        _at("combining.txt"),
        lambda: "Jane: a" + "\u0301" * 500_000 + f" {SECRET}\nBob: yes\n",
        "Bob: yes",
    ),
]

SUBTITLES = [
    taken(_at("no-header.vtt"), _VTT.removeprefix("WEBVTT\n\n"), "Jane: hello", told=("WEBVTT",)),
    taken(
        _at("negative.srt"),
        _SRT
        + f"2\n00:00:05,000 --> 00:00:03,000\nBob: {SECRET}\n\n3\n-00:00:01,000 --> x\nBob: hi\n",
        "Jane: hello",
        told=("line",),
    ),
    refused(
        _at("huge-cue.vtt"),
        lambda: _VTT + "00:00:03.000 --> 00:00:04.000\n<v Bob>" + "word " * 2_000_000,
        "line 7",
    ),
    taken(
        _at("tags.vtt"),
        lambda: _VTT + "00:00:03.000 --> 00:00:04.000\n" + "<v Bob>" * 120_000 + "hi\n",
        "hi",
    ),
    taken(
        _at("open-tag.vtt"),
        lambda: _VTT + "00:00:03.000 --> 00:00:04.000\n<v Bob" + "<" * 900_000 + "\n",
        "Jane: hello",
    ),
    taken(_at("arrows.srt"), lambda: _SRT + "-->" * 300_000 + "\n", "Jane: hello"),
    taken(
        _at("huge-times.srt"),
        _SRT + f"2\n{'9' * 400}:00:00,000 --> {'9' * 400}:00:01,000\nBob: hi\n",
        "Jane: hello",
        told=("line",),
    ),
    taken(
        _at("cues.srt"),
        lambda: "".join(
            f"{n}\n00:00:01,000 --> 00:00:02,000\nA{n % 2}: x\n\n" for n in range(20_000)
        ),
        "A1: x",
    ),
    refused(_at("only-header.vtt"), "WEBVTT\n\n", "line of times"),
    taken(
        _at("style.vtt"),
        "WEBVTT\n\nSTYLE\n::cue { background: url(https://example.org/x) }\n\n" + _VTT[8:],
        "Jane: hello",
    ),
    taken(
        _at("entities.vtt"),
        _VTT + "00:00:03.000 --> 00:00:04.000\n<v Bob>&lt;b&gt; &#x202e; &#0; &#99999999999;\n",
        "Bob: <b>",
    ),
    taken(_at("chat.txt"), _CHAT.format(words=SECRET), "Jane"),
    taken(
        _at("chat-bad.txt"),
        _CHAT.format(words=SECRET) + "99:99:99 From : \n\t\n25:61:61 From Bob to Everyone:\n\tx\n",
        "Jane",
    ),
]

TABLES = [
    refused(_at("ragged.csv"), f"speaker,text\nJane,{SECRET}\nBob,a,b,c\n", "ow 3"),
    refused(_at("quote.csv"), f'speaker,text\nJane,"never closed {SECRET}\nBob,hi\n', "ow 2"),
    refused(_at("quote-inside.csv"), f'speaker,text\nJane,"a" {SECRET}\nBob,hi\n', "ow 2", "quote"),
    taken(_at("tabs.csv"), f"speaker\ttext\nJane\thello {SECRET}\n", "Jane: hello"),
    taken(_at("tabs.tsv"), f"speaker\ttext\nJane\thello {SECRET}\n", "Jane: hello"),
    taken(
        _at("ids.csv"),
        f"id,speaker,text\n007,NA,NA {SECRET}\n1e5,Jane,010\n",
        "NA: NA",
        "Jane: 010",
    ),
    refused(
        _at("columns.csv"),
        lambda: ",".join(f"c{n}" for n in range(100_000)) + "\n" + "," * 99_999 + "\n",
        "2,000 columns",
    ),
    refused(
        _at("one-cell.csv"),
        lambda: b"speaker,text\nJane," + b"word " * 10_000_000 + b"\n",
        "one-cell.csv",
        "131,072",
    ),
    refused(_at("rows.csv"), lambda: b"speaker,text\n" + b"Jane,a b\n" * 250_000, "200,000 rows"),
    taken(
        _at("formulas.csv"),
        f"speaker,text\n=1+1,@SUM(1) {SECRET}\n-2,=cmd|'/C calc'!A0\n",
        "=1+1: @SUM(1)",
    ),
    taken(_at("twice.csv"), f"text,text,speaker\na,b {SECRET},Jane\n", "Jane"),
    taken(_at("sep.csv"), f"sep=;\nspeaker;text\nJane;hello {SECRET}\n", "Jane: hello"),
    taken(_at("nul.csv"), f"speaker,text\nJa\0ne,hello {SECRET}\n", "hello"),
    refused(_at("headings-only.csv"), "speaker,text\n", "below its headings"),
    refused(_at("delimiters.csv"), lambda: b",;\t" * 3_100_000, "cells"),
    refused(_at("quotes.csv"), lambda: b'"' * 5_000_001, "quotes.csv"),
]

JSON = [
    taken(_at("whisper.json"), _segments(), "Jane: hello"),
    refused(
        _at("twice.json"), '{"segments":[],"segments":[{"start":0,"end":1,"text":"b"}]}', "twice"
    ),
    refused(_at("deep.json"), lambda: "[" * 100_000 + "]" * 100_000, "cannot be taken in"),
    refused(
        _at("deep-objects.json"),
        lambda: '{"segments":' * 100_000 + "1" + "}" * 100_000,
        "cannot be taken in",
    ),
    taken(_at("nan.json"), _segments().replace("1.0", "NaN"), "Jane: hello"),
    taken(_at("infinity.json"), _segments().replace("1.0", "1e999"), "Jane: hello"),
    refused(
        _at("huge-number.json"),
        lambda: _segments().replace("1.0", "9" * 100_000),
        "huge-number.json",
    ),
    refused(_at("not-list.json"), '{"segments": {"text": "quokka"}}', "not-list.json"),
    refused(_at("texts.json"), '{"segments": ["quokka", null, 3, [], {"text": 7}]}', "texts.json"),
    taken(_at("surrogate.json"), _segments(text="a \ud800 b"), "Jane: a"),
    refused(_at("cut.json"), _segments()[:-20], "cut.json"),
    refused(_at("flood.json"), lambda: '{"segments":[' + "[]," * 2_500_000 + "[]]}", "far more"),
    refused(
        _at("keys.json"),
        lambda: "{" + ",".join(f'"{n}":0' for n in range(300_000)) + "}",
        "no segments",
    ),
    refused(_at("number.json"), "42", "number.json"),
    refused(_at("nothing.json"), "null", "nothing.json"),
]

CASES: list[Case] = [*ENCODINGS, *SUBTITLES, *TABLES, *JSON]
