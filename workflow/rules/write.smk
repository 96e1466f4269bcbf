# Takes the findings and the tables of all batches. Makes what people open: lists of segments
# and sources, both editions of the report, and the page that leads to everything.


rule tables:
    input:
        **STUDY_TABLES,
    output:
        segments=f"{PLAN.results}/data/segments.csv",
        sources=f"{PLAN.results}/data/sources.csv",
        participants=f"{PLAN.results}/data/participants.csv",
    log:
        f"{PLAN.private}/logs/tables.log",
    conda:
        "../../environment.yml"
    params:
        code=code_fingerprint("steps.tables"),
    message:
        "Writing the tables"
    script:
        "../scripts/tables.py"


rule report:
    input:
        **STUDY_TABLES,
        findings=rules.find.output.findings,
        summary_cells=rules.summary.output.cells,
        judgements=rules.people_codings.output.judgements,
        coders=rules.people_codings.output.coders,
        agreement=rules.agreement.output.tables,
    output:
        report=f"{PLAN.results}/report.html",
        public=f"{PLAN.results}/report-public.html",
        index=f"{PLAN.results}/index.html",
    log:
        f"{PLAN.private}/logs/report.log",
    conda:
        "../../environment.yml"
    params:
        title=PLAN.study.title,
        invented=PLAN.study.invented,
        analysis=PLAN.study.analysis,
        data=lambda wildcards, input: Path(input.findings[0]).parent.as_posix(),
        tables=[table.model_dump() for table in PLAN.tables],
        settings=changed_settings(PLAN.settings),
        language=PLAN.settings.language.model_dump(),
        disclosure=PLAN.settings.disclosure.model_dump(),
        code=code_fingerprint("steps.report"),
    message:
        "Writing the report"
    script:
        "../scripts/report.py"
