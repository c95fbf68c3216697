"""Who may look, what a browser may run, and pages for what went wrong."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.test import Client

from parure import settings
from tests.web.storefront.markup import Page, faults

PAGES = ["/", "/search?q=ring", "/p/R-1", "/similar/R-1", "/status", "/status/line", "/sign-in", "/nothing/here"]


@pytest.mark.usefixtures("window")
@pytest.mark.parametrize("address", PAGES)
def test_no_page_may_run_what_a_seller_wrote(visitor: Client, address: str) -> None:
    policy = visitor.get(address).headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'self'; img-src 'self' blob: data:;")
    assert "unsafe" not in policy


@pytest.mark.usefixtures("window", "closed_shop")
@pytest.mark.parametrize("address", PAGES[:6])
def test_a_closed_shop_sends_strangers_to_the_door_and_back(visitor: Client, address: str) -> None:
    response = visitor.get(address)
    assert response.status_code == 302
    assert response.headers["Location"].startswith("/sign-in?next=/")
    visitor.force_login(User.objects.create_user("ana"))
    assert visitor.get(address).status_code == 200


@pytest.mark.usefixtures("window", "closed_shop")
def test_a_part_asked_for_by_a_stranger_sends_the_whole_page_to_the_door(visitor: Client) -> None:
    asked = {"HX-Request": "true", "HX-Current-URL": "http://localhost/?type=ring"}
    response = visitor.get("/similar/R-1", headers=asked)
    assert response.status_code == 200
    assert response.headers["HX-Redirect"].startswith("/sign-in?next=http")


@pytest.mark.usefixtures("closed_shop")
def test_a_closed_shop_takes_no_pictures_from_strangers(visitor: Client) -> None:
    assert visitor.post("/search").status_code == 302


@pytest.mark.parametrize("address", ["/nothing", "/p/none", "/photos/x/1.webp"])
def test_what_does_not_exist_has_a_page_in_the_shops_own_style(visitor: Client, address: str) -> None:
    response = visitor.get(address)
    page = Page(response)
    assert response.status_code == 404
    assert page.by_id("q")
    assert faults(page) == []


def test_programs_get_their_refusals_as_json(visitor: Client) -> None:
    assert visitor.get("/api/nothing").json()["error"]["code"] == "not_found"


def test_too_much_too_fast_is_refused_on_a_page(visitor: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    slow = replace(settings.get(), rate_search="2/h")
    monkeypatch.setattr(settings, "get", lambda: slow)
    answers = [visitor.get("/search?q=ring") for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert int(answers[-1].headers["Retry-After"]) > 0
    assert "try again in" in Page(answers[-1]).text("h1")
    assert faults(Page(answers[-1])) == []


def test_an_upload_above_the_limit_is_refused_on_a_page(visitor: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    small = replace(settings.get(), max_request_bytes=10)
    monkeypatch.setattr(settings, "get", lambda: small)
    response = visitor.post("/search", {"q": "more than ten bytes"})
    assert response.status_code == 413
    assert "10 are allowed" in Page(response).text("h1")


def test_a_fault_of_ours_is_said_without_touching_the_database(
    visitor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("broken")

    monkeypatch.setattr("parure.web.storefront.browse.view.results_page", broken)
    visitor.raise_request_exception = False
    response = visitor.get("/")
    assert response.status_code == 500
    assert "Something went wrong" in Page(response).text("h1")
    assert "broken" not in Page(response).source


@pytest.mark.parametrize("address", ["/", "/search", "/status", "/sign-in"])
def test_every_page_has_its_search_box_and_a_way_past_it(visitor: Client, address: str) -> None:
    page = Page(visitor.get(address))
    assert page.all("a", href="#main")
    assert page.by_id("main")
    assert page.all("form", action="/search", method="get")
    assert page.all("form", action="/search", method="post", enctype="multipart/form-data")


@pytest.mark.parametrize("method", ["put", "delete", "patch", "post"])
def test_pages_are_for_reading(visitor: Client, method: str, shop: Path) -> None:
    assert getattr(visitor, method)("/").status_code == 405


def test_styles_scripts_and_htmx_come_from_this_server(visitor: Client) -> None:
    page = Page(visitor.get("/"))
    sources = [held["src"] for held in page.all("script")] + [held["href"] for held in page.all("link")]
    assert any("htmx" in source for source in sources)
    for source in sources:
        assert source.startswith("/static/")
        response = visitor.get(source)
        assert response.status_code == 200
        response.close()
