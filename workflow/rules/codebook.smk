# On request (`snakemake codebook`). Takes the tables of the run and its findings. Makes the codebook
# for people to read, comment on and propose changes in: a page, documents and a workbook; and tables
# of where it may need a look.


rule codebook:
    input:
        **CODEBOOK_TABLES,
        frequencies=f"{PLAN.results}/data/frequencies.parquet",
        quotes=f"{PLAN.results}/data/quotes.parquet",
        agreement=f"{PLAN.results}/data/agreement.parquet",
        confusions=f"{PLAN.results}/data/confusions.parquet",
    log:
        f"{PLAN.private}/logs/codebook.log",
    conda:
        "../../environment.yml"
    params:
        study=PLAN.settings.study,
        title=PLAN.study.title,
        invented=PLAN.study.invented,
        analysis=PLAN.study.analysis,
        language=PLAN.settings.language.model_dump(),
        folder=f"{PLAN.results}/codebook",
        code=code_fingerprint("steps.codebook"),
    message:
        "Writing the codebook, and where it may need a look"
    script:
        "../scripts/codebook.py"
