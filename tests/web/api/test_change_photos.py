"""/api/v1/photos/{number}: read, move, replace, delete, restore, and the pictures themselves."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from PIL import Image

from parure.web.catalogue.models import Photo
from tests.web.api.calls import JSON, Make, add_photo, address, codes, error, make_product, upload_of


@pytest.fixture
def photo(author: Client, picture: Make) -> dict[str, Any]:
    make_product(author, "A-1")
    make_product(author, "B/2")
    return add_photo(author, "A-1", picture(1, size=(1200, 900)), "front.jpg")


@pytest.fixture
def url(photo: dict[str, Any]) -> str:
    return f"/api/v1/photos/{photo['id']}"


def nearest(client: Client, data: bytes) -> list[str]:
    return codes(client.post("/api/v1/search", {"image": upload_of(data)}))


def test_a_photo_tells_its_product_and_its_measures(public: Client, photo: dict[str, Any], url: str) -> None:
    body = public.get(url).json()
    assert body == {**photo, "style_code": "A-1", "analysis": None}
    assert (body["width"], body["height"], body["format"]) == (1200, 900, "jpeg")


def test_the_original_comes_back_byte_for_byte(public: Client, photo: dict[str, Any], picture: Make) -> None:
    response = public.get(photo["original"])
    assert b"".join(response) == picture(1, size=(1200, 900))  # type: ignore[call-overload]
    assert response["Content-Type"] == "image/jpeg"
    assert "front.jpg" in response["Content-Disposition"]


@pytest.mark.parametrize(("link", "side"), [("thumbnail", 320), ("large", 960)])
def test_thumbnails_are_webp_of_the_promised_size(public: Client, photo: dict[str, Any], link: str, side: int) -> None:
    response = public.get(photo[link])
    assert response["Content-Type"] == "image/webp"
    with Image.open(io.BytesIO(response.content)) as image:
        assert max(image.size) == side


def test_a_side_that_is_not_offered_is_refused(public: Client, url: str) -> None:
    assert error(public.get(f"{url}/thumbnail?side=5000"), 422)["field"] == "side"


def test_a_lost_original_is_a_404_that_says_what_to_do(public: Client, photo: dict[str, Any], shop: Path) -> None:
    for path in (shop / "originals").rglob("*.jpg"):
        path.unlink()
    detail = error(public.get(photo["original"]), 404)
    assert detail["code"] == "unreadable"
    assert "backup" in detail["message"]
    assert str(shop) not in detail["message"]


def test_a_moved_photo_is_found_as_its_new_product(
    author: Client, url: str, picture: Make, analyse: Callable[[], None]
) -> None:
    analyse()
    response = author.patch(url, {"style_code": "b/2"}, content_type=JSON)
    assert response.json()["style_code"] == "B/2"
    analyse()
    assert nearest(author, picture(1, size=(1200, 900))) == ["B/2"]
    assert author.get(address("A-1")).json()["photos"] == []


def test_moving_to_an_unknown_product_changes_nothing(author: Client, url: str) -> None:
    error(author.patch(url, {"style_code": "nothing"}, content_type=JSON), 404)
    assert author.get(url).json()["style_code"] == "A-1"


def test_a_replaced_photo_keeps_its_place_and_search_follows(
    author: Client, url: str, picture: Make, analyse: Callable[[], None]
) -> None:
    add_photo(author, "A-1", picture(5), "back.jpg")
    response = author.post(f"{url}/replace", {"image": upload_of(picture(9), "better.jpg")})
    new = response.json()
    assert (new["file_name"], new["position"]) == ("better.jpg", 0)
    error(author.get(url), 404)
    analyse()
    found = author.post("/api/v1/search", {"image": upload_of(picture(9))}).json()["items"][0]
    assert found["photo"]["id"] == new["id"]
    assert found["similarity"] > 0.99


def test_replacing_with_something_broken_keeps_the_old_one(author: Client, url: str) -> None:
    error(author.post(f"{url}/replace", {"image": upload_of(b"broken")}), 422)
    assert author.get(url).status_code == 200


def test_a_deleted_photo_is_gone_from_search_and_comes_back(
    author: Client, url: str, picture: Make, analyse: Callable[[], None]
) -> None:
    data = picture(1, size=(1200, 900))
    analyse()
    assert nearest(author, data) == ["A-1"]
    assert author.delete(url).status_code == 204
    analyse()
    assert nearest(author, data) == []
    error(author.get(f"{url}/original"), 404)
    assert author.post(f"{url}/restore").status_code == 200
    analyse()
    assert nearest(author, data) == ["A-1"]


def test_restoring_what_is_not_deleted_is_a_conflict(author: Client, url: str) -> None:
    error(author.post(f"{url}/restore"), 409)


@pytest.mark.parametrize("number", ["0", "-1", "abc", "1.5", str(2**63), "9" * 400, "%00", "%FF"])
def test_a_number_that_cannot_be_one_is_refused(author: Client, photo: dict[str, Any], number: str) -> None:
    for call in (author.get, author.delete):
        assert error(call(f"/api/v1/photos/{number}"), 422)["field"] == "number"
    assert Photo.objects.filter(deleted_at=None).count() == 1


def test_an_unknown_number_is_a_404(public: Client, photo: dict[str, Any]) -> None:
    error(public.get("/api/v1/photos/999999"), 404)
