# Takes what came back into the study's folder of proposals for the codebook, with what the team
# decided, and the tables of the run. Makes the page for the team meeting, a fresh workbook for
# decisions, a ready codebook with what was accepted, and a private list of what could not be read,
# with which the run ends. Records the codebook and the decisions in the study's folder
# codebook_history.
#
# Files that came back are no inputs: their names may hold anything. A param stands for them.


CODEBOOK_TABLES = {
    **{
        name: STUDY_TABLES[name]
        for name in (
            "segments",
            "turns",
            "codings",
            "participants",
            "workshops",
            "codebook",
        )
    },
    "replacements": of_all_batches(
        f"{PLAN.results}/steps/replacements/{{batch}}.parquet"
    ),
    "people_codings": rules.people_codings.output.codings,
}


rule proposals:
    input:
        **CODEBOOK_TABLES,
    output:
        table=f"{PLAN.results}/steps/proposals.parquet",
        for_people=f"{PLAN.results}/codebook/proposals.csv",
        page=f"{PLAN.results}/codebook/proposals.html",
        decisions=f"{PLAN.results}/codebook/decisions.xlsx",
        problems=f"{PLAN.private}/proposal-problems.json",
    log:
        f"{PLAN.private}/logs/proposals.log",
    conda:
        "../../environment.yml"
    params:
        study=PLAN.settings.study,
        title=PLAN.study.title,
        invented=PLAN.study.invented,
        settings=PLAN.settings.model_dump(include={"language", "tables", "returned"}),
        returned=PLAN.proposals,
        writable=PLAN.writable,
        folder=subpath(output.page, parent=True),
        code=code_fingerprint("steps.proposals"),
    message:
        "Gathering proposals for the codebook"
    script:
        "../scripts/proposals.py"
