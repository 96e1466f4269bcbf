import terminal

from commonthread.steps.proposals import gather_proposals

with terminal.step(snakemake.log[0]):
    terminal.say(
        gather_proposals(
            files=dict(snakemake.input.items()),
            study=snakemake.params.study,
            title=snakemake.params.title,
            invented=snakemake.params.invented,
            settings=snakemake.params.settings,
            table_file=snakemake.output.table,
            folder=snakemake.params.folder,
            problems_file=snakemake.output.problems,
        )
    )
