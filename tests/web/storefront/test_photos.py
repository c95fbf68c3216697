"""Pictures over HTTP: thumbnails and originals, cached for good, gone when deleted."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from parure.web.catalogue.models import Photo
from parure.web.catalogue.photos import delete_photo, storage
from tests.web.storefront.stock import PERSON, add_photo, put

Make = Callable[..., bytes]


@pytest.fixture
def photo(visitor: Client, picture: Make) -> Photo:
    return add_photo(put("P-1", "One"), picture(1), 'a "fine" ring;\u00e9.jpg')


@pytest.mark.parametrize("side", [320, 960])
def test_a_thumbnail_is_webp_and_kept_for_a_year(visitor: Client, photo: Photo, side: int) -> None:
    response = visitor.get(f"/photos/{photo.pk}/{side}.webp")
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "image/webp"
    assert response.content[8:12] == b"WEBP"
    assert response.headers["ETag"] == f'"{photo.sha256}-{side}"'
    assert response.headers["Cache-Control"] == "public, max-age=31536000, immutable"


def test_an_unchanged_picture_is_not_sent_again(visitor: Client, photo: Photo) -> None:
    for address in (f"/photos/{photo.pk}/320.webp", f"/photos/{photo.pk}/original"):
        first = visitor.get(address)
        first.close()
        etag = first.headers["ETag"]
        response = visitor.get(address, headers={"If-None-Match": etag})
        assert response.status_code == 304
        assert response.content == b""


def test_the_original_comes_byte_for_byte_and_cannot_run(visitor: Client, photo: Photo, picture: Make) -> None:
    response = visitor.get(f"/photos/{photo.pk}/original")
    assert b"".join(response.streaming_content) == picture(1)  # type: ignore[arg-type]
    response.close()
    assert response.headers["Content-Type"] == "image/jpeg"
    assert response.headers["Content-Disposition"].startswith("inline; ")
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response.headers["Content-Security-Policy"]


def test_only_the_known_sizes_exist(visitor: Client, photo: Photo) -> None:
    assert visitor.get(f"/photos/{photo.pk}/321.webp").status_code == 404
    assert visitor.get("/photos/999999/320.webp").status_code == 404


def test_a_deleted_picture_is_gone(visitor: Client, photo: Photo) -> None:
    delete_photo(photo, PERSON)
    for address in (f"/photos/{photo.pk}/320.webp", f"/photos/{photo.pk}/original"):
        assert visitor.get(address).status_code == 404


def test_a_lost_original_is_a_plain_404(visitor: Client, photo: Photo) -> None:
    storage().path_of(photo.sha256, ".jpg").unlink()
    storage().thumbnail_path(photo.sha256, 320).unlink()
    for address in (f"/photos/{photo.pk}/320.webp", f"/photos/{photo.pk}/original"):
        assert visitor.get(address).status_code == 404


@pytest.mark.usefixtures("closed_shop")
def test_a_closed_shop_shows_no_pictures_to_strangers(visitor: Client, photo: Photo) -> None:
    assert visitor.get(f"/photos/{photo.pk}/320.webp").status_code == 302
    assert visitor.get(f"/photos/{photo.pk}/original").status_code == 302
