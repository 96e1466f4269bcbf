"""How far coders agree.

``ratings`` holds ratings as counts; ``coefficients`` and ``by_coder`` know the formulas for single
categories, ``sets`` those for sets of codes, ``standard_errors`` the published standard errors.
"""
