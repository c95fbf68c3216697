"""What an encoder makes of photos, and storing it: a vector for each, and of an analyser the pieces it saw.

The vector and the pieces of a photo are written together or not at all, under one version. Writing them again
replaces them; what a photo shows then becomes statements about its product (`tagging.py`) in the same transaction.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass

import numpy as np
from django.db import transaction
from numpy.typing import NDArray
from PIL import Image

from parure.regions import Box
from parure.search import Traits
from parure.search.traits import layout_of
from parure.vision import Encoder, Pixels, Vectors
from parure.vision.analysis import PART_VECTORS, Analyser, Analysis, Belief, SeenPiece
from parure.vision.base import unit_rows
from parure.web.catalogue.beliefs import from_json, to_json
from parure.web.catalogue.models import Photo, Piece
from parure.web.catalogue.tagging import tag_products
from parure.web.catalogue.vectors import pack, save_vectors, unpack

__all__ = [
    "Sight",
    "StoredPiece",
    "as_stored",
    "look",
    "part_mask",
    "part_vectors",
    "pieces_of",
    "save_sights",
    "traits",
]

_CHUNK = 500  # ids per IN clause
_COLUMNS = ("type", "score", "box", "crop", "beliefs", "parts", *(f"{part}_vector" for part in PART_VECTORS))


@dataclass(frozen=True, eq=False)
class Sight:
    """A photo as an encoder sees it; encoders that do not look for pieces give the vector only."""

    vector: Vectors  # (dimension,) of length 1
    analysis: Analysis | None = None


@dataclass(frozen=True)
class StoredPiece:
    """A piece as it was seen on a photo; see `Piece`."""

    place: int
    type: str
    score: float
    box: Box
    crop: Box
    beliefs: tuple[Belief, ...]
    parts: bytes  # PNG, read by `part_mask`


def look(encoder: Encoder, images: Sequence[Pixels]) -> list[Sight]:
    """One sight per picture. Raises `ModelError` as the encoder does."""
    if not images:
        return []
    if not isinstance(encoder, Analyser):
        return [Sight(vector) for vector in encoder.encode_images(images)]
    found = encoder.analyse_images(images)
    rows = unit_rows(np.stack([one.embedding for one in found]), encoder.dimension)
    return [Sight(row, one) for row, one in zip(rows, found, strict=True)]


@transaction.atomic
def save_sights(photos: Sequence[int], sights: Sequence[Sight], encoder: str) -> None:
    """Store what one encoder version makes of these photos, and say what they show of their products."""
    save_vectors(photos, [sight.vector for sight in sights], encoder)
    analysed = {photo: sight.analysis for photo, sight in zip(photos, sights, strict=True) if sight.analysis}
    if not analysed:
        return
    rows = [row for photo, analysis in analysed.items() for row in _rows(photo, analysis, encoder)]
    Piece.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["photo", "encoder", "place"], update_fields=_COLUMNS
    )
    for photo, analysis in analysed.items():  # of an earlier, larger number of pieces
        Piece.objects.filter(photo=photo, encoder=encoder, place__gte=len(analysis.pieces)).delete()
    tag_products(Photo.objects.filter(pk__in=analysed).values_list("product_id", flat=True), encoder)


def traits(photos: Sequence[int], encoder: str) -> Mapping[int, Traits]:
    """What is known of the photos' main pieces; photos without are left out."""
    found: dict[int, Traits] = {}
    for start in range(0, len(photos), _CHUNK):
        rows = Piece.objects.filter(photo__in=photos[start : start + _CHUNK], encoder=encoder, place=0)
        columns = rows.values_list("photo_id", "beliefs", "parts", *(f"{part}_vector" for part in PART_VECTORS))
        for photo, held, mask, *vectors in columns:
            parts = {part: unpack(data) for part, data in zip(PART_VECTORS, vectors, strict=True) if data is not None}
            found[photo] = Traits(from_json(held), parts, layout_of(part_mask(mask)))
    return found


def part_vectors(photos: Sequence[int], encoder: str) -> Mapping[int, Mapping[str, Vectors]]:
    """The part vectors alone, of many photos at once: read and scaled as one array per part."""
    found: dict[int, dict[str, Vectors]] = {}
    for start in range(0, len(photos), _CHUNK):
        rows = Piece.objects.filter(photo__in=photos[start : start + _CHUNK], encoder=encoder, place=0)
        for part in PART_VECTORS:
            column = f"{part}_vector"
            pairs = list(rows.filter(**{f"{column}__isnull": False}).values_list("photo_id", column))
            for photo, vector in zip([photo for photo, _ in pairs], _unpacked([row for _, row in pairs]), strict=True):
                found.setdefault(photo, {})[part] = vector
    return found


def pieces_of(photos: Sequence[int], encoder: str) -> Mapping[int, list[StoredPiece]]:
    """The pieces seen on each of the photos, main ones first."""
    found: dict[int, list[StoredPiece]] = {photo: [] for photo in photos}
    for row in Piece.objects.filter(photo__in=photos, encoder=encoder).order_by("photo_id", "place"):
        found[row.photo_id].append(
            StoredPiece(
                row.place, row.type, row.score, Box(*row.box), Box(*row.crop), from_json(row.beliefs), bytes(row.parts)
            )
        )
    return found


def as_stored(analysis: Analysis) -> list[StoredPiece]:
    """The pieces of a picture that is not in the catalogue, as they would be stored."""
    return [
        StoredPiece(
            place,
            piece.detection.type,
            float(piece.detection.score),
            piece.detection.box,
            piece.crop,
            piece.reading.beliefs,
            _png(piece.reading.parts),
        )
        for place, piece in enumerate(analysis.pieces)
    ]


def part_mask(data: bytes) -> NDArray[np.uint8]:
    """(h, w) `PartClass` values from a stored mask."""
    with Image.open(io.BytesIO(data)) as image:
        return np.asarray(image, np.uint8)


def _rows(photo: int, analysis: Analysis, encoder: str) -> Iterator[Piece]:
    for place, piece in enumerate(analysis.pieces):
        vectors = {f"{part}_vector": _packed(piece, part) for part in PART_VECTORS}
        yield Piece(
            photo_id=photo,
            encoder=encoder,
            place=place,
            type=piece.detection.type,
            score=float(piece.detection.score),
            box=_numbers(piece.detection.box),
            crop=_numbers(piece.crop),
            beliefs=to_json(piece.reading.beliefs),
            parts=_png(piece.reading.parts),
            **vectors,
        )


def _unpacked(rows: Sequence[bytes | memoryview]) -> Vectors:
    """(n, dimension) rows of length 1."""
    if not rows:
        return np.zeros((0, 1), np.float32)
    stacked = np.frombuffer(b"".join(rows), "<f2").astype(np.float32).reshape(len(rows), -1)
    return np.asarray(stacked / np.linalg.norm(stacked, axis=1, keepdims=True), np.float32)


def _packed(piece: SeenPiece, part: str) -> bytes | None:
    vector = piece.reading.vectors.get(part)
    return None if vector is None else pack(np.ravel(vector))


def _numbers(box: Box) -> list[float]:
    return [round(float(number), 5) for number in astuple(box)]


def _png(parts: NDArray[np.uint8]) -> bytes:
    stream = io.BytesIO()
    Image.fromarray(np.ascontiguousarray(parts, np.uint8)).save(stream, "PNG")
    return stream.getvalue()
