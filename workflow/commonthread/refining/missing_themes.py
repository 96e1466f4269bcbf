"""What no code of a theme covers, in clusters: the themes that a codebook may lack."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

import numpy as np
import pandas as pd

from commonthread.coded import CodedSegments
from commonthread.refining.clusters import cluster_texts
from commonthread.tables import as_table, empty_table

_SHORTEST = 30


def missing_themes(
    coded: CodedSegments, texts: Sequence[str], common: Collection[str] = ()
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Group what is not coded: the tables ``uncoded_clusters`` and ``uncoded_cluster_segments``.

    Goes in: the coded segments, the words of each of them (best without replaced names, see
    ``texts_without``), and words that are too common to tell anything. A segment without any code
    of a theme is not coded, also where it has an aspect; shorter ones than 30 characters, such as
    "Yes, exactly.", are passed over. Clusters are those of ``cluster_texts``:
    groups of words that are used together. Whether a group is a theme, people decide.
    """
    themes = np.array([code.dimension != "aspect" for code in coded.codes], dtype=bool)
    every = np.flatnonzero(~coded.has[themes].any(axis=0))
    bare = np.array([row for row in every.tolist() if len(texts[row]) >= _SHORTEST], dtype=np.int64)
    found = cluster_texts([texts[row] for row in bare.tolist()], common)
    ids = coded.segments["segment_id"].to_numpy(dtype=object)
    places = coded.places
    clusters: list[dict[str, Any]] = []
    members: list[pd.DataFrame] = []
    for number, name in enumerate(found.names):
        own = np.flatnonzero(found.labels == number)
        own = own[np.lexsort((own, -np.round(found.nearness[own], 9)))]
        rows = bare[own]
        speakers = places.person[rows]
        clusters.append(
            {
                "cluster": number + 1,
                "name": name,
                "segments": len(rows),
                "of_segments": len(every),
                "coherence": found.coherence[number],
                "people": len(np.unique(speakers[speakers >= 0])),
                "workshops": len(np.unique(places.workshop[rows])),
                "method": found.method,
            }
        )
        ranks = np.arange(1, len(rows) + 1)
        members.append(
            pd.DataFrame({"cluster": number + 1, "rank": ranks, "segment_id": ids[rows]})
        )
    segments = empty_table("uncoded_cluster_segments")
    if members:
        segments = as_table(pd.concat(members), "uncoded_cluster_segments")
    return as_table(clusters, "uncoded_clusters"), segments
