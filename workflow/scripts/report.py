import terminal

from commonthread.steps.report import report

with terminal.step(snakemake.log[0]):
    report(
        title=snakemake.params.title,
        invented=snakemake.params.invented,
        analysis=snakemake.params.analysis,
        files=dict(snakemake.input.items()),
        data=snakemake.params.data,
        summary_cells=snakemake.input.summary_cells,
        tables=snakemake.params.tables,
        settings=dict(snakemake.params.settings),
        language=snakemake.params.language,
        disclosure=snakemake.params.disclosure,
        report_file=snakemake.output.report,
        public_file=snakemake.output.public,
        index_file=snakemake.output.index,
    )
