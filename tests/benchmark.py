"""Measures the pipeline on a study: whole commands, timed against one plain spaCy script.

    make benchmark STUDY=data/ours

Without a study, the transcripts of the example study are taken many times over. Times are ratios
to the script, measured in the same run, because machines differ and are noisy. Nothing of the study
is changed, and everything that is written is removed.
"""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import benchmark_coding_page
import benchmark_names
import benchmark_reliability
import benchmark_report

ROOT = Path(__file__).parent.parent
TWO_CORES = sorted(os.sched_getaffinity(0))[:2]


def main() -> None:
    """Run each measurement and print its figures beside what they should be at most."""
    with tempfile.TemporaryDirectory(prefix="commonthread-benchmark-") as name:
        place = Path(name)
        study = place / "study"
        if len(sys.argv) > 1:
            link_study(Path(sys.argv[1]).resolve(), study)
        else:
            multiply_example(study)
        files = [file for file in (study / "workshops").rglob("*") if file.is_file()]
        print(f"{len(files)} files, {sum(f.stat().st_size for f in files) / 1e6:.1f} MB\n")
        plain = plain_script(study)
        print(f"{'a plain spaCy script':<44}{plain:7.1f} s")
        cold = pipeline(study, place / "out")
        tell("the whole run from nothing", cold, plain, 6)
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1e6
        print(f"{'peak memory of any process':<44}{peak:7.2f} GB    at most 1.5")
        tell("again with nothing changed", pipeline(study, place / "out"), plain, None)
        edited = place / "edited.yaml"
        shutil.copy(study / "codebook.yaml", edited)
        add_term(edited)
        tell(
            "a comparison with one code changed", comparison(study, place / "out", edited), plain, 3
        )
        add_term(study / "codebook.yaml")
        tell("after one word is added to a code's terms", pipeline(study, place / "out"), plain, 3)
        add_file(study)
        tell("after one file is added", pipeline(study, place / "out"), plain, 2.5)
        four = place / "four"
        four_times(study, four)
        longer = pipeline(four, place / "out-four")
        print(f"{'4 times the files':<44}{longer:7.1f} s  {longer / cold:5.1f} x  at most 4.4")
        benchmark_report.main(place / "out/report.html" if len(sys.argv) > 1 else None)
    benchmark_coding_page.main()
    benchmark_names.main()
    benchmark_reliability.main()


def tell(what: str, seconds: float, plain: float, limit: float | None) -> None:
    """Print one figure, as seconds and as a ratio to the plain script."""
    bound = f"at most {limit}" if limit is not None else ""
    print(f"{what:<44}{seconds:7.1f} s  {seconds / plain:5.1f} x  {bound}")


def timed(command: list[str], cores: list[int]) -> float:
    """Run a command on these cores and give its wall-clock seconds; end if it fails."""
    begin = time.perf_counter()
    done = subprocess.run(
        command,
        cwd=ROOT,
        capture_output=True,
        text=True,
        preexec_fn=lambda: os.sched_setaffinity(0, cores),
    )
    seconds = time.perf_counter() - begin
    if done.returncode != 0 and "refused" not in done.stderr:
        sys.exit(done.stderr)
    return seconds


def plain_script(study: Path) -> float:
    """Time the plain script, the faster of two runs, on one core."""
    command = [sys.executable, str(ROOT / "tests/plain_spacy.py"), str(study / "workshops")]
    return min(timed(command, TWO_CORES[:1]) for _ in range(2))


def pipeline(study: Path, results: Path, *targets: str, more: Sequence[str] = ()) -> float:
    """Time the pipeline on two cores; ``more`` are further settings, as name=value."""
    snakemake = str(Path(sys.executable).with_name("snakemake"))
    config = [f"study={study}", f"results={results}", f"codebook={study}/codebook.yaml", *more]
    return timed([snakemake, *targets, "--cores", "2", "--config", *config], TWO_CORES)


def comparison(study: Path, results: Path, edited: Path) -> float:
    """Time a comparison of the codebook with an edited one."""
    return pipeline(study, results, "compare", more=[f"with={edited}"])


def link_study(source: Path, study: Path) -> None:
    """Make a study whose files are links to those of another."""
    for file in (source / "workshops").rglob("*"):
        if file.is_file():
            link = study / file.relative_to(source)
            link.parent.mkdir(parents=True, exist_ok=True)
            link.symlink_to(file)
    for name in ("participants.csv", "workshops.csv"):
        if (source / name).is_file():
            shutil.copy(source / name, study / name)
    own = source / "codebook.yaml"
    shutil.copy(own if own.is_file() else ROOT / "config/codebook.yaml", study / "codebook.yaml")


def multiply_example(study: Path, times: int = 100) -> None:
    """Make a large study of the example's text files, each time with a line more."""
    texts = [
        file
        for file in (ROOT / "data/example/workshops").rglob("*")
        if file.suffix in {".txt", ".md", ".vtt", ".srt"}
    ]
    for number in range(times):
        for text in texts:
            copy = study / "workshops" / text.parent.name / f"{number:03d}-{text.name}"
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_text(f"{text.read_text('utf-8')}\n\nCopy {number}.\n", encoding="utf-8")
    shutil.copy(ROOT / "config/codebook.yaml", study / "codebook.yaml")


def add_term(codebook: Path) -> None:
    """Add one word to the first terms in a codebook."""
    before, mark, after = codebook.read_text("utf-8").partition("terms:\n")
    indent = after[: len(after) - len(after.lstrip(" "))]
    codebook.write_text(f"{before}{mark}{indent}- benchmark\n{after}", encoding="utf-8")


def add_file(study: Path) -> None:
    """Add a file in which two people speak who are new to the study."""
    workshop = next(folder for folder in (study / "workshops").iterdir() if folder.is_dir())
    talk = "We never had the money to start early, and nobody asked who decides.\n\n"
    lines = (f"{name}: {talk}" for name in ("Benedikta Quill", "Ottokar Finch") * 100)
    (workshop / "added-by-the-benchmark.txt").write_text("".join(lines), encoding="utf-8")


def four_times(study: Path, four: Path) -> None:
    """Make a study of four times the files; each copy differs, as the same file counts once."""
    for file in (study / "workshops").rglob("*"):
        if file.is_file():
            for number in range(4):
                copy = four / file.relative_to(study)
                copy = copy.with_name(f"{number}-{copy.name}")
                copy.parent.mkdir(parents=True, exist_ok=True)
                copy.write_bytes(
                    file.read_bytes() + f"\n\nCopy {number}.\n".encode() * (number > 0)
                )
    shutil.copy(study / "codebook.yaml", four / "codebook.yaml")


if __name__ == "__main__":
    main()
