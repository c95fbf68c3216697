"""POST /api/v1/products."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from parure.web.catalogue.models import Event, Product
from tests.web.api.calls import JSON, address, error, make_product

URL = "/api/v1/products"


def test_a_product_is_created_with_everything_at_once(author: Client) -> None:
    made = make_product(
        author,
        "R-1",
        title="Rose ring",
        description="Thin.",
        price=250.5,
        currency="EUR",
        attributes={"type": ["ring"], "brand": ["Own Brand"]},
    )
    assert (made["title"], made["price"], made["currency"]) == ("Rose ring", "250.50", "EUR")
    assert {(a["attribute"], a["value"]) for a in made["attributes"]} == {("type", "ring"), ("brand", "Own Brand")}


def test_the_log_names_the_user_and_the_token(author: Client) -> None:
    make_product(author, "R-1")
    assert Event.objects.get(kind="product.created").actor == "ana (test)"


def test_a_taken_style_code_is_a_conflict_and_changes_nothing(author: Client) -> None:
    make_product(author, "R-1", title="First")
    response = author.post(URL, {"style_code": "r-1", "title": "Second"}, content_type=JSON)
    assert error(response, 409)["code"] == "conflict"
    assert author.get(address("R-1")).json()["title"] == "First"


def test_spaces_around_a_style_code_are_dropped(author: Client) -> None:
    assert make_product(author, "  R-1 ")["style_code"] == "R-1"


def test_sellers_spellings_become_the_vocabularys_values(author: Client) -> None:
    made = make_product(author, "R-1", attributes={"type": ["Rings"], "metal_colour": ["Pink"]})
    assert {(a["attribute"], a["value"]) for a in made["attributes"]} == {("type", "ring"), ("metal_colour", "rose")}


def test_an_unknown_value_is_refused_with_the_nearest_and_nothing_is_made(author: Client) -> None:
    response = author.post(URL, {"style_code": "R-1", "attributes": {"type": ["earingg"]}}, content_type=JSON)
    detail = error(response, 422)
    assert (detail["code"], detail["field"]) == ("unknown_value", "type")
    assert "earring" in detail["nearest"]
    assert not Product.objects.exists()


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"style_code": ""}, "style_code"),
        ({"style_code": "   "}, "style_code"),
        ({"style_code": "a\x00b"}, "style_code"),
        ({"style_code": "a\nb"}, "style_code"),
        ({"style_code": "x" * 101}, "style_code"),
        ({"style_code": 5}, "style_code"),
        ({"style_code": None}, "style_code"),
        ({"style_code": "\ud800"}, "style_code"),
        ({"title": "a\x00b"}, "title"),
        ({"title": "x" * 501}, "title"),
        ({"description": "x" * 20_001}, "description"),
        ({"description": ["a"]}, "description"),
        ({"price": -1}, "price"),
        ({"price": "1e400"}, "price"),
        ({"price": "12.345"}, "price"),
        ({"price": 10**12}, "price"),
        ({"price": "NaN"}, "price"),
        ({"price": True}, "price"),
        ({"currency": "euro"}, "currency"),
        ({"attributes": []}, "attributes"),
        ({"attributes": {"type": "ring"}}, "attributes.type"),
        ({"attributes": {"brand": ["a\x00"]}}, "attributes.brand.0"),
        ({"attributes": {"brand": ["x" * 201]}}, "attributes.brand.0"),
        ({"source": "vision"}, "source"),
        ({"titel": "misspelt"}, "titel"),
    ],
)
def test_a_field_that_cannot_be_stored_is_named(author: Client, fields: dict[str, Any], field: str) -> None:
    response = author.post(URL, {"style_code": "R-1", **fields}, content_type=JSON)
    detail = error(response, 422)
    assert detail["code"] == "validation"
    assert detail["field"].startswith(field)
    assert not Product.objects.exists()


def test_two_values_for_what_takes_one_are_refused(author: Client) -> None:
    response = author.post(URL, {"style_code": "R-1", "attributes": {"type": ["ring", "earring"]}}, content_type=JSON)
    assert "one value" in error(response, 422)["message"]


def test_an_unknown_attribute_is_refused_with_the_nearest(author: Client) -> None:
    response = author.post(URL, {"style_code": "R-1", "attributes": {"metall": ["gold"]}}, content_type=JSON)
    detail = error(response, 422)
    assert detail["code"] == "unknown_attribute"
    assert "metal" in detail["message"]


def test_an_import_does_not_speak_as_a_person(author: Client) -> None:
    made = make_product(author, "R-1", attributes={"type": ["ring"]}, source="import")
    assert made["attributes"][0]["source"] == "import"
