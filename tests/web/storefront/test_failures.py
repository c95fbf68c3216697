"""A part of the house that does not work: the pages say so and still stand."""

from __future__ import annotations

import pytest
from django.test import Client

from parure.errors import IndexDamaged, ModelError, StorageFull
from tests.web.storefront.markup import Page, faults
from tests.web.storefront.test_search import Make, upload

pytestmark = pytest.mark.usefixtures("window")


def failing(error: Exception) -> object:
    def fail(*_: object, **__: object) -> None:
        raise error

    return fail


def test_a_search_that_cannot_run_says_why(visitor: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("parure.web.storefront.browse.listing.find", failing(ModelError("The model file is damaged.")))
    response = visitor.get("/search?q=butterfly")
    assert response.status_code == 503
    assert "The model file is damaged." in Page(response).text("p")
    assert faults(Page(response)) == []
    assert visitor.get("/").status_code == 200


def test_the_status_page_stands_without_an_index(visitor: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("parure.web.storefront.status.view.coverage", failing(IndexDamaged("Rebuild the index.")))
    response = visitor.get("/status")
    assert response.status_code == 503
    assert "Rebuild the index." in Page(response).text("p")
    assert visitor.get("/status/line").content == b""


def test_a_full_disk_is_said_to_who_searches_with_a_picture(
    visitor: Client, picture: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("parure.web.storefront.search.view.pictures.keep", failing(StorageFull("No space left.")))
    response = visitor.post("/search", {"image": upload(picture(1))})
    assert response.status_code == 507
    assert "No space left." in Page(response).text("p")
