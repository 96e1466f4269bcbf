import terminal

from commonthread.steps.public import write_public

with terminal.step(snakemake.log[0]):
    write_public(
        files=dict(snakemake.input.items()),
        about=dict(snakemake.params.about),
        authors=list(snakemake.params.authors),
        threshold=snakemake.params.threshold,
        linked=snakemake.params.linked,
        data=snakemake.params.data,
        report_file=snakemake.output.edition,
        folder=snakemake.params.folder,
    )
