import terminal

from commonthread.steps.find import find_all

with terminal.step(snakemake.log[0]):
    terminal.say(
        find_all(
            files=dict(snakemake.input.items()),
            tables=snakemake.params.tables,
            data=snakemake.params.data,
        )
    )
