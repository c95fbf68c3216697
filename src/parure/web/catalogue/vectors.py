"""Vectors as database bytes, and rows as index points."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from django.db.models import Exists, F, OuterRef, QuerySet
from numpy.typing import NDArray

from parure import taxonomy
from parure.index import Point, Schema
from parure.search.crowding import SAMPLED, Sample
from parure.search.selection import PRICE
from parure.vision import Vectors
from parure.web.catalogue.models import AttributeValue, Embedding, IndexEntry

__all__ = [
    "PhotoVector",
    "live_vectors",
    "needing_index",
    "pack",
    "payloads",
    "points",
    "read",
    "sample_of",
    "save_vectors",
    "schema",
    "unpack",
    "vectors_of",
]

_CHUNK = 500  # ids per IN clause
_MIXER, _HASHES = 2_654_435_761, 2**32  # Knuth's multiplicative hash: neighbours in number are far apart in it


def schema() -> Schema:
    """The payload fields of every index: each taxonomy attribute, and the price."""
    return Schema(keywords=tuple(taxonomy.load().attributes), numbers=(PRICE,))


def pack(vector: NDArray[np.float32]) -> bytes:
    return vector.astype("<f2").tobytes()


def unpack(data: bytes | memoryview) -> NDArray[np.float32]:
    """(dimension,) float32, scaled to length 1 again: float16 rounding moves it by up to 0.001."""
    vector = np.frombuffer(data, "<f2").astype(np.float32)
    return np.asarray(vector / np.linalg.norm(vector), np.float32)


@dataclass(frozen=True, eq=False)
class PhotoVector:
    """A live photo's vector together with the product and revision it belongs to at this moment."""

    photo: int
    product: int
    revision: int
    price: float | None
    vector: NDArray[np.float32]


def save_vectors(photos: Sequence[int], vectors: Sequence[Vectors], encoder: str) -> None:
    """Store one encoder's vectors; a photo that already has one keeps it (same version, same vector)."""
    rows = [Embedding(photo_id=p, encoder=encoder, vector=pack(v)) for p, v in zip(photos, vectors, strict=True)]
    Embedding.objects.bulk_create(rows, ignore_conflicts=True)


def live_vectors(encoder: str) -> QuerySet[Embedding]:
    """Embeddings of photos in sight."""
    return Embedding.objects.filter(encoder=encoder, photo__deleted_at=None, photo__product__deleted_at=None)


def vectors_of(photos: Sequence[int], encoder: str) -> dict[int, Vectors]:
    """By photo; those without a vector of this encoder are left out."""
    found: dict[int, Vectors] = {}
    for start in range(0, len(photos), _CHUNK):
        rows = Embedding.objects.filter(encoder=encoder, photo__in=photos[start : start + _CHUNK])
        found.update((photo, unpack(data)) for photo, data in rows.values_list("photo_id", "vector"))
    return found


def sample_of(encoder: str, most: int = SAMPLED) -> Sample:
    """All photos in sight, or between half of `most` and `most` of them, scattered over the catalogue: those whose
    number is hashed low, so that a catalogue that grows keeps its sample until it has doubled."""
    rows = live_vectors(encoder)
    below, count = _HASHES, rows.count()
    while count > most:
        below, count = below // 2, count // 2
    hashed = rows.annotate(hashed=F("photo_id") * _MIXER % _HASHES).filter(hashed__lt=below).order_by("photo_id")
    found = list(hashed.values_list("photo__product_id", "vector")[: 2 * most])
    vectors = np.stack([unpack(data) for _, data in found]) if found else np.zeros((0, 1), np.float32)
    return Sample(vectors, np.array([product for product, _ in found], np.int64))


def read(rows: QuerySet[Embedding]) -> Iterator[PhotoVector]:
    columns = rows.values_list(
        "photo_id", "photo__product_id", "photo__product__revision", "photo__product__price", "vector"
    )
    for photo, product, revision, price, data in columns.iterator(chunk_size=1000):
        yield PhotoVector(photo, product, revision, None if price is None else float(price), unpack(data))


def payloads(products: Iterable[int]) -> Mapping[int, Mapping[str, tuple[str, ...]]]:
    """Effective attribute values per product."""
    numbers = list(dict.fromkeys(products))
    held: dict[int, dict[str, tuple[str, ...]]] = {number: {} for number in numbers}
    for start in range(0, len(numbers), _CHUNK):
        rows = AttributeValue.objects.filter(product__in=numbers[start : start + _CHUNK], effective=True)
        for product, attribute, value in rows.values_list("product_id", "attribute", "value"):
            held[product][attribute] = (*held[product].get(attribute, ()), value)
    return held


def points(vectors: Sequence[PhotoVector]) -> list[Point]:
    held = payloads(row.product for row in vectors)
    return [Point(row.photo, row.product, row.vector, {**held[row.product], **_price(row)}) for row in vectors]


def _price(row: PhotoVector) -> dict[str, float]:
    return {} if row.price is None else {PRICE: row.price}


def needing_index(generation: int, encoder: str) -> QuerySet[Embedding]:
    """Live vectors that the generation lacks or holds with an older payload: found by comparing, not by messages."""
    current = IndexEntry.objects.filter(
        generation=generation,
        photo_number=OuterRef("photo_id"),
        product_number=OuterRef("photo__product_id"),
        revision=OuterRef("photo__product__revision"),
    )
    return live_vectors(encoder).filter(~Exists(current)).order_by("photo_id")
