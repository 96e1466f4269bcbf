import terminal

from commonthread.steps.read import read_batch

with terminal.step(snakemake.log[0]):
    read_batch(
        study=snakemake.params.study,
        batch=snakemake.params.batch,
        reading=snakemake.params.reading,
        turns_file=snakemake.output.turns,
        sources_file=snakemake.output.sources,
        progress=terminal.bar("Reading", int(snakemake.params.batch)),
    )
