"""Who may read and who may write."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from parure.web.accounts.models import Token
from parure.web.catalogue.models import Photo, Product
from tests.web.api.calls import JSON, Make, add_photo, error, make_product, upload_of

READS = ["products", "products/A-1", "products/A-1/photos", "search", "facets", "taxonomy", "coverage"]
WRITES = [
    ("post", "products"),
    ("patch", "products/A-1"),
    ("delete", "products/A-1"),
    ("post", "products/A-1/restore"),
    ("post", "products/A-1/photos"),
    ("patch", "photos/1"),
    ("delete", "photos/1"),
    ("post", "photos/1/restore"),
    ("post", "photos/1/replace"),
    ("post", "coverage/retry"),
]


def signed_in(*, staff: bool, csrf: bool = False) -> Client:
    client = Client(enforce_csrf_checks=csrf, SERVER_NAME="localhost")
    client.force_login(User.objects.create_user(f"user-{staff}", is_staff=staff))
    return client


@pytest.fixture(autouse=True)
def product(author: Client) -> dict[str, Any]:
    return make_product(author, "A-1")


@pytest.mark.parametrize("path", READS)
def test_reading_is_open_by_default(public: Client, path: str) -> None:
    assert public.get(f"/api/v1/{path}").status_code == 200


@pytest.mark.usefixtures("closed_shop")
@pytest.mark.parametrize("path", [*READS, "photos/1/original", "products/A-1/similar", "coverage/failures"])
def test_a_closed_shop_wants_a_token_for_reading(public: Client, path: str) -> None:
    response = public.get(f"/api/v1/{path}")
    assert error(response, 401)["code"] == "unauthorized"
    assert response["WWW-Authenticate"] == "Bearer"


@pytest.mark.usefixtures("closed_shop")
@pytest.mark.parametrize("path", READS)
def test_a_closed_shop_opens_to_tokens_and_to_those_signed_in(reader: Client, path: str) -> None:
    assert reader.get(f"/api/v1/{path}").status_code == 200
    assert signed_in(staff=False).get(f"/api/v1/{path}").status_code == 200


@pytest.mark.usefixtures("closed_shop")
def test_a_closed_shop_matches_for_tokens_only(public: Client, reader: Client, picture: Make) -> None:
    for url in ("/api/match", "/api/v1/match", "/api/v1/search"):
        error(public.post(url, {"image": upload_of(picture(0))}), 401)
        assert reader.post(url, {"image": upload_of(picture(0))}).status_code == 200


@pytest.mark.parametrize(("method", "path"), WRITES)
def test_writing_needs_a_token(public: Client, method: str, path: str) -> None:
    error(getattr(public, method)(f"/api/v1/{path}", {}, content_type=JSON), 401)


@pytest.mark.parametrize(("method", "path"), WRITES)
def test_a_token_for_reading_may_not_write(reader: Client, method: str, path: str) -> None:
    detail = error(getattr(reader, method)(f"/api/v1/{path}", {}, content_type=JSON), 403)
    assert "may only read" in detail["message"]


@pytest.mark.parametrize(("method", "path"), WRITES)
def test_someone_signed_in_who_is_not_staff_may_not_write(method: str, path: str) -> None:
    client = signed_in(staff=False)
    error(getattr(client, method)(f"/api/v1/{path}", {}, content_type=JSON), 403)


def test_nothing_changed_by_those_who_may_not(public: Client, reader: Client, picture: Make, author: Client) -> None:
    photo = add_photo(author, "A-1", picture(1))
    for client in (public, reader, signed_in(staff=False)):
        client.delete("/api/v1/products/A-1")
        client.delete(f"/api/v1/photos/{photo['id']}")
        client.patch("/api/v1/products/A-1", {"title": "x"}, content_type=JSON)
    assert Product.objects.get().deleted_at is None
    assert Product.objects.get().title == ""
    assert Photo.objects.get().deleted_at is None


def test_staff_may_write_with_their_session_and_a_csrf_token() -> None:
    client = signed_in(staff=True, csrf=True)
    url = "/api/v1/products/A-1"
    assert "CSRF" in error(client.patch(url, {"title": "x"}, content_type=JSON), 403)["message"]
    client.cookies["csrftoken"] = "a" * 32
    response = client.patch(url, {"title": "x"}, content_type=JSON, headers={"X-CSRFToken": "a" * 32})
    assert response.status_code == 200


@pytest.mark.parametrize("secret", ["parure_wrong", "", "x" * 5000, "\xff\x00", "parure_ " * 3])
def test_a_wrong_token_is_told_even_where_none_is_needed(shop: object, secret: str) -> None:
    client = Client(headers={"Authorization": f"Bearer {secret}"}, SERVER_NAME="localhost")
    error(client.get("/api/v1/products"), 401)


def test_a_revoked_token_and_one_of_an_inactive_user_are_worth_nothing(author: Client) -> None:
    Token.objects.update(revoked_at=timezone.now())
    error(author.get("/api/v1/products"), 401)
    Token.objects.update(revoked_at=None)
    assert author.get("/api/v1/products").status_code == 200
    User.objects.update(is_active=False)
    error(author.get("/api/v1/products"), 401)
