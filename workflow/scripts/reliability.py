import terminal

from commonthread.steps.agreement import measure_agreement
from commonthread.steps.audit import correct_frequencies

with terminal.step(snakemake.log[0]):
    measure_agreement(files=dict(snakemake.input.items()), data=snakemake.params.data)
    terminal.say(
        correct_frequencies(
            files=dict(snakemake.input.items()),
            size=snakemake.params.size,
            data=snakemake.params.data,
        )
    )
