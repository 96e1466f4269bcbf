"""The public tables as files, with a text that says what was withheld."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from commonthread.disclosure.marking import WITHHELD, kept
from commonthread.disclosure.tables import ShownTables
from commonthread.export import write_csv_for_people
from commonthread.tables import as_table, columns, data_dictionary
from commonthread.whole_files import replacing

# The tables as they are called in the public folder; ``tables.csv`` has their columns under
# "public_" and this name.
NAMES = (
    *("frequencies", "frequencies_by_group", "coverage", "cooccurrence", "participation"),
    *("follows", "role_emphasis", "questions", "resources"),
)
DICTIONARY, README = "data_dictionary", "README.txt"
_PREFIX = "public_"
_CROSSED = "workshop and role"


def public_data(
    shown: ShownTables, questions: pd.DataFrame, resources: pd.DataFrame, workshops: pd.DataFrame
) -> dict[str, pd.DataFrame]:
    """Give the tables for the public folder by name.

    Goes in: the findings as ``public_tables`` gives them, the tables ``public_questions``,
    ``public_resources`` and ``workshops``. Workshops go by their titles. Nothing stands there
    person by person or segment by segment but quotes of people who agreed.
    """
    every = shown.frequencies["group"] == "all"
    cells = shown.participation[
        (shown.participation["group"] != _CROSSED) | shown.participation["words"].notna()
    ]
    frames = {
        "frequencies": shown.frequencies[every],
        "frequencies_by_group": shown.frequencies[~every],
        "coverage": shown.coverage,
        "cooccurrence": shown.cooccurrence,
        "participation": cells,
        "follows": shown.follows,
        "role_emphasis": shown.role_emphasis,
        "questions": questions,
        "resources": resources,
    }
    titles = _titles(workshops)
    made = {}
    for name, frame in frames.items():
        table = _PREFIX + name
        if "workshop_id" in frame.columns:
            named = [titles.get(each, each) for each in frame["workshop_id"].astype(object)]
            frame = frame.assign(workshop=pd.Series(named, index=frame.index, dtype="object"))
        made[name] = as_table(kept(frame, columns(table)), table)
    return made


def write_public_data(tables: Mapping[str, pd.DataFrame], folder: Path) -> None:
    """Write the tables as CSV, with a dictionary of their columns."""
    for name, frame in tables.items():
        write_csv_for_people(frame, folder / f"{name}.csv")
    dictionary = data_dictionary()
    own = dictionary[dictionary["table"].isin([_PREFIX + name for name in tables])]
    own = own.assign(table=own["table"].str.removeprefix(_PREFIX))
    write_csv_for_people(own, folder / f"{DICTIONARY}.csv")


def write_readme(
    path: Path, *, study: str, invented: bool, threshold: int, linked: bool = False
) -> None:
    """Write what lies in the public folder, what was left out, and how it is marked.

    ``linked`` says that the report numbers the people who are quoted.
    """
    voices = (
        "\n- In report.html, quotes with the same voice number are of one person, as those who did"
        " the study decided. The number stands nowhere else."
    )
    paragraphs = [
        study,
        *(
            ["This is an invented example: workshops, people and words are made up."]
            if invented
            else []
        ),
        "What is here",
        "report.html: what people talked about in the workshops, in words, charts and tables.\n"
        "summary-tables.docx: summary tables that people wrote, if there are any.\n"
        "resources.html, resources.docx: a map of resources.\n"
        "questions.html, questions.docx: questions to think about together.\n"
        "data: the numbers as tables (CSV); data_dictionary.csv says what each column means.",
        "What was left out",
        "People said these things in trust. To keep that trust, some of what the team can see is"
        " left out:",
        f"- Counts of fewer than {threshold} people or segments are withheld. So are others that"
        " would give such a number away: by adding up or taking away within a table, by comparing"
        " a code with one above or below it, or by putting the tables and the report together."
        " All files here withhold the same.\n"
        "- What was said is quoted only from people who agreed to it. A role stands beside a quote"
        f" only if they agreed to that too, and if at least {threshold} people of that role"
        f" spoke.{voices if linked else ''}\n"
        "- There are no tables of single people or segments, no pseudonyms, no times and no names"
        " of files. By workshop and by role there are only counts of segments, words and turns"
        " behind which enough people stand.",
        "How it is marked",
        'A cell of a number that is withheld is empty. The column "'
        f'{WITHHELD}" then names the columns that are withheld in that row. The column "small" names'
        f" those of them whose number is known to be above 0 and below {threshold}; of the others,"
        " nothing of that kind follows from their being withheld. Columns whose name ends in"
        ' "at_least" say what a number is known to be at least. A cell that is empty and not named in'
        f' "{WITHHELD}" does not apply, or cannot be worked out (such as a share of nothing).',
        "What was not protected",
        "How many people or segments did NOT have a code: nothing follows from not having said"
        " something. And numbers that are withheld still lie between bounds: a code under another"
        " has no more segments than that one has, and what is not shown of a total adds up to the"
        " rest.",
    ]
    with replacing(path) as temporary:
        temporary.write_text("\n\n".join(paragraphs) + "\n", encoding="utf-8")


def _titles(workshops: pd.DataFrame) -> dict[str, str]:
    """Give workshops' titles by id, told apart where several have the same."""
    seen: dict[str, int] = {}
    made = {}
    for workshop_id, title in zip(workshops["workshop_id"], workshops["workshop"], strict=True):
        seen[title] = seen.get(title, 0) + 1
        made[workshop_id] = f"{title} ({seen[title]})" if seen[title] > 1 else title
    return made
