# Takes the audit sample that the study keeps (audit/sample.csv), what machines coded, and what people
# said of the sample. Makes the sample as it is found in the segments of today, from which no machine
# may learn, and corrected frequencies with their intervals. On request (`snakemake audit_pack`) draws
# the sample, or more of it, and makes what people check it with.
#
# The sample is no input: a study may have none. A param stands for it.


rule audit_sample:
    input:
        **WITHDRAWN,
        turns=of_all_batches(f"{PLAN.results}/steps/turns/{{batch}}.parquet"),
        segments=of_all_batches(f"{PLAN.results}/steps/segments/{{batch}}.parquet"),
        participants=f"{PLAN.results}/steps/participants.parquet",
    output:
        sample=f"{PLAN.results}/steps/audit_sample.parquet",
    log:
        f"{PLAN.private}/logs/audit_sample.log",
    conda:
        "../../environment.yml"
    params:
        study=PLAN.settings.study,
        private=lambda wildcards: PLAN.private,
        kept=PLAN.audit,
        code=code_fingerprint("steps.audit_sample"),
    message:
        "Finding the audit sample"
    script:
        "../scripts/audit_sample.py"


AUDIT = ("corrected_frequencies", "corrected_differences", "audit_outlook")


rule audit:
    input:
        segments=STUDY_TABLES["segments"],
        codings=STUDY_TABLES["codings"],
        participants=STUDY_TABLES["participants"],
        workshops=STUDY_TABLES["workshops"],
        codebook=PLAN.codebook,
        judgements=rules.people_codings.output.judgements,
        audit_sample=rules.audit_sample.output.sample,
    output:
        tables=expand(f"{PLAN.results}/data/{{name}}.parquet", name=AUDIT),
        for_people=expand(f"{PLAN.results}/data/{{name}}.csv", name=AUDIT),
    log:
        f"{PLAN.private}/logs/audit.log",
    conda:
        "../../environment.yml"
    params:
        size=PLAN.settings.audit.segments,
        data=lambda wildcards, output: Path(output.tables[0]).parent.as_posix(),
        code=code_fingerprint("steps.audit"),
    message:
        "Correcting counts by what people checked"
    script:
        "../scripts/audit.py"


rule audit_pack:
    input:
        **PACK_TABLES,
        **WITHDRAWN,
    log:
        f"{PLAN.private}/logs/audit_pack.log",
    conda:
        "../../environment.yml"
    params:
        study=PLAN.settings.study,
        settings=PLAN.settings.audit.model_dump(),
        private=lambda wildcards: PLAN.private,
        folder=f"{PLAN.results}/audit-packs",
        code=code_fingerprint("steps.audit_pack"),
    message:
        "Drawing the audit sample, and making packs to check it"
    script:
        "../scripts/audit_pack.py"
