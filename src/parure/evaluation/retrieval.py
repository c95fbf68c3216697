"""Same product, other photo: every photo whose product has another one asks for it among all photos but itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from parure.errors import QueryError
from parure.evaluation.metrics import best_ranks, bootstrap_error, mean_reciprocal_rank, recall_at_k

__all__ = ["Figure", "Retrieval", "SameProduct", "measure_retrieval"]


@dataclass(frozen=True)
class Figure:
    """A share in 0..1 with its standard error."""

    value: float
    error: float

    def __str__(self) -> str:
        """ ".497±.025": a table of four of them fits a terminal of 80 columns."""
        return f"{self.value:.3f}±{self.error:.3f}".replace("0.", ".")


@dataclass(frozen=True)
class Retrieval:
    """What one method reached. `milliseconds` is the time to describe one picture, decoding left out."""

    method: str
    recall_at_1: Figure
    recall_at_5: Figure
    recall_at_10: Figure
    mean_reciprocal_rank: Figure
    milliseconds: float


@dataclass(frozen=True, eq=False)
class SameProduct:
    """The task: `product` (n,) numbers the product of each photo, `queries` (q,) are positions of asking photos."""

    product: NDArray[np.intp]
    queries: NDArray[np.intp]

    @classmethod
    def from_products(cls, products: Sequence[str | None]) -> SameProduct:
        """From one product id per photo; None is a product of its own. Raises `QueryError` if nothing can be asked."""
        own = [f"\0{index}" if name is None else name for index, name in enumerate(products)]
        _, product, counts = np.unique(own, return_inverse=True, return_counts=True)
        queries = np.flatnonzero(counts[product] > 1)
        if not queries.size:
            raise QueryError("No product has two photos, so there is nothing to find. Give photos a product_id.")
        return cls(product.astype(np.intp), queries)

    def ranks(self, scores: NDArray[np.floating]) -> NDArray[np.float64]:
        """(q,) ranks from (q, n) scores of each query against all photos."""
        rows = np.arange(len(self.queries))
        itself = np.zeros(scores.shape, np.bool_)
        itself[rows, self.queries] = True
        return best_ranks(scores, self.product[self.queries][:, None] == self.product[None, :], itself)


def measure_retrieval(
    task: SameProduct, scores: NDArray[np.floating], *, method: str, milliseconds: float
) -> Retrieval:
    """Figures of one method from its (q, n) scores, errors by drawing products again."""
    ranks = task.ranks(scores)
    groups = task.product[task.queries]

    def recall(k: int) -> Figure:
        return Figure(recall_at_k(ranks, k), bootstrap_error((ranks <= k).astype(float), groups))

    return Retrieval(
        method=method,
        recall_at_1=recall(1),
        recall_at_5=recall(5),
        recall_at_10=recall(10),
        mean_reciprocal_rank=Figure(mean_reciprocal_rank(ranks), bootstrap_error(1 / ranks, groups)),
        milliseconds=milliseconds,
    )
