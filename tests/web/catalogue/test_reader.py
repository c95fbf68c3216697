"""Counts that are kept between changes follow every change; vectors are read one by one and as a sample."""

from __future__ import annotations

import numpy as np
import pytest

from parure.index import AnyOf, Filter
from parure.web.catalogue.models import Embedding, Photo, Product
from parure.web.catalogue.products import delete_product, restore_product, write_product
from parure.web.catalogue.reader import CatalogueReader
from parure.web.catalogue.values import ProductChange, StatementDraft, Writer
from parure.web.catalogue.vectors import pack, sample_of

PERSON = Writer("manual", "ana")
GOLD = Filter((AnyOf("metal", ("gold",)),))


@pytest.mark.usefixtures("any_database")
def test_a_count_follows_adding_tagging_deleting_and_restoring() -> None:
    reader = CatalogueReader()
    counted = [(reader.count(Filter()), reader.count(GOLD))]
    gold = ProductChange(statements=(StatementDraft("metal", "gold"),), stated=frozenset({"metal"}))
    for change in (
        lambda: write_product("A-1", ProductChange(), PERSON),
        lambda: write_product("A-1", gold, PERSON),
        lambda: delete_product("A-1", PERSON),
        lambda: restore_product("A-1", PERSON),
    ):
        change()
        counted.append((reader.count(Filter()), reader.count(GOLD)))
    assert counted == [(0, 0), (1, 0), (1, 1), (0, 0), (1, 1)]


def photos_with_vectors(count: int, each: int = 3) -> dict[int, np.ndarray]:
    """So many products of `each` photos, with vectors of two numbers by the encoder "two-1"."""
    products = [Product.objects.create(style_code=f"V-{number}").pk for number in range(count)]
    photos = Photo.objects.bulk_create(
        Photo(product_id=product, sha256=f"{product:060d}{place:04d}", position=place, width=9, height=9, size=1)
        for product in products
        for place in range(each)
    )
    rows = {}
    for photo in Photo.objects.all():
        rows[photo.pk] = np.array([np.cos(photo.pk), np.sin(photo.pk)], np.float32)
    Embedding.objects.bulk_create(
        Embedding(photo_id=number, encoder="two-1", vector=pack(row)) for number, row in rows.items()
    )
    assert len(rows) == len(photos)
    return rows


@pytest.mark.usefixtures("any_database")
def test_vectors_are_those_of_the_encoder_and_photos_without_one_are_left_out() -> None:
    rows = photos_with_vectors(2)
    numbers = list(rows)
    found = CatalogueReader("two-1").vectors([*numbers[:2], 10**9])
    assert found.keys() == set(numbers[:2])
    np.testing.assert_allclose(found[numbers[0]], rows[numbers[0]], atol=1e-3)
    assert CatalogueReader("other-1").vectors(numbers) == {}


@pytest.mark.usefixtures("any_database")
def test_a_sample_is_scattered_over_the_catalogue_and_holds_what_is_in_sight() -> None:
    assert CatalogueReader("two-1").sample().vectors.shape[0] == 0
    rows = photos_with_vectors(100)
    whole = CatalogueReader("two-1").sample()
    assert len(whole.vectors) == len(whole.groups) == len(rows)
    assert set(whole.groups) == set(Product.objects.values_list("pk", flat=True))
    some = sample_of("two-1", most=100)
    assert 50 <= len(some.vectors) <= 200
    assert len(set(some.groups)) > 40, "not the photos of a few products"
    np.testing.assert_array_equal(sample_of("two-1", most=100).vectors, some.vectors)
    gone = int(some.groups[0])
    delete_product(Product.objects.get(pk=gone).style_code, PERSON)
    assert gone not in sample_of("two-1", most=100).groups
