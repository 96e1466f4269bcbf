"""Says which sources of today the codings of a source may stand in, and which were put in order anew.

A file that was renamed takes all its codings along, so they tell together what one alone cannot:
whether its words moved, or were removed and are also said in another file.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence, Set

from commonthread.anchors.options import AnchorWords, Option, fits, leads

Options = Mapping[AnchorWords, Sequence[Option]]

_MOST = 0.5
"""This share of a source's codings must stand in another source."""
_PART = 0.3
"""The same where the source is not there any more, and the other one has no codings of its own."""
_SEVERAL = 3


def where_sources_went(
    unchanged: Sequence[AnchorWords], options: Options, today: Set[str]
) -> dict[str, Set[str]]:
    """Give for each source that was coded the sources in which its codings may stand today.

    Goes in: the anchors that stand where they stood, the options of all others, and the ids of
    today's sources. A coding whose source is not known may stand in any.
    """
    coded = [*unchanged, *options]
    of_source = Counter(each.anchor.source_id for each in coded)
    stand: dict[str, Counter[str]] = defaultdict(Counter)
    for each in unchanged:
        stand[each.anchor.source_id][each.anchor.source_id] += 1
    for each, own in options.items():
        if own and fits(each, own[0]):
            best, elsewhere = own[0], [o for o in own if o.source_id != own[0].source_id]
            if leads(best, elsewhere):
                stand[each.anchor.source_id][best.source_id] += 1
    return {
        source_id: today & (_moved_to(source_id, count, stand, today) | {source_id})
        if source_id
        else today
        for source_id, count in of_source.items()
    }


def _moved_to(
    source_id: str, codings: int, stand: Mapping[str, Counter[str]], today: Set[str]
) -> set[str]:
    """Give the other sources that took over a source with so many codings, or a part of it.

    ``stand`` counts where the codings of each source that were found stand today. One coding of
    several is no sign, since its words may be said in the other source, too.
    """
    found = stand[source_id]
    if 2 * sum(found.values()) < codings:
        return set()
    return {
        other
        for other, there in found.items()
        if there >= codings * (_MOST if source_id in today or stand[other][other] else _PART)
        and (there > 1 or codings == 1)
    }


def in_new_order(unchanged: Sequence[AnchorWords], options: Options) -> set[str]:
    """Give the sources that were coded and whose notes stand in another order today.

    That is so where most of a source's codings, and at least three, have exactly their words in
    one place of it, with other words around them.
    """
    of_source = Counter(each.anchor.source_id for each in [*unchanged, *options])
    moved: Counter[str] = Counter()
    for each, own in options.items():
        there = [o for o in own if o.source_id == each.anchor.source_id and o.alike == 1]
        if len(there) == 1 and not all(there[0].sides):
            moved[each.anchor.source_id] += 1
    return {
        source_id
        for source_id, count in moved.items()
        if count >= _SEVERAL and 2 * count > of_source[source_id]
    }
