"""Other views of a design: what the encoder of the catalogue and its verdict offer, as F1 over pairs of photographs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from parure import images
from parure.curate.duplicates_views import SamePiece, offer_views
from parure.evaluation.curate.duplicates_archive import ORIGINAL, OTHERS, MadeFile
from parure.evaluation.curate.duplicates_peers import Peer
from parure.evaluation.curate.duplicates_score import count_pairs, f1
from parure.evaluation.figures import Baseline, Line
from parure.evaluation.models import find_model
from parure.index import Schema, open_index
from parure.search.verdict import Evidence, VerdictKind, VerdictModel, features, load_verdicts, margins

__all__ = ["judge_by", "other_views"]


def other_views(
    archive: Path, files: Sequence[MadeFile], encoder: str, peers: Sequence[Peer]
) -> tuple[tuple[Line, ...], tuple[str, ...]]:
    """A line, or a note why there is none."""
    if not encoder:
        return (), ("Other views were not asked for (--encoder NAME).",)
    model = find_model(encoder)
    verdicts = load_verdicts(model.version)
    if verdicts is None:
        return (), (f"Other views are left out: no verdict was fitted for {model.version}.",)
    asked = [replace(file, kind=ORIGINAL) for file in files if file.kind in {ORIGINAL, OTHERS[0]}]  # one piece each
    pictures = [images.decode((archive / file.path).read_bytes(), shrink_to=384).pixels for file in asked]
    vectors = dict(zip((file.path for file in asked), model.encode_images(pictures), strict=True))
    index = open_index("memory", archive, dimension=model.dimension, schema=Schema(), graph_threshold=0)
    offers = offer_views(vectors, judge_by(verdicts), index=index)
    ours = count_pairs(asked, {frozenset((offer.first, offer.second)) for offer in offers})
    theirs = tuple(Baseline(peer.name, f1(count_pairs(asked, peer.pairs))) for peer in peers)
    return (Line(f"F1, other view of a piece ({model.version})", f1(ours), theirs),), ()


def judge_by(verdicts: VerdictModel) -> SamePiece:
    """The probability of the same piece, the identical picture included, from similarities alone."""
    claimed = [at for at, kind in enumerate(verdicts.kinds) if kind in {VerdictKind.SAME_PIECE, VerdictKind.IDENTICAL}]

    def judge(similarities: Sequence[float]) -> Sequence[float]:
        if not similarities:
            return []
        pairs = zip(similarities, margins(similarities).tolist(), strict=True)
        rows = np.stack([features(Evidence(similarity, margin)) for similarity, margin in pairs])
        told: list[float] = verdicts.probabilities(rows)[:, claimed].sum(axis=1).tolist()
        return told

    return judge
