# Takes pseudonymised turns and the codebook. Makes segments, and codings of them by the dictionary.
#
# The outputs are updated: sources that did not change since the last run keep their codings.


rule code:
    input:
        turns=f"{PLAN.results}/steps/turns/{{batch}}.parquet",
        replacements=f"{PLAN.results}/steps/replacements/{{batch}}.parquet",
        sources=f"{PLAN.results}/steps/sources/{{batch}}.parquet",
        codebook=PLAN.codebook,
    output:
        segments=update(f"{PLAN.results}/steps/segments/{{batch}}.parquet"),
        codings=update(f"{PLAN.results}/steps/codings/{{batch}}.parquet"),
        coded=update(f"{PLAN.results}/steps/coded/{{batch}}.parquet"),
    log:
        f"{PLAN.private}/logs/code.{{batch}}.log",
    conda:
        "../../environment.yml"
    params:
        batch="{batch}",
        settings=PLAN.settings.model_dump(include={"segments", "language"}),
        code=code_fingerprint("steps.code_segments"),
    message:
        "Cutting turns into segments and looking for the codebook's terms"
    script:
        "../scripts/code_segments.py"
