import terminal

from commonthread.steps.audit_sample import find_audit_sample

with terminal.step(snakemake.log[0]):
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
            sample_file=snakemake.output.sample,
        )
    )
