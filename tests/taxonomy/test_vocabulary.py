"""The vocabulary that ships: how much of it there is, and that every name in it leads home."""

from __future__ import annotations

import re

import pytest

from parure.taxonomy import load, parse

AT_LEAST = {
    "type": 60,
    "metal": 13,
    "metal_colour": 8,
    "main_stone": 30,
    "main_stone_cut": 19,
    "setting": 17,
    "era": 12,
    "style": 15,
    "motif": 20,
    "chain_type": 26,
    "closure": 16,
    "finish": 10,
    "purity": 10,
    "plating": 9,
    "clarity": 11,
    "gender": 3,
}
VALUES = [value for attribute in load().attributes.values() for value in attribute.values.values()]


@pytest.mark.parametrize(("attribute", "count"), AT_LEAST.items())
def test_an_attribute_has_at_least_as_many_values_as_asked_for(attribute: str, count: int) -> None:
    assert len(load().attribute(attribute).values) >= count


def test_brand_and_collection_are_free_text() -> None:
    kinds = {attribute.id: attribute.kind for attribute in load().attributes.values()}
    assert {name for name, kind in kinds.items() if kind == "text"} == {"brand", "collection"}


def test_a_piece_has_one_type_and_may_have_several_metals() -> None:
    assert not load().attribute("type").multiple
    assert load().attribute("metal").multiple


def test_what_a_photo_cannot_show_is_marked() -> None:
    hidden = {attribute.id for attribute in load().attributes.values() if not attribute.visible}
    assert hidden >= {"purity", "clarity", "stone_origin", "plating", "brand", "collection"}
    assert hidden.isdisjoint({"type", "metal_colour", "main_stone_cut", "setting", "motif", "chain_type"})
    assert all(not value.visible for value in load().attribute("purity").values.values())


def test_ids_are_snake_case_and_stable_in_form() -> None:
    assert [value.id for value in VALUES if not re.fullmatch(r"[a-z0-9]+(_[a-z0-9]+)*", value.id)] == []


def test_clarity_has_its_eleven_grades_best_first() -> None:
    grades = ["fl", "if", "vvs1", "vvs2", "vs1", "vs2", "si1", "si2", "i1", "i2", "i3"]
    assert list(load().attribute("clarity").values) == grades


@pytest.mark.parametrize(
    ("id_", "google", "shopify"),
    [
        ("ring", "200", "aa-6-9"),
        ("signet_ring", "200", "aa-6-9"),
        ("huggie", "194", "aa-6-6"),
        ("necklace", "196", "aa-6-8"),
        ("kada", "191", "aa-6-3"),
        ("anklet", "189", "aa-6-1"),
        ("brooch", "197", "aa-6-4"),
        ("charm", "192", "aa-6-5"),
        ("nose_ring", "190", "aa-6-2"),
        ("jewellery_set", "6463", "aa-6-7"),
        ("watch", "201", "aa-6-11"),
        ("watch_accessory", "5122", "aa-6-10"),
        ("cufflink", "193", None),
        ("tie_clip", "180", None),
        ("tiara", "5914", None),
        ("loose_stone", "198", None),
    ],
)
def test_types_carry_the_ids_of_google_and_shopify(id_: str, google: str, shopify: str | None) -> None:
    value = load().value("type", id_)
    assert (value.google, value.shopify) == (google, shopify)


@pytest.mark.parametrize("attribute", load().attributes)
def test_every_name_of_a_value_leads_back_to_it(attribute: str) -> None:
    words = load()
    for value in words.attribute(attribute).values.values():
        for name in (value.id, value.label, *value.synonyms):
            for spelling in (name, name.upper(), name.replace(" ", "-"), f"  {name} "):
                found = words.lookup(attribute, spelling)
                assert found == value, f"{spelling!r} leads to {found}"


@pytest.mark.parametrize("attribute", load().attributes)
def test_a_label_read_from_a_sheet_states_the_value_and_what_it_implies(attribute: str) -> None:
    for value in load().attribute(attribute).values.values():
        pairs = load().read(attribute, value.label)
        assert pairs[0] == (attribute, value.id)
        assert set(pairs[1:]) == set(value.implies)


@pytest.mark.parametrize("attribute", load().attributes)
def test_every_synonym_can_stand_in_a_sheet(attribute: str) -> None:
    for value in load().attribute(attribute).values.values():
        for name in value.synonyms:
            assert (attribute, value.id) in load().read(attribute, name), name


def test_no_two_values_of_a_sentence_fight_for_a_name_unnoticed() -> None:
    """A name spoken alone means the same attribute each time; these are decided by the order of the attributes."""
    words = load()
    loud: dict[str, set[str]] = {}
    for attribute, spoken in words.speech.items():
        for key in spoken.names.keys() - spoken.quiet - spoken.column:
            loud.setdefault(key, set()).add(attribute)
    shared = {key for key, owners in loud.items() if len(owners) > 1 and key not in words.phrases.states}
    assert shared == set()


def test_every_every_word_means_all_stones_and_not_their_absence() -> None:
    (want,) = parse("gemstones").wanted
    assert set(want.values) == set(load().attribute("main_stone").values) - {"none"}
