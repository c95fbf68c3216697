"""What is seen on a photo: the pieces, where they are, what they are, and how they compare with others.

An `Analyser` is an `Encoder` that looks before it compares: it finds the pieces, reads each one, and its vector of a
photo is that of the whole with the pieces on it. One version stands for the whole set of models, so everything stored
under it agrees.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from parure.regions import Box
from parure.vision.base import Encoder, Pixels, Vectors

__all__ = ["PART_VECTORS", "WHOLE", "Analyser", "Analysis", "Belief", "Detection", "Reading", "SeenPiece", "prominence"]

PIECES_WEIGHT = 0.5  # of the pieces beside the whole; .25 to 1 lie within .02 on real photos
PART_VECTORS = ("setting", "stones")  # the parts that can be weighed on their own in a search

WHOLE = Box(0.0, 0.0, 1.0, 1.0)
_FAINT = 1e-6  # the prominence of what was read without being found


@dataclass(frozen=True)
class Detection:
    """A piece found: its box on the photo, its wide type (taxonomy id) and the probability that it is one.

    `types` is what the detector holds it for before it is read: shares by wide type; empty where it was not found by
    one.
    """

    box: Box
    type: str
    score: float
    types: Mapping[str, float] = field(default_factory=dict, compare=False)


@dataclass(frozen=True)
class Belief:
    """What a reader believes of one attribute: a taxonomy id, or "" for "cannot tell", and its probability.

    `others` are the next best values with theirs, best first. Probabilities are calibrated: of all beliefs of .8,
    eight in ten are right.
    """

    attribute: str
    value: str
    probability: float
    others: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, eq=False)
class Reading:
    """One piece, read on its crop. `parts` (h, w) holds `regions.PartClass` values over the crop, in its proportions.

    `vectors` has a row for each of `PART_VECTORS` that the crop shows, length 1.
    """

    embedding: Vectors
    beliefs: tuple[Belief, ...]
    parts: NDArray[np.uint8]
    vectors: Mapping[str, Vectors]

    def belief(self, attribute: str) -> Belief | None:
        return next((belief for belief in self.beliefs if belief.attribute == attribute), None)


@dataclass(frozen=True, eq=False)
class SeenPiece:
    """`crop` is the region of the photo that was read: the detection's box with some air, or the whole photo."""

    detection: Detection
    crop: Box
    reading: Reading


@dataclass(frozen=True, eq=False)
class Analysis:
    """The pieces of a photo, the main one first. Never empty: where nothing is found the whole photo is read, with a
    detection of score 0.

    `whole` is the vector of the photo as it is; None: that of the main piece stands for it. `surest` is the probability
    that the surest place of the photo holds a piece, also where that is too little to count as one; None: not told.
    """

    pieces: tuple[SeenPiece, ...]
    whole: Vectors | None = None
    surest: float | None = None

    @property
    def main(self) -> SeenPiece:
        return self.pieces[0]

    @property
    def embedding(self) -> Vectors:
        """(dimension,) of length 1: what the photo is found by, and searched with. The whole of it, as a piece is cut
        out differently each time and comparing crops alone loses one search in twelve on real photos. The pieces have
        a say beside it, so that a screenshot or a photo on a busy table finds the photos of the piece; all of them,
        as of a pair of earrings either may be the main one."""
        rows = np.stack([np.ravel(piece.reading.embedding) for piece in self.pieces])
        weights = np.array([max(prominence(piece.detection), _FAINT) for piece in self.pieces])
        whole = rows[0] if self.whole is None else np.ravel(self.whole)
        return _unit(whole + PIECES_WEIGHT * _unit(weights @ rows))


class Analyser(Encoder):
    """Photos to analyses; as an encoder, photos to the vector of each as a whole."""

    def analyse_images(self, images: Sequence[Pixels]) -> list[Analysis]:
        """One analysis for each photo, in the order given. Raises `ModelError` as `encode_images` does."""
        return [self._analyse(image, None) for image in images]

    def read_region(self, image: Pixels, region: Box) -> SeenPiece:
        """Read one region that a person chose or a detection named."""
        return self._analyse(image, region).main

    def _embed_images(self, images: Sequence[Pixels]) -> NDArray[np.float32]:
        return np.stack([analysis.embedding for analysis in self.analyse_images(images)])

    @abstractmethod
    def _analyse(self, image: Pixels, region: Box | None) -> Analysis:
        """The pieces of the photo, or the one in `region`."""


def prominence(detection: Detection) -> float:
    """How much a photo is *of* this piece: score x mean side x nearness to the middle.

    The side and not the area, because a ring a third as large is not nine times less meant; half the weight is lost
    towards a corner, because what a photographer means is mostly in the middle, and what lies about is not.
    """
    box = detection.box
    away = np.hypot(box.x + box.w / 2 - 0.5, box.y + box.h / 2 - 0.5) / np.hypot(0.5, 0.5)
    return float(detection.score * np.sqrt(box.area) * (1 - 0.5 * away))


def _unit(row: NDArray[np.floating]) -> NDArray[np.float32]:
    return np.asarray(row / np.linalg.norm(row), np.float32)
