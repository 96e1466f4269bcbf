"""A random sample of segments that people check, and shares that are corrected by it.

``draw`` draws it, ``sample`` keeps it with the study, ``today`` finds it again in the segments of
today. ``readings`` gathers what people said of it, and ``human_error`` what that leaves open.
``estimate`` and ``posterior`` correct the machine's counts, ``people_like_these`` says what holds
beyond these transcripts, and ``outlook`` what a sample of some size would buy. ``tables`` makes the
tables of all that.
"""
