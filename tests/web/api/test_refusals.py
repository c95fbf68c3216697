"""Whatever goes wrong, the answer is typed, names no internals, and the server goes on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from django.db import OperationalError
from django.test import Client

from parure import settings
from parure.errors import ModelError, ParureError
from parure.web.api import products
from parure.web.api.errors import STATUS
from tests.web.api.calls import JSON, Make, error, upload_of


def subclasses(kind: type[ParureError]) -> list[type[ParureError]]:
    return [kind, *(below for child in kind.__subclasses__() for below in subclasses(child))]


def failing(what: Exception) -> Callable[..., None]:
    def fail(*_: object, **__: object) -> None:
        raise what

    return fail


@pytest.mark.parametrize("path", ["/api/", "/api/v1/", "/api/v1/nothing", "/api/v2/products", "/api/v1/photos/1/x"])
def test_an_address_that_does_not_exist_is_a_typed_404(public: Client, path: str) -> None:
    assert error(public.get(path), 404)["code"] == "not_found"
    assert error(public.post(path, {}), 404)["code"] == "not_found"


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [("put", "/api/v1/products/A-1", "PATCH"), ("delete", "/api/v1/search", "POST"), ("post", "/health", "GET")],
)
def test_a_wrong_method_is_told_which_are_right(public: Client, method: str, path: str, allowed: str) -> None:
    response = getattr(public, method)(path)
    assert error(response, 405)["code"] == "method_not_allowed"
    assert allowed in response["Allow"]


@pytest.mark.parametrize(
    "body", [b"{", b"", b"\xff\xfe", b"[" * 100_000, b"nul", b'{"a":' * 50_000, b"1" * 10_000, b"--x\r\n"]
)
def test_a_body_that_is_not_json_is_refused(author: Client, body: bytes) -> None:
    response = author.post("/api/v1/products", body, content_type=JSON)
    assert response.status_code in (400, 422)
    error(response, response.status_code)


@pytest.mark.parametrize("body", [b"[]", b"null", b"5", b'"text"', b"NaN", b'{"style_code": {"a": 1}}'])
def test_json_of_another_shape_is_refused(author: Client, body: bytes) -> None:
    error(author.post("/api/v1/products", body, content_type=JSON), 422)


def test_a_form_where_json_belongs_is_refused(author: Client) -> None:
    error(author.post("/api/v1/products", {"style_code": "A-1"}), 400)


@pytest.mark.parametrize("path", ["%FF%FE", "%00", "a%00b", "%ED%A0%80", "x" * 5000, "%0A", "..%2f..%2fetc"])
def test_no_style_code_breaks_the_server(author: Client, path: str) -> None:
    for url in (f"/api/v1/products/{path}", f"/api/v1/products/{path}/photos", f"/api/v1/products/{path}/similar"):
        response = author.get(url)
        assert response.status_code in (404, 422), (url, response.content)
        error(response, response.status_code)


@pytest.mark.usefixtures("any_database")
@pytest.mark.parametrize(
    "path", ["products/%00", "products/a%00b/photos", "products/%00/similar", "products?brand=%00", "search?q=%00"]
)
def test_nul_characters_stop_before_the_database(path: str) -> None:
    response = Client(SERVER_NAME="localhost").get(f"/api/v1/{path}")
    assert response.status_code in (404, 422), response.content
    error(response, response.status_code)


def test_a_request_that_is_too_large_is_refused_before_it_is_read(
    public: Client, monkeypatch: pytest.MonkeyPatch, picture: Make
) -> None:
    small = replace(settings.get(), max_request_bytes=500)
    monkeypatch.setattr(settings, "get", lambda: small)
    assert error(public.post("/api/v1/search", {"image": upload_of(picture(0))}), 413)["code"] == "too_large"


def test_a_picture_that_is_too_large_is_refused(public: Client, monkeypatch: pytest.MonkeyPatch, picture: Make) -> None:
    small = replace(settings.get(), max_image_bytes=500)
    monkeypatch.setattr(settings, "get", lambda: small)
    assert error(public.post("/api/v1/search", {"image": upload_of(picture(0))}), 413)["code"] == "too_many_bytes"


def test_searching_too_often_is_refused_with_the_time_to_wait(public: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    strict = replace(settings.get(), rate_search="2/h")
    monkeypatch.setattr(settings, "get", lambda: strict)
    assert [public.get("/api/v1/search").status_code for _ in range(2)] == [200, 200]
    response = public.get("/api/v1/facets")
    assert error(response, 429)["code"] == "too_many_requests"
    assert 0 < int(response["Retry-After"]) <= 3600
    assert public.get("/health").status_code == 200


def test_an_unexpected_error_is_logged_and_not_shown(
    public: Client, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(products, "find_product", failing(RuntimeError("secret detail")))
    detail = error(public.get("/api/v1/products/A-1"), 500)
    assert "secret detail" not in detail["message"]
    reference = detail["message"].split("Quote ")[1].split()[0]
    assert reference in caplog.text
    assert "secret detail" in caplog.text


def test_a_database_that_is_away_is_a_503(public: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(products, "find_product", failing(OperationalError("host db.internal")))
    detail = error(public.get("/api/v1/products/A-1"), 503)
    assert "db.internal" not in detail["message"]


def test_a_model_that_fails_is_a_503(public: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(products, "find_product", failing(ModelError("The model file is damaged.")))
    assert error(public.get("/api/v1/products/A-1"), 503)["code"] == "model"


def test_every_error_of_ours_has_a_status_of_its_own() -> None:
    without = {kind.code for kind in subclasses(ParureError) if kind.code not in STATUS}
    assert without == {"error", "settings", "render"}, "the API neither sets anything up nor draws designs"
