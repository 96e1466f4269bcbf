"""Where to look when a codebook is refined, and what a change to it does to the findings.

``segment_words`` counts words and phrases, ``log_odds`` compares them, and ``verdicts`` tells what
people decided; with these, ``code_words`` finds words that a code misses or wrongly catches, and
``term_use`` terms that never match or that people reject. ``clusters`` and ``missing_themes`` group
what is not coded; ``code_pairs`` finds codes that overlap, ``saturation`` asks whether new codes
still come, ``narrow_codes`` which codes one role or one voice uses alone. ``changes`` tells two
codebooks apart by meaning; ``recode`` codes only what changed, and ``comparison`` says what that
does to the findings. Nothing here changes a codebook or a coding: people decide.
"""
