# Takes what coders sent back (the study's folder of codings), and segments and turns as they are now.
# Makes the tables of what people decided, and of who; a worklist of what only a person can tell; a
# list of what could not be used; and a private list of what is wrong, with which the run ends. From
# these, tables of how far coders agree, with each other and with the dictionary.
#
# Files that came back are no inputs: their names may hold anything. A param stands for them.


rule people_codings:
    input:
        **WITHDRAWN,
        turns=of_all_batches(f"{PLAN.results}/steps/turns/{{batch}}.parquet"),
        segments=of_all_batches(f"{PLAN.results}/steps/segments/{{batch}}.parquet"),
        codebook=PLAN.codebook,
    output:
        judgements=f"{PLAN.results}/steps/judgements.parquet",
        coders=f"{PLAN.results}/steps/coders.parquet",
        codings=f"{PLAN.results}/steps/people_codings.parquet",
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
        code=code_fingerprint("steps.people_codings"),
    message:
        "Gathering what people coded"
    script:
        "../scripts/people_codings.py"


# A machine that learns from people codes after them; it is one more coder beside people.
CLASSIFIER_CODINGS = f"{PLAN.results}/steps/codings/classifier.parquet"
AGREEMENT = ("agreement", "confusions", "disagreements", "coding_basis")


rule agreement:
    input:
        segments=of_all_batches(f"{PLAN.results}/steps/segments/{{batch}}.parquet"),
        codings=[
            *of_all_batches(f"{PLAN.results}/steps/codings/{{batch}}.parquet"),
            CLASSIFIER_CODINGS,
        ],
        codebook=PLAN.codebook,
        judgements=rules.people_codings.output.judgements,
        coders=rules.people_codings.output.coders,
    output:
        tables=expand(f"{PLAN.results}/data/{{name}}.parquet", name=AGREEMENT),
        for_people=expand(f"{PLAN.results}/data/{{name}}.csv", name=AGREEMENT),
    log:
        f"{PLAN.private}/logs/agreement.log",
    conda:
        "../../environment.yml"
    params:
        data=lambda wildcards, output: Path(output.tables[0]).parent.as_posix(),
        code=code_fingerprint("steps.agreement"),
    message:
        "Measuring how far coders agree"
    script:
        "../scripts/agreement.py"
