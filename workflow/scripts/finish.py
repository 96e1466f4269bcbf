import terminal

from commonthread.steps.finish import finish

with terminal.step(snakemake.log[0]):
    terminal.say(
        finish(
            sources_files=list(snakemake.input.sources),
            tables_file=snakemake.input.tables,
            codings_file=snakemake.input.codings,
            proposals_file=snakemake.input.proposals,
            names_file=snakemake.input.names,
            unlisted_counts_file=snakemake.input.unlisted_counts,
            notices=list(snakemake.params.notices),
            study=snakemake.params.study,
            results=snakemake.params.results,
            private=snakemake.params.private,
            withdrawn_files=[
                list(snakemake.input.whole_turns),
                list(snakemake.input.whole_segments),
            ],
            finished_file=snakemake.output[0],
        )
    )
