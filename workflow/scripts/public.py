import terminal

from commonthread.steps.public import write_public

with terminal.step(snakemake.log[0]):
    write_public(
        title=snakemake.params.title,
        invented=snakemake.params.invented,
        threshold=snakemake.params.threshold,
        files=dict(snakemake.input.items()),
        data=snakemake.params.data,
        report_file=snakemake.input.report,
        folder=snakemake.params.folder,
    )
