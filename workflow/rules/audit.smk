# Takes what machines coded, what people decided, and the audit sample. Makes tables of how far coders
# agree, with each other and with the machines, and frequencies corrected by what people checked, with
# their intervals. On request (`snakemake audit_pack`) draws the sample, or more of it, and makes what
# people check it with.


AGREEMENT = ("agreement", "confusions", "disagreements", "coding_basis")
AUDIT = ("corrected_frequencies", "corrected_differences", "audit_outlook")


rule reliability:
    input:
        segments=STUDY_TABLES["segments"],
        codings=STUDY_TABLES["codings"],
        participants=STUDY_TABLES["participants"],
        workshops=STUDY_TABLES["workshops"],
        codebook=PLAN.codebook,
        judgements=rules.people_codings.output.judgements,
        coders=rules.people_codings.output.coders,
        audit_sample=rules.people_codings.output.audit_sample,
    output:
        agreement=expand(f"{PLAN.results}/data/{{name}}.parquet", name=AGREEMENT),
        audit=expand(f"{PLAN.results}/data/{{name}}.parquet", name=AUDIT),
        for_people=expand(
            f"{PLAN.results}/data/{{name}}.csv", name=(*AGREEMENT, *AUDIT)
        ),
    log:
        f"{PLAN.private}/logs/reliability.log",
    conda:
        "../../environment.yml"
    params:
        size=PLAN.settings.audit.segments,
        data=lambda wildcards, output: Path(output.audit[0]).parent.as_posix(),
        code=code_fingerprint("steps.agreement", "steps.audit"),
    message:
        "Measuring how far coders agree, and correcting counts by what people checked"
    script:
        "../scripts/reliability.py"


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
