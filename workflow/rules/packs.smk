# On request. Takes the segments of the study and what people have decided so far. Makes what people
# code with (`snakemake coding_packs`), what they code next so that the classifier learns most
# (`snakemake next_pack`), and what they settle differences with (`snakemake adjudication_pack`).
# Each is made anew whenever somebody asks for it.


PACK_TABLES = {
    **{
        name: STUDY_TABLES[name] for name in ("sources", "turns", "segments", "codings")
    },
    **{name: STUDY_TABLES[name] for name in ("workshops", "participants", "codebook")},
    "people_codings": rules.people_codings.output.codings,
    "judgements": rules.people_codings.output.judgements,
    "coders": rules.people_codings.output.coders,
}


rule coding_packs:
    input:
        **PACK_TABLES,
    log:
        f"{PLAN.private}/logs/coding_packs.log",
    conda:
        "../../environment.yml"
    params:
        study=PLAN.settings.study,
        settings=PLAN.settings.packs.model_dump(),
        folder=f"{PLAN.results}/coding-packs",
        code=code_fingerprint("steps.coding_packs"),
    message:
        "Making packs for the people who code"
    script:
        "../scripts/coding_packs.py"


rule adjudication_pack:
    input:
        **PACK_TABLES,
    log:
        f"{PLAN.private}/logs/adjudication_pack.log",
    conda:
        "../../environment.yml"
    params:
        study=PLAN.settings.study,
        page=f"{PLAN.results}/coding/adjudication.html",
        code=code_fingerprint("steps.adjudication_pack"),
    message:
        "Making the page to settle differences between coders"
    script:
        "../scripts/adjudication_pack.py"


rule next_pack:
    input:
        **PACK_TABLES,
        replacements=of_all_batches(
            f"{PLAN.results}/steps/replacements/{{batch}}.parquet"
        ),
        audit_sample=f"{PLAN.results}/steps/audit_sample.parquet",
    log:
        f"{PLAN.private}/logs/next_pack.log",
    conda:
        "../../environment.yml"
    params:
        study=PLAN.settings.study,
        number=PLAN.settings.classifier.next_segments,
        shared=PLAN.settings.packs.shared,
        folder=f"{PLAN.results}/next-packs",
        code=code_fingerprint("steps.next_pack"),
    message:
        "Choosing what to code next, and making packs of it"
    script:
        "../scripts/next_pack.py"
