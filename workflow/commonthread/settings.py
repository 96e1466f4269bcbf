"""The settings of a run: what ``config/config.yaml`` may say, with the defaults."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator

from commonthread.identifiers.kinds import IdentifierKind
from commonthread.strict_yaml import Document, load_yaml, validate


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class ColumnSettings(_Section):
    """Which columns of a table (CSV, XLSX) mean what, for tables whose headings are unusual."""

    speaker: list[str] = Field([], description="Headings of the column with who spoke")
    text: list[str] = Field([], description="Headings of the column with what was said or noted")
    start: list[str] = Field([], description="Headings of the column with when a turn starts")
    end: list[str] = Field([], description="Headings of the column with when a turn ends")


class LimitSettings(_Section):
    """Sizes above which a source is refused, so that a damaged or hostile file cannot do harm."""

    file_mb: int = Field(100, gt=0, description="Size of a file, in megabytes")
    expanded_mb: int = Field(50, gt=0, description="Size of one part of a zipped file, unpacked")
    expansion: int = Field(100, gt=0, description="Unpacked size of a part over its packed size")
    turn_letters: int = Field(1_000_000, gt=0, description="Letters in one turn or note")
    turns: int = Field(200_000, gt=0, description="Turns or notes in one file")
    pages: int = Field(2_000, gt=0, description="Pages of a PDF")


class ReadingSettings(_Section):
    """How files are read."""

    columns: ColumnSettings = ColumnSettings()
    speaker_pattern: str | None = Field(
        None,
        description="RE2 expression for lines that start a turn, with the groups 'speaker' and 'text'",
    )
    limits: LimitSettings = LimitSettings()

    @field_validator("speaker_pattern")
    @classmethod
    def _is_an_expression_with_both_groups(cls, pattern: str | None) -> str | None:
        if pattern is None:
            return None
        import re2

        options = re2.Options()
        options.log_errors = False
        try:
            groups = re2.compile(pattern, options=options).groupindex
        except re2.error:
            raise ValueError("it is not a valid RE2 expression") from None
        if not {"speaker", "text"} <= set(groups):
            raise ValueError("it needs the groups (?P<speaker>...) and (?P<text>...)")
        return pattern


class IdentifierSettings(_Section):
    """Which structured identifiers are replaced, besides what the study lists."""

    country: str = Field(
        "GB",
        pattern="^[A-Z]{2}$",
        description="Whose telephone numbers, postcodes and numbers of people are looked for: a "
        "country by its two capitals (ISO 3166-1)",
    )
    leave: list[IdentifierKind] = Field(
        [], description="Kinds of identifiers that are left as they are"
    )


class ReturnedSettings(_Section):
    """Sizes above which what comes back from people is refused: codings, proposals, marks of words."""

    file_mb: int = Field(50, gt=0, description="Size of a file, in megabytes")
    expanded_mb: int = Field(15, gt=0, description="Size of one part of a zipped file, unpacked")
    rows: int = Field(100_000, gt=0, description="Rows of a table in one file")


class SegmentSettings(_Section):
    """How turns are cut into segments."""

    unit: Literal["words", "sentences", "turns"] = Field(
        "words", description="What the length of a segment is counted in"
    )
    length: int = Field(60, gt=0, description="About how many words or sentences make a segment")


class LanguageSettings(_Section):
    """How language is processed."""

    language: str = Field("en", description="Language of the workshops, as a two-letter code")
    spacy_model: str | None = Field(None, description="An installed spaCy model to use instead")


class DisclosureSettings(_Section):
    """Below which number counts are not shown, so that they tell too little about anybody."""

    team_threshold: int = Field(
        5, gt=0, description="In the team's edition, for people by workshop, role or code"
    )
    public_threshold: int = Field(
        10, gt=0, description="In the public edition, for every count of people or segments"
    )
    link_quotes: bool = Field(
        False,
        description="Whether the public report says by a number which quotes are of one person",
    )


class PackSettings(_Section):
    """What the people who code get to code, unless the list of coders says otherwise."""

    workshops: list[str] = Field([], description="Folders of the workshops to code; all if empty")
    segments: int | None = Field(
        None, gt=0, description="How many segments are drawn at random; all if empty"
    )
    shared: bool = Field(
        True, description="Whether all coders get the same segments, or each gets others"
    )
    start: Literal["blind", "dictionary"] = Field(
        "blind", description="Whether coders see what the dictionary found"
    )


class AuditSettings(_Section):
    """The random sample that people check, so that counts of machines can be corrected by it."""

    segments: int = Field(200, gt=0, description="About how many segments the sample has")
    coders: list[str] = Field(
        [],
        description="Who checks, by their names in the list of coders; its first two if empty",
    )


class ClassifierSettings(_Section):
    """The coder that learns from people's codings."""

    apply: bool = Field(
        True,
        description="Whether it may give codes by itself; else it only shows where codes may fit",
    )
    target: float = Field(
        0.8, ge=0.5, lt=1, description="How sure it has to be of a code, from 0.5 to 1, to give it"
    )
    certain: float = Field(
        0.7,
        ge=0.5,
        lt=1,
        description="What share of the codings that it is so sure of has to be right, as far as can "
        "be said with a confidence of 95 %, for a code to be given at all",
    )
    embeddings: str | None = Field(
        None,
        description="Folder of a model of sentence-transformers on this machine, by which it sees "
        "more in a segment than its words; none if empty",
    )
    next_segments: int = Field(
        40, gt=0, description="How many segments a pack has that is made of what to code next"
    )


