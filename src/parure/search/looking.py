"""Pictures to what a search needs of them: the vector of the piece meant, those of its parts, what it seems to be.

A picture is looked at once however often it is paged through, refined or searched piece by piece: the last analyses
are kept under a hash of the pixels. Encoders that find no pieces take the whole picture, or the region chosen.
"""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass, field

import numpy as np

from parure.errors import QueryError
from parure.regions import Box, clip, crop
from parure.search.traits import Traits, traits_of
from parure.vision import Encoder, Pixels, Vectors
from parure.vision.analysis import Analyser, Analysis, SeenPiece
from parure.vision.base import unit_rows
from parure.vision.batching import MicroBatcher

__all__ = ["Look", "Looker"]

_TOGETHER = 16  # pictures of different clients seen in one go
_KEPT = 64  # analyses; one is about 10 kB
_LEAST = 0.01  # of either side of the picture: a smaller region is a slip of the hand


@dataclass(frozen=True, eq=False)
class Look:
    """One picture as a query, or words in the space of pictures."""

    vector: Vectors  # (dimension,) of length 1
    traits: Traits = field(default_factory=Traits)
    pictured: bool = True


class Looker:
    """Safe to use from several threads; pictures of many clients at once go through the model together."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self._kept: OrderedDict[Hashable, Analysis | SeenPiece] = OrderedDict()
        self._lock = threading.Lock()
        self._encode: MicroBatcher[Pixels, Vectors] = MicroBatcher(
            lambda images: list(encoder.encode_images(images)), batch_size=_TOGETHER
        )
        if isinstance(encoder, Analyser):
            self._analyse: MicroBatcher[Pixels, Analysis] = MicroBatcher(encoder.analyse_images, batch_size=_TOGETHER)

    @property
    def finds_pieces(self) -> bool:
        return isinstance(self._encoder, Analyser)

    def analysis(self, image: Pixels) -> Analysis:
        """All pieces of the picture; raises `QueryError` if the encoder does not look for pieces."""
        if not self.finds_pieces:
            raise QueryError(
                f"The encoder {self._encoder.version} compares whole pictures and finds no pieces in them."
            )
        key = _hash(image)
        found = self._get(key)
        if not isinstance(found, Analysis):
            found = self._analyse(image)
            self._keep(key, found)
        return found

    def look(self, image: Pixels, *, box: Box | None = None, piece: int | None = None) -> Look:
        """The region `box`, else the piece with that number (0 is the main one), else the whole with the main piece."""
        if box is not None and piece is not None:
            raise QueryError("Give either a box or the number of a piece, not both.")
        region = None if box is None else _region(box)
        if not self.finds_pieces:
            if piece:
                raise QueryError(f"There is no piece {piece}: {self._encoder.version} takes a picture as one piece.")
            return Look(self._encode(image if region is None else crop(image, region)))
        if region is not None:
            return self._as_look(self._read(image, region))
        if piece is not None:
            return self._as_look(self._piece(image, piece))
        analysis = self.analysis(image)
        return Look(unit_rows(analysis.embedding[None], self._encoder.dimension)[0], traits_of(analysis.main.reading))

    def _piece(self, image: Pixels, number: int) -> SeenPiece:
        pieces = self.analysis(image).pieces
        if not 0 <= number < len(pieces):
            raise QueryError(f"There is no piece {number} on this picture; {len(pieces)} found, counted from 0.")
        return pieces[number]

    def _read(self, image: Pixels, region: Box) -> SeenPiece:
        encoder = self._encoder
        assert isinstance(encoder, Analyser)
        key = (_hash(image), region)
        found = self._get(key)
        if not isinstance(found, SeenPiece):
            found = encoder.read_region(image, region)
            self._keep(key, found)
        return found

    def _as_look(self, piece: SeenPiece) -> Look:
        reading = piece.reading
        vector = unit_rows(np.reshape(reading.embedding, (1, -1)), self._encoder.dimension)[0]
        return Look(vector, traits_of(reading))

    def _get(self, key: Hashable) -> Analysis | SeenPiece | None:
        with self._lock:
            found = self._kept.get(key)
            if found is not None:
                self._kept.move_to_end(key)
            return found

    def _keep(self, key: Hashable, found: Analysis | SeenPiece) -> None:
        with self._lock:
            self._kept[key] = found
            while len(self._kept) > _KEPT:
                self._kept.popitem(last=False)


def _hash(image: Pixels) -> bytes:
    shape = repr(image.shape).encode()
    return hashlib.blake2b(np.ascontiguousarray(image).data, digest_size=16, key=shape[:64]).digest()


def _region(box: Box) -> Box:
    inside = clip(box)
    if min(inside.w, inside.h) < _LEAST:
        raise QueryError("The box has no part of the picture in it; give x,y,w,h as fractions of the picture.")
    return inside
