# Takes the findings and the tables of all batches. Makes what may go out, once a person has read all
# of it: the public report, and a folder with it, summary tables, handouts, tables in which small
# numbers are withheld, and a text that says what was withheld.

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
        **REPORT_TABLES,
    output:
        edition=f"{PLAN.results}/report-public.html",
        readme=f"{PLAN.results}/public/README.txt",
        report=f"{PLAN.results}/public/report.html",
        summary_tables=f"{PLAN.results}/public/summary-tables.docx",
        pages=expand(f"{PLAN.results}/public/{{name}}.html", name=HANDOUTS),
        documents=expand(f"{PLAN.results}/public/{{name}}.docx", name=HANDOUTS),
        tables=expand(f"{PLAN.results}/public/data/{{name}}.csv", name=PUBLIC_TABLES),
    log:
        f"{PLAN.private}/logs/public.log",
    conda:
        "../../environment.yml"
    params:
        about=REPORT_ABOUT,
        authors=PLAN.study.authors,
        threshold=PLAN.settings.disclosure.public_threshold,
        data=lambda wildcards, input: Path(input.findings[0]).parent.as_posix(),
        folder=subpath(output.readme, parent=True),
        code=code_fingerprint("steps.public"),
    message:
        "Writing what may go out once a person has read it"
    script:
        "../scripts/public.py"
