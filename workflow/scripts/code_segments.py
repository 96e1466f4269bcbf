import terminal

from commonthread.steps.code_segments import code_batch

with terminal.step(snakemake.log[0]):
    code_batch(
        turns_file=snakemake.input.turns,
        replacements_file=snakemake.input.replacements,
        sources_file=snakemake.input.sources,
        codebook_file=snakemake.input.codebook,
        settings=snakemake.params.settings,
        segments_file=snakemake.output.segments,
        codings_file=snakemake.output.codings,
        fingerprints_file=snakemake.output.coded,
        progress=terminal.bar("Coding", int(snakemake.params.batch)),
    )
