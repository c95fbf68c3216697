"""PATCH /api/v1/products/{style_code}."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from tests.web.api.calls import JSON, address, error, make_product


@pytest.fixture
def ring(author: Client) -> str:
    make_product(author, "R-1", title="Ring", price="250", attributes={"type": ["ring"], "metal_colour": ["rose"]})
    return address("R-1")


def change(client: Client, url: str, **fields: Any) -> dict[str, Any]:
    response = client.patch(url, fields, content_type=JSON)
    assert response.status_code == 200, response.content
    return dict(response.json())


def values(body: dict[str, Any]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for row in body["attributes"]:
        found.setdefault(row["attribute"], []).append(row["value"])
    return found


def test_only_the_named_fields_change(author: Client, ring: str) -> None:
    body = change(author, ring, title="Slim ring")
    assert (body["title"], body["price"]) == ("Slim ring", "250.00")
    assert values(body) == {"type": ["ring"], "metal_colour": ["rose"]}


def test_an_attribute_is_replaced_and_the_others_stay(author: Client, ring: str) -> None:
    body = change(author, ring, attributes={"metal_colour": ["yellow", "white"]})
    assert values(body) == {"type": ["ring"], "metal_colour": ["yellow", "white"]}


def test_null_takes_the_price_away(author: Client, ring: str) -> None:
    assert change(author, ring, price=None)["price"] is None


def test_an_empty_list_says_that_there_is_none_whatever_others_say(author: Client, ring: str) -> None:
    change(author, ring, attributes={"motif": ["heart"]}, source="import")
    assert values(change(author, ring, attributes={"motif": []})).get("motif") is None


def test_null_lets_weaker_sources_speak_again(author: Client, ring: str) -> None:
    change(author, ring, attributes={"metal_colour": ["white"]}, source="import")
    assert values(change(author, ring, attributes={"metal_colour": None}))["metal_colour"] == ["white"]


def test_an_import_does_not_overwrite_a_person(author: Client, ring: str) -> None:
    body = change(author, ring, title="From the sheet", attributes={"metal_colour": ["white"]}, source="import")
    assert body["title"] == "Ring"
    assert values(body)["metal_colour"] == ["rose"]


def test_an_unknown_value_changes_nothing(author: Client, ring: str) -> None:
    response = author.patch(ring, {"title": "New", "attributes": {"type": ["spaceship"]}}, content_type=JSON)
    assert error(response, 422)["field"] == "type"
    assert author.get(ring).json()["title"] == "Ring"


def test_the_style_code_itself_cannot_be_changed(author: Client, ring: str) -> None:
    assert error(author.patch(ring, {"style_code": "R-2"}, content_type=JSON), 422)["field"] == "style_code"


def test_a_product_that_is_not_there_is_not_made(author: Client, ring: str) -> None:
    error(author.patch(address("R-2"), {"title": "x"}, content_type=JSON), 404)


def test_a_filter_finds_the_changed_value_at_once(author: Client, ring: str) -> None:
    change(author, ring, attributes={"metal_colour": ["yellow"]})
    assert author.get("/api/v1/products", {"metal_colour": "yellow"}).json()["total"] == 1
    assert author.get("/api/v1/products", {"metal_colour": "rose"}).json()["total"] == 0
