"""What to look at before the public folder goes out: an attack on it, a page, and who released it.

The attack reads the finished folder as an outsider would, and looks for small numbers that can be
worked out (``told``, ``unknowns``, ``subtraction``, ``talk``, ``charts``) and for what leads to a
person (``texts``, ``traces``, ``spoken``). To judge what it finds it may look into the team's tables, which an outsider cannot.
``check`` puts it together; ``record`` keeps who released which folder.
"""
