"""How far coders agree: coefficients of agreement, their intervals, and where coders differ.

``ratings`` holds ratings as counts; ``coefficients`` and ``by_coder`` know the formulas for single
categories, ``sets`` those for sets of codes, ``standard_errors`` the published standard errors.
``judged`` brings together what coders judged and applied; ``comparisons`` says who is compared with
whom; ``patterns`` counts each comparison by transcript; ``bootstrap`` resamples transcripts.
``agreement`` and ``differences`` make the tables.
"""
