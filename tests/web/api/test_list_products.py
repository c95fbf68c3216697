"""GET /api/v1/products."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.web.api.calls import codes, error, make_product

URL = "/api/v1/products"

pytestmark = pytest.mark.usefixtures("rings")


def test_the_newest_come_first_with_the_total(public: Client) -> None:
    page = public.get(URL, {"limit": 2}).json()
    assert [item["style_code"] for item in page["items"]] == ["E/3", "R-2"]
    assert (page["total"], page["limit"], page["offset"]) == (3, 2, 0)


def test_pages_neither_overlap_nor_skip(public: Client) -> None:
    seen = [code for offset in range(4) for code in codes(public.get(URL, {"limit": 1, "offset": offset}))]
    assert seen == ["E/3", "R-2", "R-1"]


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ("oldest", ["R-1", "R-2", "E/3"]),
        ("price", ["R-1", "R-2", "E/3"]),
        ("-price", ["R-2", "R-1", "E/3"]),
        ("style_code", ["E/3", "R-1", "R-2"]),
    ],
)
def test_the_order_can_be_chosen_and_what_has_no_price_comes_last(
    public: Client, order: str, expected: list[str]
) -> None:
    assert codes(public.get(URL, {"order": order})) == expected


def test_attributes_filter_by_any_of_several_values(public: Client) -> None:
    assert codes(public.get(URL, {"metal_colour": "rose"})) == ["E/3", "R-1"]
    assert codes(public.get(URL, {"metal_colour": ["rose", "yellow"], "type": "ring"})) == ["R-2", "R-1"]


def test_a_value_may_be_excluded_and_the_price_bounded(public: Client) -> None:
    assert codes(public.get(URL, {"metal_colour": "!rose"})) == ["R-2"]
    assert codes(public.get(URL, {"price": "200-500"})) == ["R-1"]


def test_sellers_spellings_are_understood(public: Client) -> None:
    assert codes(public.get(URL, {"type": "Earrings"})) == ["E/3"]


def test_an_unknown_value_names_the_nearest(public: Client) -> None:
    detail = error(public.get(URL, {"metal_colour": "rosee gld"}), 422)
    assert detail["field"] == "metal_colour"
    assert "rose" in detail["nearest"]


def test_a_parameter_that_is_no_attribute_is_refused(public: Client) -> None:
    assert "metal_colour" in error(public.get(URL, {"metal_color": "rose"}), 422)["message"]


@pytest.mark.parametrize("price", ["1e999999-", "-1e308", "99999999999999999999-", "NaN-", "5", "a-b", "Infinity-"])
def test_no_price_band_breaks_the_server(public: Client, price: str) -> None:
    assert public.get(URL, {"price": price}).status_code in (200, 422)


@pytest.mark.parametrize(
    "query", [{"limit": 0}, {"limit": 201}, {"limit": 10**30}, {"offset": -1}, {"offset": 2**63}, {"order": "random"}]
)
def test_paging_out_of_range_names_the_field(public: Client, query: dict[str, str]) -> None:
    assert error(public.get(URL, query), 422)["field"] in query


def test_a_deleted_product_is_not_listed(public: Client, author: Client) -> None:
    author.delete(f"{URL}/R-1")
    assert codes(public.get(URL)) == ["E/3", "R-2"]


def test_the_shops_page_size_holds_when_no_limit_is_named(public: Client, author: Client) -> None:
    for number in range(25):
        make_product(author, f"X-{number}")
    page = public.get(URL).json()
    assert (len(page["items"]), page["total"]) == (24, 28)
