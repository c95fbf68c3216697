"""A product's own words are read as statements that anybody else outranks."""

from __future__ import annotations

from pathlib import Path

import pytest

from parure.web.catalogue.products import find_product, write_product
from parure.web.catalogue.reader import get_view
from parure.web.catalogue.values import ProductChange, StatementDraft, Writer
from parure.web.catalogue.wording import stated_in

SHEET = Writer("import", "test")


def pairs(title: str, description: str = "") -> set[tuple[str, str]]:
    return {(draft.attribute, draft.value) for draft in stated_in(title, description)}


def test_a_title_states_kind_metal_and_stone() -> None:
    assert pairs("Rose gold hoops with pearls") >= {
        ("type", "hoop_earring"),
        ("metal", "gold"),
        ("metal_colour", "rose"),
        ("main_stone", "pearl"),
    }


def test_the_first_sentence_of_the_description_speaks_where_the_title_is_silent() -> None:
    said = pairs("Platinum band", "Set with a sapphire. Matches our gold bracelets.")
    assert ("main_stone", "sapphire") in said
    assert ("metal", "platinum") in said
    assert ("metal", "gold") not in said


def test_a_negation_states_nothing() -> None:
    assert not any(attribute == "main_stone" for attribute, _ in pairs("Silver ring without stones"))


def test_a_single_valued_attribute_gets_one_value() -> None:
    assert sum(attribute == "type" for attribute, _ in pairs("Ring or bracelet")) == 1


@pytest.mark.usefixtures("shop")
def test_the_sheet_outranks_the_words_and_new_words_replace_old_ones() -> None:
    def titled(title: str, *values: StatementDraft) -> list[tuple[str, str]]:
        write_product("A-1", ProductChange(frozenset({"title"}), title=title, statements=values, stated=None), SHEET)
        return [(a.value, a.source) for a in get_view(find_product("A-1")).attributes if a.attribute == "metal"]

    assert titled("Gold ring") == [("gold", "text")]
    assert titled("Gold ring", StatementDraft("metal", "brass")) == [("brass", "import")]
    assert titled("Silver ring") == [("silver", "text")]


def test_any_text_is_survived(tmp_path: Path) -> None:
    assert stated_in("", "") == ()
    assert stated_in("\x00" * 50, "." * 5000) == ()
