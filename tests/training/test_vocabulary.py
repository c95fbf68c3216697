"""Which values a reader learns, and how designs are split and dealt."""

from __future__ import annotations

from dataclasses import asdict, replace
from pathlib import Path

import pytest

pytest.importorskip("scipy", reason='needs scipy: pip install "parure[render]"')

from parure.errors import ModelError
from parure.render.dataset.store import Record
from parure.render.truth.looks import LOOKS, stone_look
from parure.render.truth.shown import shown_values
from parure.taxonomy import load
from parure.training.batches import Deal, split_designs
from parure.training.recipe import Recipe, read_recipe, write_recipe
from parure.training.vocabulary import Vocabulary, build_vocabulary
from tests.render.drawn_set import draw_set


@pytest.fixture(scope="module")
def records(tmp_path_factory: pytest.TempPathFactory) -> list[Record]:
    return draw_set(tmp_path_factory.mktemp("drawn"), 40, pictures=2)


def test_every_look_is_a_stone_of_the_taxonomy_and_no_stone_has_two() -> None:
    for look in LOOKS:
        assert load().value("main_stone", look).id == look
    stones = [stone for stones in LOOKS.values() for stone in stones]
    assert len(stones) == len(set(stones))


def test_stones_that_look_alike_share_a_name_and_others_keep_theirs() -> None:
    assert stone_look("garnet", "red") == stone_look("ruby", "red") == "ruby"
    assert stone_look("sapphire", "pink") == stone_look("morganite", "pink")
    assert stone_look("sapphire", "blue") != stone_look("sapphire", "yellow")
    assert stone_look("malachite", "green") == "malachite"


def test_types_are_learned_as_the_wide_ones(records: list[Record]) -> None:
    assert {shown_values(record)["type"] for record in records} == {"earring", "ring"}


def test_values_of_few_designs_are_left_out_and_teach_nothing(records: list[Record]) -> None:
    odd = replace(records[0], attributes={**records[0].attributes, "metal_colour": "rose"})
    vocabulary = build_vocabulary([*records, odd], least=2)
    (metal,) = [entry for entry in vocabulary.attributes if entry.attribute == "metal_colour"]
    assert metal.values == ("white", "yellow")
    at = vocabulary.attributes.index(metal)
    assert vocabulary.targets({"metal_colour": "rose"})[at] == -1
    assert vocabulary.targets({"metal_colour": "yellow"})[at] == 1
    assert vocabulary.targets({})[at] == metal.cannot_tell == 2


def test_an_attribute_with_one_value_is_no_question(records: list[Record]) -> None:
    names = [entry.attribute for entry in build_vocabulary(records, least=1).attributes]
    assert "setting" not in names
    assert "stone_colour" in names


def test_a_vocabulary_survives_json(records: list[Record]) -> None:
    vocabulary = build_vocabulary(records, least=2)
    assert Vocabulary.from_json([asdict(entry) for entry in vocabulary.attributes]) == vocabulary


def test_too_few_designs_are_told(records: list[Record]) -> None:
    with pytest.raises(ModelError, match="No value is shown by 1000"):
        build_vocabulary(records, least=1000)


def test_variants_are_on_the_same_side_of_the_split(records: list[Record]) -> None:
    learned, held = split_designs(records, Recipe(held_out=0.3))
    assert {record.id for record in learned} | {record.id for record in held} == {record.id for record in records}
    roots = [{record.variant_of or record.id for record in side} for side in (learned, held)]
    assert roots[0]
    assert roots[1]
    assert not roots[0] & roots[1]


def test_a_smaller_share_of_designs_is_part_of_a_larger_one(records: list[Record]) -> None:
    shares = [{record.id for record in split_designs(records, Recipe(designs=share))[0]} for share in (0.25, 0.5, 1.0)]
    assert shares[0] < shares[1] < shares[2]


def test_an_epoch_shows_each_design_at_most_once_and_keeps_variants_together(records: list[Record]) -> None:
    recipe = Recipe(designs_per_batch=8)
    deal = Deal(records, recipe)
    batches = [deal.batch(step) for step in range(deal.steps_per_epoch)]
    shown = [at for batch in batches for at in batch]
    assert len(shown) == len(set(shown)) == 40
    apart = [
        at for at, record in enumerate(records) if record.variant_of and abs(shown.index(at) - shown.index(at - 1)) > 1
    ]
    assert not apart
    assert deal.batch(0) != deal.batch(deal.steps_per_epoch)
    assert deal.batch(0) == Deal(records, recipe).batch(0)


def test_a_batch_that_cannot_be_filled_is_told(records: list[Record]) -> None:
    with pytest.raises(ModelError, match="do not fill a batch of 64"):
        Deal(records, Recipe(designs_per_batch=64))


def test_a_recipe_survives_json_and_unknown_fields_are_named(tmp_path: Path) -> None:
    recipe = Recipe(seed=5, style=Recipe().style.without("glare"))
    write_recipe(recipe, tmp_path / "recipe.json")
    assert read_recipe(tmp_path / "recipe.json") == recipe
    (tmp_path / "part.json").write_text('{"epochs": 3}')
    assert read_recipe(tmp_path / "part.json") == Recipe(epochs=3)
    (tmp_path / "wrong.json").write_text('{"epoch": 3}')
    with pytest.raises(ModelError, match="no field called epoch"):
        read_recipe(tmp_path / "wrong.json")


@pytest.mark.parametrize("wrong", [{"side": 200}, {"tuned_stages": 8}, {"pooling": "max"}, {"photos_per_design": 1}])
def test_a_recipe_that_cannot_work_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ModelError):
        Recipe(**wrong)  # type: ignore[arg-type]
