"""POST /api/v1/match and POST /api/match."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.web.api.calls import Make, error, upload_of

pytestmark = [
    pytest.mark.usefixtures("rings"),
    pytest.mark.parametrize("url", ["/api/match", "/api/v1/match"]),
]


def test_the_product_of_the_picture_is_the_first_match(public: Client, picture: Make, url: str) -> None:
    body = public.post(url, {"image": upload_of(picture(1))}).json()
    first = body["matches"][0]
    assert first["product"]["style_code"] == "R-2"
    assert first["similarity_score"] == pytest.approx(1, abs=0.01)
    scores = [match["similarity_score"] for match in body["matches"]]
    assert scores == sorted(scores, reverse=True)
    assert body["query"]["name"] == ""


def test_the_name_narrows_together_with_the_picture(public: Client, picture: Make, url: str) -> None:
    body = public.post(url, {"image": upload_of(picture(1)), "name": "rose gold ring"}).json()
    assert [match["product"]["style_code"] for match in body["matches"]] == ["R-1"]
    assert body["query"]["name"] == "rose gold ring"
    assert {wish["attribute"] for wish in body["query"]["understood"]["filters"]} >= {"type"}


def test_the_number_of_matches_can_be_chosen(public: Client, picture: Make, url: str) -> None:
    assert len(public.post(url, {"image": upload_of(picture(1)), "limit": 2}).json()["matches"]) == 2


def test_a_match_needs_a_picture(public: Client, url: str) -> None:
    assert error(public.post(url, {"name": "rose gold ring"}), 422)["field"] == "image"
    assert error(public.post(url, {"image": upload_of(b"broken")}), 422)["code"] == "not_an_image"
