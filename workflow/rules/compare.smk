# On request: snakemake compare --config with=FILE_OR_REVISION. Takes the tables of the run, and an
# edited codebook or a git revision of it. Makes a page and tables of what that codebook would change,
# and packs of what people should look at again. Each is made anew whenever somebody asks for it.


rule compare:
    input:
        **CODEBOOK_TABLES,
        sources=STUDY_TABLES["sources"],
        summary_tables=f"{PLAN.results}/data/summary_tables.parquet",
    log:
        f"{PLAN.private}/logs/compare.log",
    conda:
        "../../environment.yml"
    params:
        with_codebook=COMPARED_WITH,
        study=PLAN.settings.study,
        settings=PLAN.settings.model_dump(include={"language", "tables"}),
        folder=f"{PLAN.results}/codebook",
        code=code_fingerprint("steps.compare"),
    message:
        "Comparing codebooks"
    script:
        "../scripts/compare.py"
