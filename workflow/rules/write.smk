# Takes the findings and the tables of all batches. Makes what people open: lists of segments
# and sources, the report, and the page that leads to everything; and says what deserves a look.


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


rule finish:
    input:
        sources=of_all_batches(f"{PLAN.results}/steps/sources/{{batch}}.parquet"),
        index=f"{PLAN.results}/index.html",
        lists=rules.tables.output,
        tables=rules.summary.output.problems,
        codings=rules.people_codings.output.problems,
        handouts=rules.handouts.output.pages,
    output:
        f"{PLAN.results}/steps/finished.txt",
    log:
        f"{PLAN.private}/logs/finish.log",
    conda:
        "../../environment.yml"
    params:
        notices=PLAN.study.notices,
        code=code_fingerprint("steps.finish"),
    message:
        f"\nThe results are in {PLAN.results}. Open {PLAN.results}/index.html in a web browser."
    script:
        "../scripts/finish.py"