class TableColumn(_Section):
    """A column of a summary table: what was said about the table's codes with these aspects."""

    title: str = Field(description="Heading of the column")
    aspects: list[str] = Field(description="Aspects of the codebook that the column takes in")


DEFAULT_COLUMNS = [
    TableColumn(title="Challenges", aspects=["challenge"]),
    TableColumn(title="Practices and resources that may help", aspects=["practice", "resource"]),
]


class TableSettings(_Section):
    """A summary table: its rows are points of a theme, or of codes, and of the codes below them."""

    id: str = Field(description="Name of the table's files", pattern=r"^[a-z][a-z0-9_]{1,40}$")
    title: str = Field(description="Title of the table")
    theme: str | None = Field(
        None, description="Theme whose points the table gives; instead of codes"
    )
    codes: list[str] = Field(
        [], description="Themes or codes whose points the table gives; instead of a theme"
    )
    columns: list[TableColumn] = Field(
        DEFAULT_COLUMNS,
        description="Columns beside the point; the first says what the points are made from",
    )

    @property
    def chosen(self) -> list[str]:
        """The themes and codes whose points the table gives."""
        return [self.theme] if self.theme else self.codes


class Settings(_Section):
    """All settings of a run."""

    study: str = Field("data/example", description="Folder of the study")
    results: str | None = Field(None, description="Folder of the results; results/<study> if empty")
    private: str | None = Field(
        None, description="Folder of the key to the pseudonyms; <results>-private if empty"
    )
    codebook: str | None = Field(
        None, description="Codebook file; the study's own, else config/codebook.yaml, if empty"
    )
    tables: list[TableSettings] = Field(
        [], description="The summary tables; one for each theme of the codebook if empty"
    )
    reading: ReadingSettings = ReadingSettings()
    identifiers: IdentifierSettings = IdentifierSettings()
    returned: ReturnedSettings = ReturnedSettings()
    segments: SegmentSettings = SegmentSettings()
    language: LanguageSettings = LanguageSettings()
    disclosure: DisclosureSettings = DisclosureSettings()
    packs: PackSettings = PackSettings()
    audit: AuditSettings = AuditSettings()
    classifier: ClassifierSettings = ClassifierSettings()


def load_settings(file: Path, overrides: Mapping[str, Any]) -> Settings:
    """Read a settings file, and put what was given on the command line over it.

    ``overrides`` is nested like the file. Raises ``InputProblems`` with every unknown or wrong
    setting, each with its line.
    """
    document = load_yaml(file)
    settings = validate(Settings, document, str(file))
    if not overrides:
        return settings
    given = Document(_as_written(overrides), {})
    validate(Settings, given, "--config")
    both = _merged(document.data or {}, given.data)
    return validate(Settings, Document(both, {}), "--config")


def changed_settings(settings: Settings) -> dict[str, tuple[str, str]]:
    """Give the settings that differ from the defaults: dotted name to value and default, as text.

    Where files lie does not count, and of a model's folder only its name is given.
    """
    default = _flat(Settings().model_dump())
    given = _flat(settings.model_dump(exclude_unset=True))
    if given.get("classifier.embeddings"):
        given["classifier.embeddings"] = Path(given["classifier.embeddings"]).name
    return {
        name: (str(value), str(default[name]))
        for name, value in given.items()
        if value != default[name] and name not in {"study", "results", "private", "codebook"}
    }


def _flat(values: Mapping[str, Any], above: str = "") -> dict[str, Any]:
    flat: dict[str, Any] = {}
    for name, value in values.items():
        if isinstance(value, Mapping):
            flat |= _flat(value, f"{above}{name}.")
        else:
            flat[above + name] = value
    return flat


def _as_written(value: Any) -> Any:
    """Give values of the command line as the text that they are in a file."""
    if isinstance(value, Mapping):
        return {str(name): _as_written(below) for name, below in value.items()}
    if isinstance(value, list):
        return [_as_written(item) for item in value]
    return None if value is None else str(value)


def _merged(under: Mapping[str, Any], over: Mapping[str, Any]) -> dict[str, Any]:
    both = dict(under)
    for name, value in over.items():
        below = both.get(name)
        if isinstance(value, Mapping) and isinstance(below, Mapping):
            both[name] = _merged(below, value)
        else:
            both[name] = value
    return both
