"""Counts that are kept between changes follow every change."""

from __future__ import annotations

import pytest

from parure.index import AnyOf, Filter
from parure.web.catalogue.products import delete_product, restore_product, write_product
from parure.web.catalogue.reader import CatalogueReader
from parure.web.catalogue.values import ProductChange, StatementDraft, Writer

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
