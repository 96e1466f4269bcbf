import terminal

from commonthread.steps.handouts import write_handouts

with terminal.step(snakemake.log[0]):
    write_handouts(
        study=snakemake.params.study,
        invented=snakemake.params.invented,
        turns_files=list(snakemake.input.turns),
        segments_files=list(snakemake.input.segments),
        codings_files=list(snakemake.input.codings),
        participants_file=snakemake.input.participants,
        workshops_file=snakemake.input.workshops,
        frequencies_file=snakemake.input.frequencies,
        codebook_file=snakemake.input.codebook,
        data=snakemake.params.data,
        folder=snakemake.params.folder,
    )
