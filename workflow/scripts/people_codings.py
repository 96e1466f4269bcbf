import terminal

from commonthread.steps.audit_sample import find_audit_sample
from commonthread.steps.people_codings import gather_codings

with terminal.step(snakemake.log[0]):
    terminal.say(
        gather_codings(
            study=snakemake.params.study,
            returned=snakemake.params.limits,
            turns_files=list(snakemake.input.turns),
            segments_files=list(snakemake.input.segments),
            codebook_file=snakemake.input.codebook,
            withdrawn_files=[
                list(snakemake.input.whole_turns),
                list(snakemake.input.whole_segments),
            ],
            private=snakemake.params.private,
            judgements_file=snakemake.output.judgements,
            coders_file=snakemake.output.coders,
            codings_file=snakemake.output.codings,
            worklist_file=snakemake.output.worklist,
            not_used_csv=snakemake.output.not_used,
            problems_file=snakemake.output.problems,
        )
    )
    terminal.say(
        find_audit_sample(
            study=snakemake.params.study,
            turns_files=list(snakemake.input.turns),
            segments_files=list(snakemake.input.segments),
            withdrawn_files=[
                list(snakemake.input.whole_turns),
                list(snakemake.input.whole_segments),
            ],
            private=snakemake.params.private,
            sample_file=snakemake.output.audit_sample,
        )
    )
