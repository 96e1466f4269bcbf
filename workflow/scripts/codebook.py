import terminal

from commonthread.steps.codebook import write_codebook

with terminal.step(snakemake.log[0]):
    terminal.say(
        write_codebook(
            files=dict(snakemake.input.items()),
            study=snakemake.params.study,
            title=snakemake.params.title,
            invented=snakemake.params.invented,
            analysis=snakemake.params.analysis,
            language=snakemake.params.language,
            folder=snakemake.params.folder,
        )
    )
