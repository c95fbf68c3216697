from __future__ import annotations

import pytest

from parure.errors import UnknownAttribute, UnknownValue
from parure.taxonomy import load

FOUND = [
    ("type", "Earing", "earring"),
    ("type", "EARRINGS", "earring"),
    ("type", "nosering", "nose_ring"),
    ("type", "Stud-Earrings", "stud_earring"),
    ("type", "huggies", "huggie"),
    ("type", "brooches", "brooch"),
    ("metal", "stainless  STEEL", "stainless_steel"),
    ("metal", "Stain-less Steel", "stainless_steel"),
    ("metal", "sterling silver", "silver"),
    ("metal_colour", "gold-tone", "yellow"),
    ("metal_colour", "rose", "rose"),
    ("purity", "18kt", "18k"),
    ("purity", "18 Karat", "18k"),
    ("purity", "750", "18k"),
    ("setting", "pave", "pave"),
    ("setting", "Pavé", "pave"),
    ("main_stone_cut", "Princess Cut", "princess"),
    ("main_stone_cut", "emerald", "emerald"),
    ("main_stone", "cubiczirconia", "cubic_zirconia"),
    ("main_stone", "rubies", "ruby"),
    ("main_stone", "Tiger’s Eye", "tigers_eye"),
    ("era", "Belle Epoque", "belle_epoque"),
    ("gender", "Women's", "women"),
    ("motif", "fleur-de-lis", "lily"),
]


@pytest.mark.parametrize(("attribute", "text", "id_"), FOUND)
def test_a_value_is_found_by_what_people_write(attribute: str, text: str, id_: str) -> None:
    value = load().lookup(attribute, text)
    assert value is not None
    assert value.id == id_


@pytest.mark.parametrize("text", ["", "  ", "!!!", "sofa", "goldfish", "earringring"])
def test_what_is_not_in_the_vocabulary_is_not_found(text: str) -> None:
    assert load().lookup("metal", text) is None
    assert load().lookup("brand", text) is None


def test_an_unknown_attribute_is_refused_with_the_nearest_named() -> None:
    with pytest.raises(UnknownAttribute, match=r"'metal_color'.*metal_colour"):
        load().attribute("metal_color")


def test_an_unknown_value_is_refused_with_the_nearest_named() -> None:
    with pytest.raises(UnknownValue, match=r"metal.*'titanum'.*titanium") as refusal:
        load().value("metal", "titanum")
    assert refusal.value.attribute == "metal"
    assert refusal.value.value == "titanum"
    assert refusal.value.nearest[0] == "titanium"


def test_an_exact_id_is_needed_where_one_is_asked_for() -> None:
    assert load().value("type", "ring").label == "Ring"
    with pytest.raises(UnknownValue):
        load().value("type", "Ring")


def test_expanding_takes_in_the_whole_branch() -> None:
    words = load()
    assert set(words.expand("type", ["bracelet"])) >= {"bracelet", "bangle", "kada", "cuff", "tennis_bracelet"}
    assert words.expand("type", ["kada"]) == ("kada",)
    assert set(words.expand("type", ["kada", "earring"])) >= {"kada", "earring", "huggie", "jhumka"}
    assert words.expand("brand", ["Acme"]) == ("Acme",)
    with pytest.raises(UnknownValue):
        words.expand("type", ["sofa"])


def test_ancestors_come_nearest_first() -> None:
    assert load().ancestors("type", "kada") == ("bangle", "bracelet")
    assert load().ancestors("type", "ring") == ()
    assert load().ancestors("brand", "Acme") == ()


def test_a_label_is_for_reading_and_free_text_labels_itself() -> None:
    assert load().label("type", "stud_earring") == "Stud earrings"
    assert load().label("brand", "Acme & Daughters") == "Acme & Daughters"
    with pytest.raises(UnknownValue):
        load().label("type", "sofa")


def test_the_vocabulary_is_read_once() -> None:
    assert load() is load()
