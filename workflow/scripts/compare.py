import terminal

from commonthread.steps.compare import compare_codebooks

with terminal.step(snakemake.log[0]):
    terminal.say(
        compare_codebooks(
            files=dict(snakemake.input.items()),
            with_codebook=snakemake.params.with_codebook,
            study=snakemake.params.study,
            settings=snakemake.params.settings,
            folder=snakemake.params.folder,
        )
    )
