import terminal

from commonthread.steps.audit import correct_frequencies

with terminal.step(snakemake.log[0]):
    terminal.say(
        correct_frequencies(
            files=dict(snakemake.input.items()),
            size=snakemake.params.size,
            data=snakemake.params.data,
        )
    )
