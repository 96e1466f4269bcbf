# Takes segments and codings of all batches. Makes the findings: tidy tables of who said what how
# often, each as CSV for people and as Parquet, with a dictionary of their columns; and lists of
# segments with their words, of sources and of people, for people to open.

# What every step from here on takes: the tables of all batches, and the codebook.
STUDY_TABLES = {
    **{
        table: of_all_batches(f"{PLAN.results}/steps/{table}/{{batch}}.parquet")
        for table in ("sources", "turns", "segments")
    },
    "codings": [
        *of_all_batches(f"{PLAN.results}/steps/codings/{{batch}}.parquet"),
        CLASSIFIER_CODINGS,
    ],
    "people_codings": f"{PLAN.results}/steps/people_codings.parquet",
    "participants": f"{PLAN.results}/steps/participants.parquet",
    "workshops": f"{PLAN.results}/steps/workshops.parquet",
    "codebook": PLAN.codebook,
}

FINDINGS = (
    "frequencies",
    "coverage",
    "cooccurrence",
    "participation",
    "speakers",
    "follows",
    "role_emphasis",
    "quotes",
    "summary_tables",
)


rule find:
    input:
        **STUDY_TABLES,
    output:
        findings=expand(f"{PLAN.results}/data/{{name}}.parquet", name=FINDINGS),
        for_people=expand(f"{PLAN.results}/data/{{name}}.csv", name=FINDINGS),
        dictionary=f"{PLAN.results}/data/data_dictionary.csv",
        segments=f"{PLAN.results}/data/segments.csv",
        sources=f"{PLAN.results}/data/sources.csv",
        participants=f"{PLAN.results}/data/participants.csv",
    log:
        f"{PLAN.private}/logs/find.log",
    conda:
        "../../environment.yml"
    params:
        data=subpath(output.dictionary, parent=True),
        tables=[table.model_dump() for table in PLAN.settings.tables],
        code=code_fingerprint("steps.find", "steps.tables"),
    message:
        "Counting: themes, people, workshops and roles"
    script:
        "../scripts/find.py"
