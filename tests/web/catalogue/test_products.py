"""Writing products: one door, revisions, precedence, deletion that can be undone."""

from __future__ import annotations

from decimal import Decimal

import pytest

from parure.errors import Conflict, NotFound, TaxonomyError, UnknownValue
from parure.web.catalogue import keywords
from parure.web.catalogue.models import Event, Product
from parure.web.catalogue.products import delete_product, find_product, restore_product, write_product
from parure.web.catalogue.reader import get_view
from parure.web.catalogue.values import Outcome, ProductChange, StatementDraft, Writer

SHEET, PERSON, PHOTO = Writer("import", "test"), Writer("manual", "ana"), Writer("vision", "worker")
TITLED = ProductChange(given=frozenset({"title", "price"}), title="Rose ring", price=Decimal("250.00"))

pytestmark = pytest.mark.usefixtures("any_database")


def metal(*values: str, only: bool = True) -> ProductChange:
    drafts = tuple(StatementDraft("metal", value) for value in values)
    return ProductChange(statements=drafts, stated=frozenset({"metal"}) if only else None)


def held(code: str) -> list[str]:
    return [a.value for a in get_view(find_product(code)).attributes]


def test_the_same_change_twice_is_unchanged_and_keeps_the_revision() -> None:
    product, first = write_product("A-1", TITLED, SHEET)
    again, second = write_product("a-1", TITLED, SHEET)
    assert (first, second) == (Outcome.ADDED, Outcome.UNCHANGED)
    assert again.pk == product.pk
    assert again.revision == product.revision


def test_a_changed_field_updates_and_raises_the_revision() -> None:
    before, _ = write_product("A-1", TITLED, SHEET)
    revision = before.revision
    after, outcome = write_product("A-1", ProductChange(given=frozenset({"title"}), title="Blush ring"), SHEET)
    assert outcome is Outcome.UPDATED
    assert after.revision > revision
    assert (after.title, after.price) == ("Blush ring", Decimal("250.00"))


def test_an_import_does_not_overwrite_what_a_person_wrote() -> None:
    write_product("A-1", TITLED, SHEET)
    write_product("A-1", ProductChange(given=frozenset({"title"}), title="Ana's words"), PERSON)
    product, outcome = write_product("A-1", TITLED, SHEET)
    assert outcome is Outcome.UNCHANGED
    assert product.title == "Ana's words"


def test_values_follow_precedence_and_the_silent_ones_return_when_the_strong_one_goes() -> None:
    write_product("A-1", metal("silver"), PHOTO)
    write_product("A-1", metal("platinum"), SHEET)
    assert held("A-1") == ["platinum"]
    write_product("A-1", metal("gold"), PERSON)
    assert held("A-1") == ["gold"]
    write_product("A-1", metal(), PERSON)
    assert held("A-1") == ["platinum"]
    write_product("A-1", metal(), SHEET)
    assert held("A-1") == ["silver"]


def test_a_sheet_whose_cell_became_empty_takes_its_value_back() -> None:
    write_product("A-1", metal("gold", only=False), SHEET)
    _, outcome = write_product("A-1", metal(only=False), SHEET)
    assert outcome is Outcome.UPDATED
    assert held("A-1") == []


def test_a_value_outside_the_vocabulary_changes_nothing_and_names_the_nearest() -> None:
    with pytest.raises(UnknownValue) as caught:
        write_product("A-1", metal("gould"), SHEET)
    assert "gold" in caught.value.nearest
    assert not Product.objects.exists()


def test_vision_may_not_state_what_a_photo_cannot_show() -> None:
    purity = ProductChange(statements=(StatementDraft("purity", "18k"),), stated=None)
    with pytest.raises(TaxonomyError, match="cannot be seen"):
        write_product("A-1", purity, PHOTO)


def test_a_deleted_product_is_out_of_sight_until_it_is_restored() -> None:
    write_product("A-1", TITLED, SHEET)
    delete_product("A-1", PERSON)
    with pytest.raises(NotFound, match="A-1"):
        find_product("A-1")
    with pytest.raises(Conflict, match="restore"):
        write_product("A-1", TITLED, SHEET)
    assert keywords.search("rose", limit=5) == []
    restored = restore_product("A-1", PERSON)
    assert keywords.search("rose", limit=5) == [restored.pk]


def test_every_change_is_in_the_event_log_with_its_author() -> None:
    write_product("A-1", TITLED, SHEET)
    delete_product("A-1", PERSON)
    assert list(Event.objects.order_by("id").values_list("kind", "actor")) == [
        ("product.created", "test"),
        ("product.deleted", "ana"),
    ]


def test_keyword_search_finds_stems_and_ranks_titles_above_descriptions() -> None:
    write_product("A-1", ProductChange(given=frozenset({"description"}), description="goes with hoops"), SHEET)
    write_product("A-2", ProductChange(given=frozenset({"title"}), title="Hoop earrings"), SHEET)
    found = keywords.search("hoops", limit=5)
    assert found == [find_product("A-2").pk, find_product("A-1").pk]


@pytest.mark.parametrize("text", ['"', "a AND", "NEAR(", "-", "*", "col:x", "'; drop table", "\\", "((("])
def test_search_operators_in_the_words_are_only_words(text: str) -> None:
    write_product("A-1", TITLED, SHEET)
    keywords.search(text, limit=5)
    assert Product.objects.count() == 1
