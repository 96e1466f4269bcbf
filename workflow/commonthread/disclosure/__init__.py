"""What may be told of a study so that no small number of people or segments is given away.

``public_tables`` takes the findings and withholds numbers in them. The public edition of the report
and the public tables are both written from what it gives, so that neither tells what the other
withholds. ``sets`` says which counts contain which others; ``wholes`` decides on counts of the
whole study, ``lines`` on counts by workshop and by role, ``pairs`` on codes that come together,
and ``talk`` on who spoke.

What is kept to. Let a number be *small* if it is above 0 and below the threshold. Then from all that
is told, no small number can be worked out

- of the people or segments that a code has, that it has and one above or below it has not, that two
  codes have both, or that one of them has and the other has not; and of segments without any code;
- by workshop, and by role, of segments that a code has, or that it has and one below it has not.

It is taken that people know how the codebook is built, how numbers add up, that no number is below 0,
and that codes are given to segments at the ends of its branches. ``tests/attack.py`` does know it.

What is not kept to:

- How many people or segments have *not* a code. Nothing follows from not having said something.
- Bounds. A number that is not shown lies between others that are; of one that is known to be small,
  at least half of the numbers that it could be stay possible where two counts would narrow it down.
- What three codes have in common, but where they make up another one; and how much of the talk that
  has a code is of people whom nobody knows.
"""

from commonthread.disclosure.tables import ShownTables, public_tables, team_tables

__all__ = ["ShownTables", "public_tables", "team_tables"]
