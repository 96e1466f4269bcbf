import terminal

from commonthread.steps.tables import write_tables

with terminal.step(snakemake.log[0]):
    write_tables(
        files=dict(snakemake.input.items()),
        segments_csv=snakemake.output.segments,
        sources_csv=snakemake.output.sources,
        participants_csv=snakemake.output.participants,
    )
