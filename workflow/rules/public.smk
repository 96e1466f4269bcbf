# Takes the findings, the tables of all batches, and the public report. Makes the folder of what may
# go out, once a person has read all of it: the report, handouts, tables with small numbers withheld,
# and a text that says what was withheld.

PUBLIC_TABLES = (
    "frequencies",
    "frequencies_by_group",
    "coverage",
    "cooccurrence",
    "participation",
    "follows",
    "role_emphasis",
    "questions",
    "resources",
    "data_dictionary",
)


rule public:
    input:
        **STUDY_TABLES,
        findings=rules.find.output.findings,
        report=rules.report.output.public,
    output:
        readme=f"{PLAN.results}/public/README.txt",
        report=f"{PLAN.results}/public/report.html",
        pages=expand(f"{PLAN.results}/public/{{name}}.html", name=HANDOUTS),
        documents=expand(f"{PLAN.results}/public/{{name}}.docx", name=HANDOUTS),
        tables=expand(f"{PLAN.results}/public/data/{{name}}.csv", name=PUBLIC_TABLES),
    log:
        f"{PLAN.private}/logs/public.log",
    conda:
        "../../environment.yml"
    params:
        title=PLAN.study.title,
        invented=PLAN.study.invented,
        threshold=PLAN.settings.disclosure.public_threshold,
        data=lambda wildcards, input: Path(input.findings[0]).parent.as_posix(),
        folder=subpath(output.readme, parent=True),
        code=code_fingerprint("steps.public"),
    message:
        "Writing what may go out once a person has read it"
    script:
        "../scripts/public.py"
