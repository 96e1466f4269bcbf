# Takes segments and codings of all batches. Makes the findings: tidy tables of who said what how
# often, each as CSV for people and as Parquet, with a dictionary of their columns.

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
        sources=of_all_batches(f"{PLAN.results}/work/sources/{{batch}}.parquet"),
        turns=of_all_batches(f"{PLAN.results}/work/turns/{{batch}}.parquet"),
        segments=of_all_batches(f"{PLAN.results}/work/segments/{{batch}}.parquet"),
        codings=of_all_batches(f"{PLAN.results}/work/codings/{{batch}}.parquet"),
        participants=f"{PLAN.results}/work/participants.parquet",
        workshops=f"{PLAN.results}/work/workshops.parquet",
        codebook=PLAN.codebook,
    output:
        findings=expand(f"{PLAN.results}/data/{{name}}.parquet", name=FINDINGS),
        for_people=expand(f"{PLAN.results}/data/{{name}}.csv", name=FINDINGS),
        dictionary=f"{PLAN.results}/data/data_dictionary.csv",
    log:
        f"{PLAN.private}/logs/find.log",
    conda:
        "../../environment.yml"
    params:
        data=subpath(output.dictionary, parent=True),
        tables=[table.model_dump() for table in PLAN.settings.tables],
        code=code_fingerprint("steps.find"),
    message:
        "Counting: themes, people, workshops and roles"
    script:
        "../scripts/find.py"
