"""A random sample of segments that people check, and shares that are corrected by it.

``draw`` draws it, ``sample`` keeps it with the study, ``today`` finds it again in the segments of
today. ``readings`` gathers what people said of it, ``human_error`` what that leaves open, and
``checked`` brings both together with what machines say. ``estimate`` and ``posterior`` draw corrected
counts, ``people_like_these`` says what holds beyond these transcripts, ``shares`` and ``differences``
make tables of that, and ``outlook`` says what a sample of some size would buy. ``tables`` makes all
tables of a study.
"""
