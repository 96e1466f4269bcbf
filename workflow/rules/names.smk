# Takes turns as they were read, the participants' list, and the list of other names and words. Makes
# the key of pseudonyms, the list of speakers to complete, turns in which every listed name and every
# structured identifier is replaced: all that goes further; and a private list of words that nobody
# listed and that may tell who somebody is.
# What somebody withdrew stays behind, in the private folder, so that it is known again elsewhere.


rule people:
    input:
        turns=of_all_batches(f"{PLAN.private}/read/{{batch}}.turns.parquet"),
        sources=of_all_batches(f"{PLAN.private}/read/{{batch}}.sources.parquet"),
        lists=PLAN.inputs,
    output:
        names=f"{PLAN.private}/names.parquet",
        speakers=f"{PLAN.private}/speakers.parquet",
        sources=f"{PLAN.private}/sources.parquet",
        to_complete=f"{PLAN.private}/participants.csv",
        participants=f"{PLAN.results}/steps/participants.parquet",
        workshops=f"{PLAN.results}/steps/workshops.parquet",
    log:
        f"{PLAN.private}/logs/people.log",
    conda:
        "../../environment.yml"
    params:
        study=lambda wildcards: PLAN.settings.study,
        private=subpath(output.names, parent=True),
        lists=PLAN.inputs,
        marked=PLAN.names,
        limits=PLAN.settings.returned.model_dump(),
        identifiers=PLAN.settings.identifiers.model_dump(),
        code=code_fingerprint("steps.people"),
    message:
        "Finding out who speaks"
    script:
        "../scripts/people.py"


rule pseudonymise:
    input:
        turns=f"{PLAN.private}/read/{{batch}}.turns.parquet",
        names=f"{PLAN.private}/names.parquet",
        speakers=f"{PLAN.private}/speakers.parquet",
        sources=f"{PLAN.private}/sources.parquet",
        batch_sources=f"{PLAN.private}/read/{{batch}}.sources.parquet",
    output:
        turns=f"{PLAN.results}/steps/turns/{{batch}}.parquet",
        replacements=f"{PLAN.results}/steps/replacements/{{batch}}.parquet",
        sources=f"{PLAN.results}/steps/sources/{{batch}}.parquet",
        unlisted=f"{PLAN.private}/unlisted/{{batch}}.parquet",
        whole_turns=f"{PLAN.private}/withdrawn/{{batch}}.turns.parquet",
        whole_segments=f"{PLAN.private}/withdrawn/{{batch}}.segments.parquet",
    log:
        f"{PLAN.private}/logs/pseudonymise.{{batch}}.log",
    conda:
        "../../environment.yml"
    params:
        settings=PLAN.settings.segments.model_dump(),
        identifiers=PLAN.settings.identifiers.model_dump(),
        code=code_fingerprint("steps.pseudonymise"),
    message:
        "Replacing names with pseudonyms"
    script:
        "../scripts/pseudonymise.py"


# What to know withdrawn words by.
WITHDRAWN = {
    "whole_turns": of_all_batches(rules.pseudonymise.output.whole_turns),
    "whole_segments": of_all_batches(rules.pseudonymise.output.whole_segments),
}
