# Takes what coders sent back (the study's folder of codings), and segments and turns as they are now.
# Makes the tables of what people decided, and of who; a worklist of what only a person can tell; a
# list of what could not be used; and a private list of what is wrong, with which the run ends. Finds
# the audit sample that the study keeps in the segments of today: no machine may learn from it.
#
# Files that came back are no inputs: their names may hold anything. A param stands for them, and one
# for the sample, as a study may have none.


rule people_codings:
    input:
        **WITHDRAWN,
        turns=of_all_batches(f"{PLAN.results}/steps/turns/{{batch}}.parquet"),
        segments=of_all_batches(f"{PLAN.results}/steps/segments/{{batch}}.parquet"),
        participants=f"{PLAN.results}/steps/participants.parquet",
        codebook=PLAN.codebook,
    output:
        judgements=f"{PLAN.results}/steps/judgements.parquet",
        coders=f"{PLAN.results}/steps/coders.parquet",
        codings=f"{PLAN.results}/steps/people_codings.parquet",
        audit_sample=f"{PLAN.results}/steps/audit_sample.parquet",
        worklist=f"{PLAN.results}/coding/worklist.xlsx",
        not_used=f"{PLAN.results}/coding/not-used.csv",
        problems=f"{PLAN.private}/coding-problems.json",
    log:
        f"{PLAN.private}/logs/people_codings.log",
    conda:
        "../../environment.yml"
    params:
        study=PLAN.settings.study,
        private=lambda wildcards, output: Path(output.problems).parent.as_posix(),
        coders=[(coder.name, coder.role) for coder in PLAN.study.coders],
        returned=PLAN.codings,
        drawn=PLAN.audit,
        limits=PLAN.settings.returned.model_dump(),
        code=code_fingerprint("steps.people_codings", "steps.audit_sample"),
    message:
        "Gathering what people coded and checked"
    script:
        "../scripts/people_codings.py"


# A machine that learns from people codes after them; it is one more coder beside people.
CLASSIFIER_CODINGS = f"{PLAN.results}/steps/codings/classifier.parquet"
