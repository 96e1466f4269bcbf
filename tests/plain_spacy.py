"""The measure of speed: what anybody would write with spaCy in an afternoon, on one core.

Reads the text files named on the command line's folder, tokenises, splits sentences, and matches 30
phrases.
"""

from __future__ import annotations

import sys
from pathlib import Path

import spacy
from spacy.matcher import PhraseMatcher

PHRASES = """power; trust; money; funding; meeting; decision; public; training; payment; language;
time; relationship; research; community; experience; support; share; listen; respect; committee;
who decides; public involvement; hidden work; lived experience; plain language; early on;
set the agenda; make a decision; at the table; speak for others""".replace("\n", " ").split("; ")


def main(folder: Path) -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    matcher = PhraseMatcher(nlp.vocab, attr="LOWER")
    matcher.add("phrases", [nlp.make_doc(phrase) for phrase in PHRASES])
    words = sentences = matches = 0
    for file in sorted(folder.rglob("*")):
        if file.suffix in {".txt", ".md", ".vtt", ".srt"}:
            text = file.read_text("utf-8", errors="replace")
            paragraphs = (paragraph for paragraph in text.split("\n\n") if paragraph)
            for doc in nlp.pipe(paragraphs):
                words += len(doc)
                sentences += sum(1 for _ in doc.sents)
                matches += len(matcher(doc))
    print(f"{words:,} tokens, {sentences:,} sentences, {matches:,} matches")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
