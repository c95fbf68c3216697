"""The development photo set with its manifest: JSON Lines, one line per photo, most without a product id."""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path

import pytest

from parure.intake import ImportPlan, discover, guess_mapping, plan_import, read_sheet
from parure.taxonomy import Taxonomy

SHARED = Path(os.environ.get("PARURE_SHARED", Path(__file__).parents[3] / "shared"))
ROOT = SHARED / "data" / "real"

pytestmark = [
    pytest.mark.real_data,
    pytest.mark.skipif(not (ROOT / "manifest.jsonl").exists(), reason="the development photo set is not here"),
]


@pytest.fixture(scope="module")
def plan(words: Taxonomy) -> ImportPlan:
    made = read_sheet(ROOT / "manifest.jsonl")
    return plan_import(discover([ROOT]), made, guess_mapping(made, words), taxonomy=words)


def test_the_manifests_columns_are_understood(words: Taxonomy) -> None:
    mapping = guess_mapping(read_sheet(ROOT / "manifest.jsonl"), words)
    used = {item.column: item.target for item in mapping.targets if item.target != "ignore"}
    expected = {
        "file": "photos",
        "product_id": "style_code",
        "type": "attribute:type",
        "title": "title",
        "description": "description",
        "price": "price",
        "attributes.gender": "attribute:gender",
        "attributes.stone": "attribute:main_stone",
    }
    assert expected.items() <= used.items()
    assert not {"source_path", "licence", "boxes", "setting", "type_from"} & used.keys()


def test_all_photos_end_in_exactly_one_place(plan: ImportPlan) -> None:
    placed = [file.name for draft in plan.products for file in draft.photos]
    turned_away = [item.item for item in plan.rejected if item.kind == "file"]
    assert Counter(placed + turned_away).most_common(1)[0][1] == 1
    assert (len(placed), len(turned_away)) == (4585, 0)


def test_photos_of_one_product_id_come_together(plan: ImportPlan) -> None:
    sizes = Counter(len(draft.photos) for draft in plan.products)
    assert len(plan.products) == 473 + 3899  # product ids, and photos without one
    assert sum(count for size, count in sizes.items() if size > 1) > 100


def test_without_the_manifest_every_photo_is_a_product_of_its_own(words: Taxonomy) -> None:
    without = plan_import(discover([ROOT]), None, None, taxonomy=words)
    assert len(without.products) == sum(len(draft.photos) for draft in without.products) == 4585
