import terminal

from commonthread.steps.report import report

with terminal.step(snakemake.log[0]):
    report(
        study=snakemake.params.study,
        invented=snakemake.params.invented,
        sources_files=list(snakemake.input.sources),
        turns_files=list(snakemake.input.turns),
        segments_files=list(snakemake.input.segments),
        codings_files=list(snakemake.input.codings),
        participants_file=snakemake.input.participants,
        workshops_file=snakemake.input.workshops,
        data=snakemake.params.data,
        tables=snakemake.params.tables,
        codebook_file=snakemake.input.codebook,
        settings=dict(snakemake.params.settings),
        language=snakemake.params.language,
        disclosure=snakemake.params.disclosure,
        report_file=snakemake.output.report,
        public_file=snakemake.output.public,
        index_file=snakemake.output.index,
    )
