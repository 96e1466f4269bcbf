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
        linked=PLAN.settings.disclosure.link_quotes,
        data=lambda wildcards, input: Path(input.findings[0]).parent.as_posix(),
        folder=subpath(output.readme, parent=True),
        code=code_fingerprint("steps.public"),
    message:
        "Writing what may go out once a person has read it"
    script:
        "../scripts/public.py"


# Asked for by name: attacks what the rule above made, or what people made of it since, writes
# {results}/public-release.html for whoever releases it, and ends badly if it found something. It
# names no output: it is done whenever it is asked for, and the page stays also where it found
# something.
rule check_public:
    input:
        **STUDY_TABLES,
        **WITHDRAWN,
        frequencies=f"{PLAN.results}/data/frequencies.parquet",
        participation=f"{PLAN.results}/data/participation.parquet",
        names=rules.people.output.names,
        speakers=rules.people.output.speakers,
        unlisted_counts=rules.unlisted.output.counts,
        public=rules.public.output,
    log:
        f"{PLAN.private}/logs/check_public.log",
    conda:
        "../../environment.yml"
    params:
        about={key: REPORT_ABOUT[key] for key in ("title", "invented")},
        authors=PLAN.study.authors,
        threshold=PLAN.settings.disclosure.public_threshold,
        linked=PLAN.settings.disclosure.link_quotes,
        identifiers=PLAN.settings.identifiers.model_dump(),
        study=lambda wildcards: PLAN.settings.study,
        folder=lambda wildcards: f"{PLAN.results}/public",
        page=lambda wildcards: f"{PLAN.results}/public-release.html",
        code=code_fingerprint("steps.check_public"),
    message:
        "Attacking the public folder as somebody outside could"
    script:
        "../scripts/check_public.py"
