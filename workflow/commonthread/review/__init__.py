"""The pages on which people work: to code segments, to settle where coders differ, to mark words.

``page`` puts a pack into one file, ``packed`` writes its data for the page's scripts.
``pack_data.js`` reads them; ``decisions.js`` holds what a person decided, ``keeping.js`` keeps it in
the browser, ``decision_file.js`` in a file that is sent back; ``memory.js`` and ``telling.js`` are
what every such page remembers besides, and says; the other scripts are each a part of
what one sees. ``coding.js`` puts them together. ``unlisted_page`` and ``unlisted.js`` do so for the
words that nobody listed.
"""

from commonthread.review.page import write_coding_page
from commonthread.review.unlisted_page import unlisted_page

__all__ = ["unlisted_page", "write_coding_page"]
