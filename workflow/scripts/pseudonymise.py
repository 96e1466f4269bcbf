import terminal

from commonthread.steps.pseudonymise import pseudonymise_batch

with terminal.step(snakemake.log[0]):
    pseudonymise_batch(
        raw_turns_file=snakemake.input.turns,
        names_file=snakemake.input.names,
        speakers_file=snakemake.input.speakers,
        all_sources_file=snakemake.input.sources,
        batch_sources_file=snakemake.input.batch_sources,
        settings=snakemake.params.settings,
        identifiers=snakemake.params.identifiers,
        turns_file=snakemake.output.turns,
        replacements_file=snakemake.output.replacements,
        sources_file=snakemake.output.sources,
        unlisted_file=snakemake.output.unlisted,
        whole_turns_file=snakemake.output.whole_turns,
        whole_segments_file=snakemake.output.whole_segments,
    )
