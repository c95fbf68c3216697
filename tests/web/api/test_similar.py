"""GET /api/v1/products/{style_code}/similar."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.web.api.calls import address, codes, error, make_product

pytestmark = pytest.mark.usefixtures("rings")


def test_similar_pieces_leave_the_piece_itself_out(public: Client) -> None:
    page = public.get(address("E/3", "/similar")).json()
    assert {item["product"]["style_code"] for item in page["items"]} == {"R-1", "R-2"}
    assert all(item["similarity"] is not None for item in page["items"])


def test_similar_pieces_can_be_filtered_and_paged(public: Client) -> None:
    assert codes(public.get(address("E/3", "/similar"), {"metal_colour": "yellow"})) == ["R-2"]
    both = codes(public.get(address("E/3", "/similar")))
    assert codes(public.get(address("E/3", "/similar"), {"limit": 1, "offset": 1})) == both[1:]


def test_a_product_without_an_analysed_photo_says_so(public: Client, author: Client) -> None:
    make_product(author, "NEW")
    assert "photo" in error(public.get(address("NEW", "/similar")), 422)["message"]


def test_similar_to_nothing_is_a_404(public: Client) -> None:
    error(public.get(address("nothing", "/similar")), 404)
