"""What is asked and what is answered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from parure.regions import Box
from parure.search.selection import Selection
from parure.search.verdict import Verdict
from parure.search.weights import Weights
from parure.taxonomy import ParsedQuery
from parure.vision import Pixels, Vectors

__all__ = ["Answer", "Found", "Query"]


@dataclass(frozen=True, eq=False)
class Query:
    """Any mixture of a picture, words, a ready vector ("more like this") and a selection; all of it optional.

    Of the picture, `box` or the found `piece` (0 is the main one) is searched with. `weights` say how much the parts
    count; `parts` are those that belong to the ready vector.
    """

    image: Pixels | None = None
    box: Box | None = None
    piece: int | None = None
    weights: Weights = field(default_factory=Weights)
    text: str = ""
    vector: Vectors | None = None  # (dimension,) of length 1
    parts: Mapping[str, Vectors] = field(default_factory=lambda: MappingProxyType({}))
    selection: Selection = field(default_factory=Selection)
    without_product: int | None = None  # left out of the results: a piece is not similar to itself
    limit: int = 24
    offset: int = 0


@dataclass(frozen=True)
class Found:
    """A product in the answer.

    `photo` is the best matching one and `similarity` its cosine, weighted as asked, when vectors took part. `verdict`
    is there for pictures, where a fitted model is.
    """

    product: int
    photo: int | None = None
    similarity: float | None = None
    verdict: Verdict | None = None


@dataclass(frozen=True)
class Answer:
    """Products in order, how the words were understood, and how long each step took (milliseconds).

    `dropped` names the attributes whose wishes, read from the words, no piece meets together with the others; what is
    shown meets the rest. `total` counts the products that the results are drawn from.
    """

    found: tuple[Found, ...]
    total: int
    parsed: ParsedQuery | None = None
    selection: Selection = field(default_factory=Selection)
    dropped: tuple[str, ...] = ()
    timings: Mapping[str, float] = field(default_factory=dict)

    @property
    def relaxed(self) -> bool:
        """Nothing met every wish."""
        return bool(self.dropped)
