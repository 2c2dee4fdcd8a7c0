"""Published numbers used as reference: facts with their source, entered by hand."""

BCG = (
    (4, 123, 11, 139),
    (6, 306, 29, 303),
    (3, 231, 11, 220),
    (62, 13598, 248, 12867),
    (33, 5069, 47, 5808),
    (180, 1541, 372, 1451),
    (8, 2545, 10, 629),
    (505, 88391, 499, 88391),
    (29, 7499, 45, 7277),
    (17, 1716, 65, 1665),
    (186, 50634, 141, 27338),
    (5, 2498, 3, 2341),
    (27, 16913, 29, 17854),
)
"""Thirteen trials of the BCG vaccine: tuberculosis cases and members, vaccinated and control.

Colditz, Brewer, Berkey et al., JAMA 271:698 (1994), as tabled by Berkey et al., Stat. Med. 14:395 (1995).
"""

TEACHER_EXPECTANCY = (
    (0.03, 0.0156),
    (0.12, 0.0216),
    (-0.14, 0.0279),
    (1.18, 0.1391),
    (0.26, 0.1362),
    (-0.06, 0.0106),
    (-0.02, 0.0106),
    (-0.32, 0.0484),
    (0.27, 0.0269),
    (0.80, 0.0630),
    (0.54, 0.0912),
    (0.18, 0.0497),
    (-0.02, 0.0835),
    (0.23, 0.0841),
    (-0.18, 0.0253),
    (-0.06, 0.0279),
    (0.30, 0.0193),
    (0.07, 0.0088),
    (-0.07, 0.0303),
)
"""Nineteen standardised mean differences with variances: Raudenbush & Bryk, J. Educ. Stat. 10:75 (1985)."""
