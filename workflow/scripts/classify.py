import terminal

from commonthread.steps.classify import classify_segments

with terminal.step(snakemake.log[0]):
    terminal.say(
        classify_segments(
            files=dict(snakemake.input.items()),
            settings=snakemake.params.settings,
            codings_file=snakemake.output.codings,
            model_file=snakemake.output.model,
            look_at_csv=snakemake.output.look_at,
            data=snakemake.params.data,
        )
    )
