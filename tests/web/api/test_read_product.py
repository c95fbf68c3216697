"""GET /api/v1/products/{style_code}."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import Client

from tests.web.api.calls import Make, add_photo, address, error, make_product


def test_a_product_is_read_with_its_attributes_and_photos(public: Client, author: Client, picture: Make) -> None:
    make_product(author, "R-1", title="Ring", price="250", attributes={"type": ["ring"]})
    photo = add_photo(author, "R-1", picture(1), "front.jpg")
    body = public.get(address("R-1")).json()
    assert (body["style_code"], body["title"], body["price"], body["currency"]) == ("R-1", "Ring", "250.00", "USD")
    assert [(a["attribute"], a["value"], a["source"]) for a in body["attributes"]] == [("type", "ring", "manual")]
    assert [p["id"] for p in body["photos"]] == [photo["id"]]


@pytest.mark.parametrize("code", ["A/B", "A/B/C", "No 5 #2", "50%", "a?b", "Ünï-1", "a&b=c", "R+1", "x:y", "A//B"])
def test_any_style_code_can_be_addressed(public: Client, author: Client, code: str) -> None:
    made = make_product(author, code)
    assert public.get(address(code)).json()["style_code"] == code
    assert public.get(made["url"]).json()["style_code"] == code


def test_the_case_of_a_style_code_does_not_matter(public: Client, author: Client) -> None:
    make_product(author, "R-1")
    assert public.get(address("r-1")).json()["style_code"] == "R-1"


def test_an_unknown_style_code_is_a_typed_404(public: Client, shop: Path) -> None:
    detail = error(public.get(address("nothing")), 404)
    assert detail["code"] == "not_found"
    assert "nothing" in detail["message"]
