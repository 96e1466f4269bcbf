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

What is not kept to: how many people or segments did *not* have a code. Nothing follows from not
having said something. Nor can it be helped that a number that is not shown lies between bounds that
follow from others: what a code has is no more than what the code above it has.
"""

from commonthread.disclosure.tables import ShownTables, public_tables, team_tables

__all__ = ["ShownTables", "public_tables", "team_tables"]
