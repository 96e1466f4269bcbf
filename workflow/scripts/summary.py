import terminal

from commonthread.steps.summary import write_summaries

with terminal.step(snakemake.log[0]):
    terminal.say(
        write_summaries(
            study=snakemake.params.study,
            title=snakemake.params.title,
            invented=snakemake.params.invented,
            authors=list(snakemake.params.authors),
            language=snakemake.params.language,
            fewest=snakemake.params.fewest,
            turns_files=list(snakemake.input.turns),
            segments_files=list(snakemake.input.segments),
            participants_file=snakemake.input.participants,
            workshops_file=snakemake.input.workshops,
            withdrawn_files=[
                list(snakemake.input.whole_turns),
                list(snakemake.input.whole_segments),
            ],
            draft_file=snakemake.input.draft,
            tables=snakemake.params.tables,
            folder=snakemake.params.folder,
            cells_file=snakemake.output.cells,
            not_covered_csv=snakemake.output.not_covered,
            problems_file=snakemake.output.problems,
        )
    )
