"""What a paper says of how it was done: a paragraph to paste, and two reporting guidelines.

The guidelines are COREQ, items 24 to 29 (Tong, Sainsbury and Craig 2007), and the short form of
GRIPP2 (Staniszewska and others 2017). What a run knows is filled in; what only people know is
marked "For you to write".
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from commonthread.report.blocks import Table, text_cell
from commonthread.report.classifier import summary_for_methods
from commonthread.report.corrected import is_corrected
from commonthread.report.facts import Facts
from commonthread.report.inputs import PeopleCoding
from commonthread.report.overview import not_coded, role_people, spoke
from commonthread.report.people_coding import basis_counts
from commonthread.report.wording import count, in_sentence, of, percent, plural, words_list
from commonthread.settings import SegmentSettings
from commonthread.standing import MACHINE, SETTLED, who_settled

_GAP = "For you to write:"
_COLUMNS = ("Item", "What to report", "What this run knows", "For you to write")


@dataclass(frozen=True)
class Methods:
    """What the section says; ``paragraphs`` are plain text to copy."""

    paragraphs: tuple[str, ...]
    coreq: Table
    gripp: Table


def methods(facts: Facts) -> Methods:
    """Put together the methods paragraph and the tables of the guidelines."""
    return Methods(
        (
            " ".join((_material(facts), _preparing(facts), _coding(facts), _counting(facts))),
            *filter(None, (_checking(facts), _not_done(facts))),
            f"{_GAP} who held the workshops, when and where, and how people were invited and "
            "paid; who wrote the codebook and how it was changed; how the findings were read and "
            "discussed; ethical approval and consent.",
        ),
        _coreq(facts),
        _gripp(facts),
    )


def _material(facts: Facts) -> str:
    sources = facts.inputs.sources
    read = sources[sources["status"] == "read"]
    refused = len(sources) - len(read)
    kinds = [
        count(int((read["kind"] == kind).sum()), name)
        for kind, name in (("transcript", "transcript"), ("notes", "notes file"))
        if (read["kind"] == kind).any()
    ]
    formats = words_list(sorted({str(name) for name in read["format"] if name}))
    said = (
        f"We analysed {words_list(kinds) or 'no files'} from "
        f"{count(len(facts.inputs.workshops), 'workshop')}"
        f"{f' (file formats {formats})' if formats else ''}: "
        f"{count(int(read['words'].sum()), 'word')}, with {count(spoke(facts), 'person')} speaking."
    )
    if refused:
        said += (
            f" {count(refused, 'file').capitalize()} could not be read and "
            f"{plural('is', refused)} not in the analysis."
        )
    return said


def _preparing(facts: Facts) -> str:
    changed, usual = facts.inputs.run["settings"], SegmentSettings()
    unit = changed.get("segments.unit", (usual.unit, ""))[0]
    length = changed.get("segments.length", (str(usual.length), ""))[0]
    cut = "one for each turn" if unit == "turns" else f"of about {length} {unit}"
    return (
        "Names on the list of participants were replaced by a role and a number. Turns were cut "
        f"at the ends of sentences into segments {cut}; there were "
        f"{count(len(facts.inputs.segments), 'segment')}."
    )


def _codebook(facts: Facts) -> str:
    book = facts.codebook
    return (
        f"“{book.title}” (version {book.version}, SHA-256 {book.sha256[:12]}), with "
        f"{count(len(book.themes), 'theme')}, {count(len(facts.leaves()), 'code')} and "
        f"{count(len(book.aspects), 'aspect')}"
    )


def _coders(facts: Facts) -> dict[str, set[str]]:
    codings = facts.inputs.codings
    return {
        str(kind): {str(name) for name in own}
        for kind, own in codings.groupby("coder_kind")["coder_id"]
    }


def _coding(facts: Facts) -> str:
    run, codings, coders = facts.inputs.run, facts.inputs.codings, _coders(facts)
    version = run["versions"].get("commonthread", "")
    said = [f"Segments were coded with the codebook {_codebook(facts)}."]
    if "dictionary" in coders:
        made = int((codings["coder_kind"] == "dictionary").sum())
        said.append(
            f"commonthread {version} looked for the codebook’s words and phrases in all segments "
            f"({count(made, 'coding')})."
        )
        if run["language_pipeline"]:
            said.append(f"Language was processed with {run['language_pipeline']}.")
    if facts.inputs.people is not None:
        said.append(_people_coding(facts, facts.inputs.people))
    if "classifier" in coders:
        made = int((codings["coder_kind"] == "classifier").sum())
        said.append(
            summary_for_methods(facts.inputs.classifier)
            or f"A classifier gave {count(made, 'coding')}."
        )
    return " ".join(said)


def _people_coding(facts: Facts, people: PeopleCoding) -> str:
    coders = people.coders[people.coders["judged"] > 0]
    roles = [
        count(number, in_sentence(str(role)))
        for role, number in coders["role"].value_counts().items()
    ]
    judged = basis_counts(people)
    by_people = sum(number for basis, number in judged.items() if basis != MACHINE)
    said = (
        f"{count(len(coders), 'person').capitalize()} ({words_list(roles)}) coded "
        f"{of(by_people, sum(judged.values()), 'segment')}, each apart from the others. Where people "
        "coded a segment, no machine’s coding of it counted"
    )
    settled = who_settled(people.judgements)
    if settled:
        took_part = Counter(in_sentence(role) for _, role in settled)
        met = words_list(count(number, role) for role, number in took_part.items())
        said += (
            f"; of the segments that they coded differently, {judged[SETTLED]:,} "
            f"{plural('was', judged[SETTLED])} settled together ({met})"
        )
    return said + "."


def _counting(facts: Facts) -> str:
    total, none = not_coded(facts)
    return (
        "A segment could have several codes. For each code we counted segments, people, workshops "
        f"and roles. {of(none, total, 'segment').capitalize()} ({percent(none, total)}) had no "
        "code of any theme."
    )


def _checking(facts: Facts) -> str:
    """Say how counts were corrected; empty where they were not."""
    audit = facts.inputs.audit
    if audit is None or not is_corrected(audit):
        return ""
    whole = audit.frequencies[audit.frequencies["group"] == "all"]
    checked, twice = int(whole["checked"].max()), int(whole["checked_twice"].max())
    return (
        f"{count(checked, 'segment').capitalize()}, drawn at random within workshop and role, "
        f"{plural('was', checked)} judged by people in packs that do not show the machine’s codes, "
        f"{twice:,} of them by two or more. With these, the machine’s counts were corrected by a "
        "hierarchical beta-binomial model, post-stratified by the machine’s code, fitted apart to "
        "all, to workshops, to roles and to roles within workshops; shares are given with 95% "
        "intervals. What coders differed on was drawn from what either may have meant. Intervals "
        "for people like these rest on design-based pseudo-outcomes (Egami and others 2023), "
        "clustered by person."
    )


def _not_done(facts: Facts) -> str:
    people = _people_who_coded(facts)
    said = []
    if not people:
        said.append("no person coded segments or checked the machine’s codings within this run")
    if people < 2:
        said.append("there was no second coder, so agreement between coders was not measured")
    if not is_corrected(facts.inputs.audit):
        said.append(
            "counts were not corrected for what the machine misses or catches wrongly, and no "
            "intervals are given"
        )
    return f"What was not done: {'; '.join(said)}." if said else ""


def _people_who_coded(facts: Facts) -> int:
    people = facts.inputs.people
    return 0 if people is None else int((people.coders["judged"] > 0).sum())


def _coreq(facts: Facts) -> Table:
    coders, book, run = _coders(facts), facts.codebook, facts.inputs.run
    people = _people_who_coded(facts)
    machines = [name for name in ("dictionary", "classifier") if name in coders]
    absent = sum(not facts.count(code.id).segments for code in facts.leaves())
    missing = f"{count(absent, 'code')} {plural('was', absent)}" if absent else "No code was"
    total, none = not_coded(facts)
    consent = facts.inputs.participants["consent"]
    agreed = int(consent.isin({"verbatim", "verbatim with role"}).sum())
    software = words_list(f"{name} {version}" for name, version in run["versions"].items())
    tree = words_list(
        f"{theme.name} ({count(len(facts.leaves(theme.id)), 'code')})" for theme in book.themes
    )
    rows = (
        (
            "24. Number of data coders",
            "How many people coded the data",
            f"{count(people, 'person').capitalize()} coded. Machine coders: "
            f"{words_list(machines) or 'none'}.",
            "Who they were, how they were trained, and how differences were settled."
            if people
            else "Who read what the machine coded, and how much of it.",
        ),
        (
            "25. Description of the coding tree",
            "Whether the coding tree is described",
            f"The codebook {_codebook(facts)}. Themes: {tree}. Each code is described under "
            "“Theme by theme”.",
            "Where readers of the paper find the codebook.",
        ),
        (
            "26. Derivation of themes",
            "Whether themes were set in advance or came from the data",
            f"For this run, themes and codes were set in advance, in the codebook. "
            f"{missing} not found; {of(none, total, 'segment')} had no code of any theme.",
            "Where the codebook came from, what was changed after reading, and what was found in "
            "the segments that have no code.",
        ),
        (
            "27. Software",
            "What software was used to manage the data",
            f"{software}.",
            "Other software, such as for recording and transcribing.",
        ),
        (
            "28. Participant checking",
            "Whether participants gave feedback on the findings",
            "Nothing: this happens between people.",
            "Whether participants saw the findings, in what form, and what changed because of it.",
        ),
        (
            "29. Quotations presented",
            "Whether quotations illustrate the findings, and whether each is identified",
            f"Quotes stand under each code, by pseudonym. {count(agreed, 'person').capitalize()} "
            "agreed to be quoted word for word; the public edition quotes nobody else, and nobody "
            "by pseudonym.",
            "How the quotes in the paper were chosen, and how each is identified.",
        ),
    )
    return _table("coreq-table", "COREQ, items 24 to 29: analysis and reporting", rows)


def _gripp(facts: Facts) -> Table:
    roles = words_list(role_people(facts))
    reflections = next(
        (facts.count(aspect.id) for aspect in facts.codebook.aspects if aspect.id == "reflection"),
        None,
    )
    rows = (
        (
            "1. Aim",
            "The aim of patient and public involvement in the study",
            "Nothing: the study’s plan says it.",
            "What involving patients and the public was meant to achieve.",
        ),
        (
            "2. Methods",
            "How patients and the public were involved",
            f"In {count(len(facts.inputs.workshops), 'workshop')} "
            f"{count(spoke(facts), 'person')} spoke{f': {roles}' if roles else ''}. Who spoke how "
            "much stands under “Who spoke”.",
            "How people were involved in planning, in the analysis and in writing, how they were "
            "supported and paid.",
        ),
        (
            "3. Study results",
            "What involvement led to, good and bad",
            "What people said of it stands under “Theme by theme”; challenges beside practices, "
            "in the summary tables.",
            "What became different in the study because people were involved.",
        ),
        (
            "4. Discussion and conclusions",
            "How far involvement influenced the study, for better and for worse",
            "Nothing: this is a judgement.",
            "How far it did, and how you know.",
        ),
        (
            "5. Reflections",
            "A critical look at what went well and what did not",
            f"{count(reflections.segments, 'segment').capitalize()} "
            f"{plural('was', reflections.segments)} coded as reflection."
            if reflections
            else "Nothing: the codebook has no code for reflection.",
            "What you would do again, and what not; best written together with those involved.",
        ),
    )
    return _table("gripp-table", "GRIPP2 short form: patient and public involvement", rows)


def _table(id: str, caption: str, rows: tuple[tuple[str, str, str, str], ...]) -> Table:
    return Table(
        id,
        caption,
        _COLUMNS,
        tuple(
            (*(text_cell(words) for words in row[:-1]), text_cell(f"{_GAP} {_small(row[-1])}"))
            for row in rows
        ),
    )


def _small(words: str) -> str:
    return words[:1].lower() + words[1:]
