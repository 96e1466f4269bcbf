import terminal

from commonthread.steps.check_public import check_public_folder

with terminal.step(snakemake.log[0]):
    terminal.say(
        check_public_folder(
            files=dict(snakemake.input.items()),
            about=dict(snakemake.params.about),
            authors=list(snakemake.params.authors),
            threshold=snakemake.params.threshold,
            linked=snakemake.params.linked,
            identifiers=dict(snakemake.params.identifiers),
            study=snakemake.params.study,
            folder=snakemake.params.folder,
            page_file=snakemake.params.page,
        )
    )
