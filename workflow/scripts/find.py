import terminal

from commonthread.steps.find import find_all
from commonthread.steps.tables import write_tables

with terminal.step(snakemake.log[0]):
    terminal.say(
        find_all(
            files=dict(snakemake.input.items()),
            tables=snakemake.params.tables,
            data=snakemake.params.data,
        )
    )
    write_tables(
        files=dict(snakemake.input.items()),
        segments_csv=snakemake.output.segments,
        sources_csv=snakemake.output.sources,
        participants_csv=snakemake.output.participants,
    )
