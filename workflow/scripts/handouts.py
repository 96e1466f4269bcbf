import terminal

from commonthread.steps.handouts import write_handouts

with terminal.step(snakemake.log[0]):
    write_handouts(
        title=snakemake.params.title,
        invented=snakemake.params.invented,
        files=dict(snakemake.input.items()),
        data=snakemake.params.data,
        folder=snakemake.params.folder,
    )
