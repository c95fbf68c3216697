"""POST and GET /api/v1/products/{style_code}/photos."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from parure.errors import StorageFull
from parure.web.catalogue import photos
from parure.web.catalogue.models import Photo
from parure.web.worker import wakeup
from tests.web.api.calls import Make, add_photo, address, codes, error, make_product, send_files, upload_of


@pytest.fixture(autouse=True)
def product(author: Client) -> str:
    make_product(author, "A/1")
    return "A/1"


@pytest.fixture
def rung() -> Iterator[list[int]]:
    """Grows with every wake-up."""
    times: list[int] = []
    end = wakeup.subscribe(lambda: times.append(Photo.objects.count()))
    yield times
    end()


def test_several_files_are_judged_one_by_one(author: Client, picture: Make) -> None:
    response = send_files(author, "A/1", ("a.jpg", picture(1)), ("b.jpg", b"no picture"), ("c.jpg", b""))
    assert response.status_code == 201
    body = response.json()
    assert (body["accepted"], body["refused"]) == (1, 2)
    assert [r["status"] for r in body["results"]] == ["accepted", "refused", "refused"]
    assert [r["error"]["code"] for r in body["results"][1:]] == ["not_an_image", "empty"]
    assert [r["file_name"] for r in body["results"]] == ["a.jpg", "b.jpg", "c.jpg"]


def test_when_all_are_refused_the_answer_is_an_error_with_every_reason(author: Client, picture: Make) -> None:
    response = send_files(author, "A/1", ("a.jpg", picture(1)[:600]), ("b.svg", b"<svg xmlns='x'></svg>"))
    body = response.json()
    assert response.status_code == 422
    assert body["error"]["code"] == "truncated"
    assert body["error"]["field"] == "images"
    assert [r["error"]["code"] for r in body["results"]] == ["truncated", "vector_graphic"]
    assert not Photo.objects.exists()


def test_an_upload_can_be_searched_after_the_next_round_of_work(
    author: Client, picture: Make, analyse: Callable[[], None]
) -> None:
    add_photo(author, "A/1", picture(7))
    analyse()
    assert codes(author.post("/api/v1/search", {"image": upload_of(picture(7))})) == ["A/1"]


def test_an_upload_wakes_the_worker_once_the_photo_is_stored(author: Client, picture: Make, rung: list[int]) -> None:
    add_photo(author, "A/1", picture(1))
    assert rung == [1]


def test_the_same_bytes_twice_are_one_photo(author: Client, picture: Make) -> None:
    assert add_photo(author, "A/1", picture(1))["id"] == add_photo(author, "A/1", picture(1), "other.jpg")["id"]
    assert Photo.objects.count() == 1


def test_the_gallery_lists_photos_in_order_of_upload(public: Client, author: Client, picture: Make) -> None:
    made = [add_photo(author, "A/1", picture(seed), f"{seed}.jpg")["id"] for seed in range(3)]
    listed = public.get(address("A/1", "/photos")).json()["items"]
    assert [photo["id"] for photo in listed] == made
    assert [photo["position"] for photo in listed] == [0, 1, 2]


def test_a_hostile_file_name_is_tamed(author: Client, picture: Make) -> None:
    photo = add_photo(author, "A/1", picture(1), "..\\../etc/pass\x00wd\r\nX: y.jpg")
    assert "/" not in photo["file_name"]
    assert photo["file_name"].isprintable()


@pytest.mark.parametrize("body", [{}, {"images": "text"}, {"image": "x"}])
def test_a_request_without_files_says_what_is_missing(author: Client, body: dict[str, str]) -> None:
    assert error(author.post(address("A/1", "/photos"), body), 422)["field"] == "images"


def test_a_broken_multipart_body_is_refused(author: Client) -> None:
    for kind in ("multipart/form-data", "multipart/form-data; boundary=", "multipart/form-data; boundary=x"):
        response = author.post(address("A/1", "/photos"), b"--x\r\nbroken", content_type=kind)
        assert response.status_code in (400, 422), (kind, response.content)
        error(response, response.status_code)


def test_more_files_than_allowed_are_refused(author: Client) -> None:
    many = [upload_of(b"x") for _ in range(101)]
    error(author.post(address("A/1", "/photos"), {"images": many}), 400)


def test_an_unknown_product_is_a_404_and_keeps_no_file(author: Client, picture: Make, shop: Path) -> None:
    error(send_files(author, "B/2", ("a.jpg", picture(1))), 404)  # type: ignore[arg-type]
    assert not [path for path in (shop / "originals").rglob("*") if path.is_file()]


def test_a_full_disk_is_told_as_such(author: Client, picture: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: Any, **__: Any) -> None:
        raise StorageFull("No space left. Free some space and try again.")

    monkeypatch.setattr(photos, "accept", full)
    assert error(send_files(author, "A/1", ("a.jpg", picture(1))), 507)["code"] == "storage_full"
