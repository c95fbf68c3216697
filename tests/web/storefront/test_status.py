"""How far the analysis has come: figures that refresh themselves until the work is done."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from parure.web.catalogue.photos import storage
from tests.web.storefront.markup import Page, faults
from tests.web.storefront.stock import add_photo, put

Make = Callable[..., bytes]


def test_an_empty_catalogue_says_how_to_begin(visitor: Client) -> None:
    page = Page(visitor.get("/status"))
    assert page.text("h1") == "No photos yet"
    assert "parure import FOLDER" in page.text("code")
    assert faults(page) == []


@pytest.mark.usefixtures("window")
def test_a_finished_catalogue_stands_still(visitor: Client) -> None:
    page = Page(visitor.get("/status"))
    assert page.text("h1") == "Everything is searchable"
    assert "hx-trigger" not in page.by_id("coverage")
    assert "Photos 3" in page.text()
    assert faults(page) == []
    assert visitor.get("/status/line").content.strip() == b""


def test_work_in_progress_refreshes_itself(visitor: Client, picture: Make) -> None:
    add_photo(put("P-1"), picture(1))
    page = Page(visitor.get("/status"))
    assert page.text("h1") == "Photos are being analysed"
    assert page.by_id("coverage")["hx-get"] == "/status"
    line = Page(visitor.get("/status/line"))
    assert "Analysing photos: 0 of 1" in line.text("a")


def test_a_failed_photo_is_named_with_its_reason(visitor: Client, picture: Make, analyse: Callable[[], None]) -> None:
    photo = add_photo(put("P-1"), picture(1), "<lost>.jpg")
    storage().path_of(photo.sha256, ".jpg").unlink()
    analyse()
    page = Page(visitor.get("/status"))
    assert "<lost>.jpg" in page.text("td")
    assert "Restore it from a backup" in page.text("td")
    assert faults(page) == []
