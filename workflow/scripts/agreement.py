import terminal

from commonthread.steps.agreement import measure_agreement

with terminal.step(snakemake.log[0]):
    measure_agreement(files=dict(snakemake.input.items()), data=snakemake.params.data)
