"""A catalogue of any size for the benchmarks, straight into the database: products, values and vectors, no originals.

Vectors are those of the sample shop's photos, each moved at random, so that neighbourhoods look like a real shop's:
a uniform cloud would make every search equally hard and none of them typical.
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

__all__ = ["SAMPLE", "fill"]

SAMPLE = Path(__file__).parent.parent / "src" / "parure" / "sample" / "shop" / "photos"
ATTRIBUTES = ("type", "metal", "metal_colour", "main_stone", "main_stone_cut", "setting", "style")
SPREAD = 0.6  # length of the random move beside a unit vector
_CHUNK = 2000


def fill(products: int) -> None:
    """Products with one photo each, seven attribute values, a vector, and the index filled. Reads `PARURE_DATA`."""
    from parure.web.setup import prepare

    prepare()
    from django.db import transaction

    from parure.web.catalogue import generations, keywords
    from parure.web.catalogue.models import Product
    from parure.web.catalogue.runtime import runtime

    encoder = runtime().encoder()
    with transaction.atomic():
        _rows(products, encoder.version, _vectors(products, _seeds()))
        keywords.rebuild(Product.objects.all())
    generation = runtime().serving()
    index = runtime().index(generation)
    generations.synchronise(generation, index)
    index.build()
    runtime().close()


def _seeds() -> NDArray[np.float32]:
    from parure import images
    from parure.web.catalogue.photos import WORKING_SIDE
    from parure.web.catalogue.runtime import runtime

    paths = sorted(SAMPLE.glob("*.*"))[:120]
    pixels = [images.decode(path.read_bytes(), shrink_to=WORKING_SIDE).pixels for path in paths]
    return runtime().encoder().encode_images(pixels)


def _vectors(count: int, seeds: NDArray[np.float32]) -> Iterator[NDArray[np.float32]]:
    rng = np.random.default_rng(11)
    for number in range(count):
        move = rng.standard_normal(seeds.shape[1]).astype(np.float32)
        vector = seeds[number % len(seeds)] + SPREAD * move / np.linalg.norm(move)
        yield vector / np.linalg.norm(vector)


def _rows(count: int, encoder: str, vectors: Iterator[NDArray[np.float32]]) -> None:
    from parure import taxonomy
    from parure.web.catalogue.models import AttributeValue, Embedding, Photo, Product
    from parure.web.catalogue.vectors import pack

    words, chance = taxonomy.load(), random.Random(5)
    choices = {name: list(words.attributes[name].values.values()) for name in ATTRIBUTES}
    for start in range(0, count, _CHUNK):
        numbers = range(start, min(start + _CHUNK, count))
        picked = [{name: _pick(chance, len(values)) for name, values in choices.items()} for _ in numbers]
        titles = [
            " ".join(
                choices[name][at].label for name, at in places.items() if name in ("metal_colour", "metal", "type")
            )
            for places in picked
        ]
        products = Product.objects.bulk_create(
            Product(style_code=f"B-{n:06}", title=title, price=chance.randint(40, 9000))
            for n, title in zip(numbers, titles, strict=True)
        )
        photos = Photo.objects.bulk_create(_photo(product) for product in products)
        AttributeValue.objects.bulk_create(
            AttributeValue(
                product=product, attribute=name, value=choices[name][place].id, source="import", effective=True
            )
            for product, places in zip(products, picked, strict=True)
            for name, place in places.items()
        )
        Embedding.objects.bulk_create(
            Embedding(photo=photo, encoder=encoder, vector=pack(next(vectors))) for photo in photos
        )


def _pick(chance: random.Random, count: int) -> int:
    """A few values are common and most are rare, as in shops."""
    return min(int(chance.expovariate(3 / count)), count - 1)


def _photo(product: object) -> object:
    from parure.web.catalogue.models import Photo

    code = str(product)
    return Photo(
        product=product,
        sha256=hashlib.sha256(code.encode()).hexdigest(),
        file_name=f"{code}.jpg",
        format="jpeg",
        width=512,
        height=512,
        size=40_000,
    )
