import terminal

from commonthread.steps.tables import write_tables

with terminal.step(snakemake.log[0]):
    write_tables(
        sources_files=list(snakemake.input.sources),
        turns_files=list(snakemake.input.turns),
        segments_files=list(snakemake.input.segments),
        codings_files=list(snakemake.input.codings),
        participants_file=snakemake.input.participants,
        workshops_file=snakemake.input.workshops,
        codebook_file=snakemake.input.codebook,
        segments_csv=snakemake.output.segments,
        sources_csv=snakemake.output.sources,
        participants_csv=snakemake.output.participants,
    )
