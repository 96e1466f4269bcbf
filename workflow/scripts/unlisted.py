import terminal

from commonthread.steps.unlisted import list_unlisted

with terminal.step(snakemake.log[0]):
    terminal.say(
        list_unlisted(
            unlisted_files=list(snakemake.input.unlisted),
            replacements_files=list(snakemake.input.replacements),
            sources_files=list(snakemake.input.sources),
            names_file=snakemake.input.names,
            workshops_file=snakemake.input.workshops,
            participants_file=snakemake.input.participants,
            study=snakemake.params.study,
            title=snakemake.params.title,
            invented=snakemake.params.invented,
            limits=snakemake.params.limits,
            folder=snakemake.params.folder,
            counts_file=snakemake.output.counts,
            problems_file=snakemake.output.problems,
        )
    )
