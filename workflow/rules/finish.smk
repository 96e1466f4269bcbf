# Takes what all other stages made. Says what deserves a look, and ends well only if every file was
# read and every table that people wrote holds.


rule finish:
    input:
        **WITHDRAWN,
        sources=of_all_batches(f"{PLAN.results}/steps/sources/{{batch}}.parquet"),
        index=f"{PLAN.results}/index.html",
        tables=rules.summary.output.problems,
        codings=rules.people_codings.output.problems,
        proposals=rules.proposals.output.problems,
        names=rules.unlisted.output.problems,
        unlisted_counts=rules.unlisted.output.counts,
        handouts=rules.handouts.output.pages,
        public=rules.public.output.readme,
    output:
        f"{PLAN.results}/steps/finished.txt",
    log:
        f"{PLAN.private}/logs/finish.log",
    conda:
        "../../environment.yml"
    params:
        notices=PLAN.study.notices,
        study=PLAN.settings.study,
        results=lambda wildcards, input: Path(input.index).parent.as_posix(),
        private=lambda wildcards, input: Path(input.tables).parent.as_posix(),
        code=code_fingerprint("steps.finish"),
    message:
        f"\nThe results are in {PLAN.results}. Open {PLAN.results}/index.html in a web browser."
    script:
        "../scripts/finish.py"
