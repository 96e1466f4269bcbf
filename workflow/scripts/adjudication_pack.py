import terminal

from commonthread.steps.adjudication_pack import make_adjudication_pack

with terminal.step(snakemake.log[0]):
    terminal.say(
        make_adjudication_pack(
            files=dict(snakemake.input.items()),
            study=snakemake.params.study,
            page_file=snakemake.params.page,
        )
    )
