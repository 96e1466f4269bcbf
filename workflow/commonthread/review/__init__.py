"""The pages on which people work: to code segments, and to settle where coders differ.

``page`` puts a pack into one file, ``packed`` writes its data for the page's scripts.
``pack_data.js`` reads them; ``decisions.js`` holds what a person decided, ``keeping.js`` keeps it in
the browser, ``decision_file.js`` in a file that is sent back; the other scripts are each a part of
what one sees. ``coding.js`` puts them together.
"""

from commonthread.review.page import write_coding_page

__all__ = ["write_coding_page"]
