import terminal

from commonthread.steps.find import find_all

with terminal.step(snakemake.log[0]):
    terminal.say(
        find_all(
            sources_files=list(snakemake.input.sources),
            turns_files=list(snakemake.input.turns),
            segments_files=list(snakemake.input.segments),
            codings_files=list(snakemake.input.codings),
            participants_file=snakemake.input.participants,
            workshops_file=snakemake.input.workshops,
            codebook_file=snakemake.input.codebook,
            tables=snakemake.params.tables,
            data=snakemake.params.data,
        )
    )
