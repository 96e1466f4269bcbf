# Takes the drafted points, the words behind them, and the tables that people wrote in the study's
# folder. Makes the summary tables in every form and as cells for the report, drafts to edit, a list
# of evidence that no row covers yet, and a private list of what does not hold, with which the run
# ends.
#
# Untouched drafts in the study's folder are not inputs: this rule writes them itself. A param changes
# when people change a table.

SUMMARY_FORMS = ("docx", "large-print.docx", "xlsx", "csv", "md", "tex", "html")
SUMMARY_IDS = [table.id for table in PLAN.tables]


rule summary:
    input:
        **WITHDRAWN,
        turns=of_all_batches(f"{PLAN.results}/steps/turns/{{batch}}.parquet"),
        segments=of_all_batches(f"{PLAN.results}/steps/segments/{{batch}}.parquet"),
        participants=f"{PLAN.results}/steps/participants.parquet",
        workshops=f"{PLAN.results}/steps/workshops.parquet",
        draft=f"{PLAN.results}/data/summary_tables.parquet",
        written=PLAN.tables_files,
    output:
        forms=expand(
            f"{PLAN.results}/summary-tables/{{table}}.{{form}}",
            table=SUMMARY_IDS,
            form=SUMMARY_FORMS,
        ),
        drafts=expand(
            f"{PLAN.results}/summary-tables/drafts/{{table}}.{{form}}",
            table=SUMMARY_IDS,
            form=("xlsx", "yaml"),
        ),
        cells=f"{PLAN.results}/steps/summary_cells.parquet",
        not_covered=f"{PLAN.results}/summary-tables/not-yet-covered.csv",
        problems=f"{PLAN.private}/summary-problems.json",
    log:
        f"{PLAN.private}/logs/summary.log",
    conda:
        "../../environment.yml"
    params:
        study=PLAN.settings.study,
        title=PLAN.study.title,
        invented=PLAN.study.invented,
        authors=PLAN.study.authors,
        language=PLAN.settings.language.language,
        fewest=PLAN.settings.disclosure.team_threshold,
        tables=[table.model_dump() for table in PLAN.tables],
        written=PLAN.tables_written,
        writable=PLAN.writable,
        folder=subpath(output.not_covered, parent=True),
        code=code_fingerprint("steps.summary"),
    message:
        "Writing the summary tables"
    script:
        "../scripts/summary.py"
