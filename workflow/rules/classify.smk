# Takes segments, the dictionary's codings, what people decided, and the audit sample, from which
# nothing is learned. Makes the codings of the
# classifier, which learns from people on each run as soon as there is enough; its model (an empty
# file while there is not); what it says of itself, code by code; and a list of where codes may fit
# that it leaves to people.

CLASSIFIER = ("classifier_codes", "classifier_roles", "to_look_at")


rule classify:
    input:
        **{
            name: of_all_batches(f"{PLAN.results}/steps/{name}/{{batch}}.parquet")
            for name in ("segments", "turns", "replacements", "codings")
        },
        people_codings=rules.people_codings.output.codings,
        judgements=rules.people_codings.output.judgements,
        participants=f"{PLAN.results}/steps/participants.parquet",
        workshops=f"{PLAN.results}/steps/workshops.parquet",
        audit_sample=f"{PLAN.results}/steps/audit_sample.parquet",
        codebook=PLAN.codebook,
    output:
        codings=CLASSIFIER_CODINGS,
        model=f"{PLAN.results}/steps/classifier.skops",
        tables=expand(f"{PLAN.results}/data/{{name}}.parquet", name=CLASSIFIER),
        for_people=expand(f"{PLAN.results}/data/{{name}}.csv", name=CLASSIFIER),
        look_at=f"{PLAN.results}/coding/to-look-at.csv",
    log:
        f"{PLAN.private}/logs/classify.log",
    conda:
        "../../environment.yml"
    params:
        settings=PLAN.settings.classifier.model_dump(),
        data=lambda wildcards, output: Path(output.tables[0]).parent.as_posix(),
        code=code_fingerprint("steps.classify"),
    message:
        "Learning from what people coded"
    script:
        "../scripts/classify.py"
