import terminal

from commonthread.steps.finish import finish

with terminal.step(snakemake.log[0]):
    terminal.say(
        finish(
            sources_files=list(snakemake.input.sources),
            tables_file=snakemake.input.tables,
            codings_file=snakemake.input.codings,
            proposals_file=snakemake.input.proposals,
            notices=list(snakemake.params.notices),
            finished_file=snakemake.output[0],
        )
    )
