import terminal

from commonthread.steps.report import report

with terminal.step(snakemake.log[0]):
    report(
        files=dict(snakemake.input.items()),
        about=dict(snakemake.params.about),
        data=snakemake.params.data,
        threshold=snakemake.params.threshold,
        report_file=snakemake.output.report,
        index_file=snakemake.output.index,
    )
