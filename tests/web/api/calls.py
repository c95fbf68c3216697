"""Requests that most tests make, and what they look at in the answers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import quote

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

__all__ = ["JSON", "Make", "add_photo", "address", "codes", "error", "make_product", "send_files", "upload_of"]

Make = Callable[..., bytes]
JSON = "application/json"


def address(style_code: str, tail: str = "") -> str:
    return f"/api/v1/products/{quote(style_code)}{tail}"


def make_product(client: Client, style_code: str, **fields: Any) -> dict[str, Any]:
    response = client.post("/api/v1/products", {"style_code": style_code, **fields}, content_type=JSON)
    assert response.status_code == 201, response.content
    return dict(response.json())


def add_photo(client: Client, style_code: str, data: bytes, name: str = "front.jpg") -> dict[str, Any]:
    response = send_files(client, style_code, (name, data))
    assert response.status_code == 201, response.content
    return dict(response.json()["results"][0]["photo"])


def send_files(client: Client, style_code: str, *files: tuple[str, bytes]) -> HttpResponse:
    images = [upload_of(data, name) for name, data in files]
    return client.post(address(style_code, "/photos"), {"images": images})  # type: ignore[return-value]


def upload_of(data: bytes, name: str = "query.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data, "image/jpeg")


def codes(response: Any) -> list[str]:
    """Style codes of a page of products or of results, in order."""
    assert response.status_code == 200, response.content
    return [item.get("product", item)["style_code"] for item in response.json()["items"]]


def error(response: Any, status: int) -> dict[str, Any]:
    """The typed error of a refusal with this status."""
    assert response.status_code == status, response.content
    assert response["Content-Type"].startswith(JSON), response["Content-Type"]
    detail = response.json()["error"]
    assert set(detail) <= {"code", "message", "field", "nearest"}
    assert detail["code"]
    assert detail["message"]
    return dict(detail)
