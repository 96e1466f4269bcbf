# Takes the study's workshop files. Makes, for each batch of them, turns as they stand in the files
# and a list of the files, read or refused. Both hold names and stay private.
#
# Workshop files are not inputs: their names may hold anything, and only safe names reach Snakemake.
# The batch's fingerprint, a param, stands for them.


rule read:
    output:
        turns=f"{PLAN.private}/read/{{batch}}.turns.parquet",
        sources=f"{PLAN.private}/read/{{batch}}.sources.parquet",
    log:
        f"{PLAN.private}/logs/read.{{batch}}.log",
    conda:
        "../../environment.yml"
    params:
        study=PLAN.settings.study,
        batch="{batch}",
        files=lambda wildcards: PLAN.batches[wildcards.batch],
        reading=PLAN.settings.reading.model_dump(),
        code=code_fingerprint("steps.read"),
    message:
        f"Reading the workshop files ({len(PLAN.study.files):,})"
    script:
        "../scripts/read.py"
