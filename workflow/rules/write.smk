# Takes the findings and the tables of all batches. Makes what people open first: the report, and the
# page that leads to everything.


# What both editions of the report take.
REPORT_TABLES = {
    **STUDY_TABLES,
    "findings": rules.find.output.findings,
    "summary_cells": rules.summary.output.cells,
    "judgements": rules.people_codings.output.judgements,
    "coders": rules.people_codings.output.coders,
    "agreement": rules.reliability.output.agreement,
    "audit": rules.reliability.output.audit,
    "audit_sample": rules.people_codings.output.audit_sample,
    "classifier": rules.classify.output.tables,
}
REPORT_ABOUT = {
    "title": PLAN.study.title,
    "invented": PLAN.study.invented,
    "analysis": PLAN.study.analysis,
    "tables": [table.model_dump() for table in PLAN.tables],
    "settings": changed_settings(PLAN.settings),
    "language": PLAN.settings.language.model_dump(),
    "classifier": PLAN.settings.classifier.model_dump(),
}


rule report:
    input:
        **REPORT_TABLES,
        unlisted_counts=rules.unlisted.output.counts,
    output:
        report=f"{PLAN.results}/report.html",
        index=f"{PLAN.results}/index.html",
    log:
        f"{PLAN.private}/logs/report.log",
    conda:
        "../../environment.yml"
    params:
        about=REPORT_ABOUT,
        threshold=PLAN.settings.disclosure.team_threshold,
        data=lambda wildcards, input: Path(input.findings[0]).parent.as_posix(),
        code=code_fingerprint("steps.report"),
    message:
        "Writing the report"
    script:
        "../scripts/report.py"
