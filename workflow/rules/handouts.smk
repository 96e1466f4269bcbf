# Takes codings, frequencies and the codebook. Makes two handouts for meetings, each as a page and as
# a Word document, and the tables that they are made from: a map of resources, and questions.

HANDOUTS = ("resources", "questions")


rule handouts:
    input:
        **STUDY_TABLES,
        frequencies=f"{PLAN.results}/data/frequencies.parquet",
    output:
        pages=expand(f"{PLAN.results}/handouts/{{name}}.html", name=HANDOUTS),
        documents=expand(f"{PLAN.results}/handouts/{{name}}.docx", name=HANDOUTS),
        tables=expand(f"{PLAN.results}/data/{{name}}.parquet", name=HANDOUTS),
        for_people=expand(f"{PLAN.results}/data/{{name}}.csv", name=HANDOUTS),
    log:
        f"{PLAN.private}/logs/handouts.log",
    conda:
        "../../environment.yml"
    params:
        title=PLAN.study.title,
        invented=PLAN.study.invented,
        data=lambda wildcards, output: Path(output.tables[0]).parent.as_posix(),
        folder=lambda wildcards, output: Path(output.pages[0]).parent.as_posix(),
        code=code_fingerprint("steps.handouts"),
    message:
        "Writing the handouts"
    script:
        "../scripts/handouts.py"
