"""A piece's page: pictures, facts with their sources, data for search engines, and pieces like it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client

from parure.web.catalogue.models import Photo
from parure.web.catalogue.products import delete_product
from parure.web.storefront.addresses import product_url
from tests.web.storefront.markup import Page, faults
from tests.web.storefront.stock import PERSON, put
from tests.web.storefront.test_browse import names

HOSTILE = "</title></script><script>alert(1)</script><img src=x onerror=alert(1)>\"'&amp;"


@pytest.mark.usefixtures("window")
def test_facts_tell_where_they_came_from(visitor: Client) -> None:
    page = Page(visitor.get("/p/R-1"))
    text = page.text()
    assert page.text("h1") == "Rose ring"
    assert "$250" in text
    assert "Metal Gold the import sheet" in text
    assert "the photo, 87\u00a0% sure" in page.source
    assert "Minimalist a person" in text
    assert "R-1" in text
    assert faults(page) == []


@pytest.mark.usefixtures("window")
def test_a_fact_leads_to_all_pieces_with_it(visitor: Client) -> None:
    (link,) = Page(visitor.get("/p/R-1")).links_to("/?metal_colour=rose")
    assert visitor.get(link).status_code == 200


@pytest.mark.usefixtures("window")
def test_pictures_can_be_walked_through_without_scripts(visitor: Client) -> None:
    first, second = Photo.objects.filter(product__style_code="R-1").values_list("pk", flat=True)
    page = Page(visitor.get("/p/R-1"))
    assert page.all("img", src=f"/photos/{first}/960.webp")
    assert page.links_to("?photo=") == [f"?photo={first}", f"?photo={second}"]
    assert page.links_to(f"/photos/{first}/original")
    turned = Page(visitor.get(f"/p/R-1?photo={second}"))
    assert turned.all("img", src=f"/photos/{second}/960.webp", alt="Rose ring")


@pytest.mark.usefixtures("window")
def test_a_piece_without_photos_has_its_page_too(visitor: Client) -> None:
    page = Page(visitor.get("/p/R-2"))
    assert "No photo" in page.text("span")
    assert faults(page) == []


CODES = ["A/B", "a b", "#7", "50%", "x?y", "é", "a&b=c", "r+s", "a//b", "/lead", "%2F", "x;y", "it's", "like/similar"]


@pytest.mark.parametrize("code", CODES)
def test_any_style_code_has_an_address(visitor: Client, code: str) -> None:
    put(code, f"Piece {code}")
    (link,) = set(Page(visitor.get("/")).links_to("/p/"))
    assert link == product_url(code)
    page = Page(visitor.get(link))
    assert page.text("h1") == f"Piece {code}"
    (similar,) = set(page.links_to("/similar/"))
    assert visitor.get(similar).status_code == 200


@pytest.mark.usefixtures("window")
def test_the_case_of_a_style_code_does_not_matter_but_one_address_is_canonical(visitor: Client) -> None:
    page = Page(visitor.get("/p/r-1"))
    assert page.all("link", rel="canonical", href="http://localhost/p/R-1")


@pytest.mark.usefixtures("window")
def test_search_engines_read_what_is_known_and_nothing_else(visitor: Client) -> None:
    data = Page(visitor.get("/p/R-1")).linked_data()
    assert data["@type"] == "Product"
    assert data["sku"] == "R-1"
    assert data["material"] == ["Gold"]
    assert data["offers"] == {
        "@type": "Offer",
        "price": "250.00",
        "priceCurrency": "USD",
        "url": "http://localhost/p/R-1",
    }
    assert len(data["image"]) == 2
    assert not {"brand", "aggregateRating", "review", "description"} & data.keys()
    assert "offers" not in Page(visitor.get("/p/N-4")).linked_data()


def test_hostile_titles_stay_text_everywhere(visitor: Client) -> None:
    put("X-1", HOSTILE, description=HOSTILE, brand=HOSTILE, type="ring")
    put("<b>'\"&", "Plain")
    for address in (
        "/",
        "/p/X-1",
        f"/search?q={HOSTILE}",
        "/similar/X-1",
        product_url("<b>'\"&"),
        f"/?brand={HOSTILE}",
    ):
        page = Page(visitor.get(address))
        assert "<script>alert" not in page.source
        assert "<img src=x" not in page.source
        assert faults(page) == []
    assert Page(visitor.get("/p/X-1")).linked_data()["name"] == HOSTILE


@pytest.mark.usefixtures("window")
def test_similar_pieces_leave_the_piece_itself_out(visitor: Client) -> None:
    page = Page(visitor.get("/similar/R-1"))
    assert names(page) == ["Silver necklace"]
    assert page.by_id("similar")
    assert faults(page) == []


@pytest.mark.usefixtures("window")
def test_a_piece_that_is_not_analysed_says_why_nothing_is_similar(visitor: Client) -> None:
    response = visitor.get("/similar/R-2")
    assert response.status_code == 200
    assert "no analysed photo yet" in Page(response).text("p")


@pytest.mark.usefixtures("window")
def test_what_is_gone_or_never_was_is_not_found(visitor: Client) -> None:
    delete_product("R-2", PERSON)
    for address in ("/p/R-2", "/p/none", "/similar/none", "/p/"):
        response = visitor.get(address)
        assert response.status_code == 404
        assert faults(Page(response)) == []


@pytest.mark.usefixtures("window")
def test_prices_are_written_as_people_write_them(visitor: Client) -> None:
    text = Page(visitor.get("/")).text()
    assert "$900" in text
    assert "$120.50" in text


def test_a_title_is_not_needed(visitor: Client, picture: Callable[..., bytes], shop: Path) -> None:
    put("ONLY-CODE")
    assert Page(visitor.get("/p/ONLY-CODE")).text("h1") == "ONLY-CODE"
