"""Of which designs a text is true, for many of both at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from parure.render.captions.facts import Claim, Told
from parure.render.captions.wording import Caption

__all__ = ["Claims"]

Mask = NDArray[np.bool_]
Table = NDArray[np.float32]


class Claims:
    """What is true of many designs as tables of 0 and 1, so that texts are judged by a product of matrices.

    `true` and `alike` are (designs, claims).
    """

    def __init__(self, all_told: Sequence[Told]) -> None:
        self.known = tuple(sorted(frozenset[Claim]().union(*(told.alike for told in all_told))))
        self._number = {claim: at for at, claim in enumerate(self.known)}
        self.true = self.table(told.true for told in all_told)
        self.alike = self.table(told.alike for told in all_told)

    def judge(self, captions: Sequence[Caption]) -> tuple[Mask, Mask]:
        """(q, n) each: every claim of the caption is true of the design; every claim is true or looks so."""
        return self.judge_claims([caption.claims for caption in captions])

    def judge_claims(self, claims: Sequence[frozenset[Claim]]) -> tuple[Mask, Mask]:
        stated = self.table(claims)
        many = np.array([len(row) for row in claims])[:, None]
        return stated @ self.true.T == many, stated @ self.alike.T == many

    def table(self, claims: Iterable[frozenset[Claim]]) -> Table:
        """(n, claims); a claim that no design shows is left out."""
        rows = list(claims)
        table = np.zeros((len(rows), len(self._number)), np.float32)
        for at, row in enumerate(rows):
            table[at, [self._number[claim] for claim in row if claim in self._number]] = 1
        return table
