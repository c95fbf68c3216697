"""DELETE /api/v1/products/{style_code} and POST .../restore."""

from __future__ import annotations

from collections.abc import Callable

from django.test import Client

from tests.web.api.calls import JSON, Make, address, codes, error, make_product, upload_of


def test_a_deleted_product_is_gone_and_comes_back_whole(author: Client, rings: list[str]) -> None:
    before = author.get(address("E/3")).json()
    response = author.delete(address("E/3"))
    assert (response.status_code, response.content) == (204, b"")
    error(author.get(address("E/3")), 404)
    back = author.post(address("E/3", "/restore"))
    assert back.status_code == 200
    assert {**back.json(), "updated_at": before["updated_at"]} == before


def test_search_follows_a_deletion_and_a_restoration(
    author: Client, rings: list[str], picture: Make, analyse: Callable[[], None]
) -> None:
    def nearest() -> str:
        analyse()
        return codes(author.post("/api/v1/search", {"image": upload_of(picture(0))}))[0]

    assert nearest() == "R-1"
    author.delete(address("R-1"))
    assert nearest() != "R-1"
    author.post(address("R-1", "/restore"))
    assert nearest() == "R-1"


def test_deleting_twice_is_a_404_and_restoring_twice_a_conflict(author: Client) -> None:
    make_product(author, "R-1")
    author.delete(address("R-1"))
    error(author.delete(address("R-1")), 404)
    author.post(address("R-1", "/restore"))
    error(author.post(address("R-1", "/restore")), 409)


def test_a_deleted_product_must_be_restored_before_its_code_is_used_again(author: Client) -> None:
    make_product(author, "R-1")
    author.delete(address("R-1"))
    response = author.post("/api/v1/products", {"style_code": "R-1"}, content_type=JSON)
    assert "restore" in error(response, 409)["message"]
