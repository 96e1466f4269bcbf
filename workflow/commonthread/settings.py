"""The settings of a run: what ``config/config.yaml`` may say, with the defaults."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field


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


class Settings(_Section):
    """All settings of a run."""

    study: str = Field("data/example", description="Folder of the study")
    results: str | None = Field(None, description="Folder of the results; results/<study> if empty")
    codebook: str | None = Field(
        None, description="Codebook file; the study's own, else config/codebook.yaml, if empty"
    )
    reading: ReadingSettings = ReadingSettings()
    segments: SegmentSettings = SegmentSettings()
    language: LanguageSettings = LanguageSettings()
