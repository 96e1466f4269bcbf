# Takes the words that nobody listed, what was replaced, and how people marked words (the study's
# folder names). Makes the worklist for a person, as page and workbook, and the page of what was
# replaced, all private; a table without words of how long the worklist is; and a private list of what
# could not be used of the marks, with which the run ends.
#
# Files that came back are no inputs: their names may hold anything. A param stands for them.


rule unlisted:
    input:
        unlisted=of_all_batches(f"{PLAN.private}/unlisted/{{batch}}.parquet"),
        replacements=of_all_batches(
            f"{PLAN.results}/steps/replacements/{{batch}}.parquet"
        ),
        sources=of_all_batches(f"{PLAN.results}/steps/sources/{{batch}}.parquet"),
        names=rules.people.output.names,
        workshops=rules.people.output.workshops,
        participants=rules.people.output.participants,
    output:
        page=f"{PLAN.private}/names-worklist.html",
        workbook=f"{PLAN.private}/names-worklist.xlsx",
        replaced=f"{PLAN.private}/names.html",
        problems=f"{PLAN.private}/name-problems.json",
        counts=f"{PLAN.results}/steps/unlisted_counts.parquet",
    log:
        f"{PLAN.private}/logs/unlisted.log",
    conda:
        "../../environment.yml"
    params:
        study=PLAN.settings.study,
        title=PLAN.study.title,
        invented=PLAN.study.invented,
        marked=PLAN.names,
        limits=PLAN.settings.returned.model_dump(),
        folder=lambda wildcards, output: Path(output.page).parent.as_posix(),
        code=code_fingerprint("steps.unlisted"),
    message:
        "Listing words that nobody listed"
    script:
        "../scripts/unlisted.py"
