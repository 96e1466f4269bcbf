import terminal

from commonthread.steps.coding_packs import make_coding_packs

with terminal.step(snakemake.log[0]):
    terminal.say(
        make_coding_packs(
            files=dict(snakemake.input.items()),
            study=snakemake.params.study,
            settings=snakemake.params.settings,
            folder=snakemake.params.folder,
        )
    )
