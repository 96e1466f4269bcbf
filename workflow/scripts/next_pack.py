import terminal

from commonthread.steps.next_pack import make_next_packs

with terminal.step(snakemake.log[0]):
    terminal.say(
        make_next_packs(
            files=dict(snakemake.input.items()),
            study=snakemake.params.study,
            number=snakemake.params.number,
            shared=snakemake.params.shared,
            folder=snakemake.params.folder,
        )
    )
