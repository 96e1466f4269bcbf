import terminal

from commonthread.steps.people import find_people

with terminal.step(snakemake.log[0]):
    terminal.say(
        find_people(
            study=snakemake.params.study,
            private=snakemake.params.private,
            turns_files=list(snakemake.input.turns),
            sources_files=list(snakemake.input.sources),
            identifiers=snakemake.params.identifiers,
            limits=snakemake.params.limits,
            names_file=snakemake.output.names,
            speakers_file=snakemake.output.speakers,
            sources_file=snakemake.output.sources,
            list_file=snakemake.output.to_complete,
            participants_file=snakemake.output.participants,
            workshops_file=snakemake.output.workshops,
        )
    )
