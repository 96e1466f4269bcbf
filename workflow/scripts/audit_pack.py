import terminal

from commonthread.steps.audit_pack import make_audit_packs

with terminal.step(snakemake.log[0]):
    terminal.say(
        make_audit_packs(
            files=dict(snakemake.input.items()),
            study=snakemake.params.study,
            settings=snakemake.params.settings,
            private=snakemake.params.private,
            folder=snakemake.params.folder,
        )
    )
