"""The shop window: all pieces, narrowed by clicking, in an order, page by page."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.web.storefront.markup import Page, faults
from tests.web.storefront.stock import put


def names(page: Page) -> list[str]:
    """Titles of the pieces, in order."""
    shown = {"Rose ring", "Yellow ring", "Rose hoops", "Silver necklace"}
    return [text for tag, text in page.texts if tag == "span" and text in shown]


def test_an_empty_shop_says_how_to_fill_it(visitor: Client) -> None:
    page = Page(visitor.get("/"))
    assert "parure import FOLDER" in page.text("code")
    assert faults(page) == []


@pytest.mark.usefixtures("window")
def test_all_pieces_are_shown_newest_first(visitor: Client) -> None:
    page = Page(visitor.get("/"))
    assert names(page) == ["Silver necklace", "Rose hoops", "Yellow ring", "Rose ring"]
    assert "4 pieces" in page.text("p")
    assert faults(page) == []


@pytest.mark.usefixtures("window")
def test_a_facet_is_a_plain_link_with_its_count(visitor: Client) -> None:
    page = Page(visitor.get("/"))
    rose = page.by_id("facet-metal_colour-rose")
    assert rose["href"] == "/?metal_colour=rose"
    assert "Rose 2" in page.text("span")
    assert names(Page(visitor.get(rose["href"]))) == ["Rose hoops", "Rose ring"]


@pytest.mark.usefixtures("window")
def test_values_of_one_attribute_widen_and_attributes_narrow(visitor: Client) -> None:
    both = Page(visitor.get("/?metal_colour=rose&metal_colour=yellow"))
    assert names(both) == ["Rose hoops", "Yellow ring", "Rose ring"]
    assert names(Page(visitor.get("/?metal_colour=rose&type=ring"))) == ["Rose ring"]


@pytest.mark.usefixtures("window")
def test_a_wider_type_holds_its_kinds(visitor: Client) -> None:
    assert names(Page(visitor.get("/?type=earring"))) == ["Rose hoops"]


@pytest.mark.usefixtures("window")
def test_a_choice_can_be_taken_back_by_its_chip_and_by_its_facet(visitor: Client) -> None:
    page = Page(visitor.get("/?type=ring&metal_colour=rose&page=1"))
    assert page.by_id("chip-2")["href"] == "/?type=ring"
    assert page.by_id("facet-metal_colour-rose")["href"] == "/?type=ring"
    assert page.by_id("facet-metal_colour-rose")["aria-current"] == "true"
    assert page.by_id("chip-clear")["href"] == "/"


@pytest.mark.usefixtures("window")
def test_the_price_form_keeps_what_was_chosen_and_narrows(visitor: Client) -> None:
    page = Page(visitor.get("/?type=ring"))
    assert page.all("input", type="hidden", name="type", value="ring")
    answer = Page(visitor.get("/", {"type": "ring", "price_low": "", "price_high": "300"}))
    assert names(answer) == ["Rose ring"]
    assert "under 300" in answer.text("span")
    assert answer.by_id("price-high")["value"] == "300"


@pytest.mark.usefixtures("window")
@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ("price-up", ["Rose hoops", "Rose ring", "Yellow ring", "Silver necklace"]),
        ("price-down", ["Yellow ring", "Rose ring", "Rose hoops", "Silver necklace"]),
    ],
)
def test_pieces_can_be_ordered_by_price_with_unpriced_ones_last(
    visitor: Client, order: str, expected: list[str]
) -> None:
    assert names(Page(visitor.get("/", {"sort": order}))) == expected


@pytest.mark.usefixtures("window", "small_pages")
def test_pages_link_to_one_another_and_hold_everything_once(visitor: Client) -> None:
    first = Page(visitor.get("/"))
    assert "2 of 4 pieces" in first.text("p")
    (more,) = set(first.links_to("/?page"))
    second = Page(visitor.get(more))
    assert names(first) + names(second) == ["Silver necklace", "Rose hoops", "Yellow ring", "Rose ring"]
    assert "3–4 of 4 pieces" in second.text("p")
    assert second.links_to("/?page") == []
    assert faults(second) == []


@pytest.mark.usefixtures("window", "small_pages")
def test_fetching_more_does_not_count_the_facets_again(visitor: Client) -> None:
    page = Page(visitor.get("/?page=2", headers={"HX-Request": "true", "HX-Target": "more"}))
    assert len(names(page)) == 2
    assert "4 pieces" in page.text("p")
    assert page.all("details", **{"class": "facet"}) == []


@pytest.mark.usefixtures("window")
def test_a_page_beyond_the_last_is_not_found(visitor: Client) -> None:
    assert visitor.get("/?page=9").status_code == 404
    assert visitor.get("/?page=99999999").status_code == 404


@pytest.mark.usefixtures("window")
def test_choices_that_nothing_meets_say_so_and_show_the_rest(visitor: Client) -> None:
    page = Page(visitor.get("/?type=necklace&metal_colour=rose"))
    assert "No piece has all of these." in page.text("p")
    assert "0 pieces" in page.text("p")
    assert len(names(page)) == 4
    assert faults(page) == []


@pytest.mark.usefixtures("window")
def test_an_unknown_value_is_refused_with_the_nearest_ones(visitor: Client) -> None:
    response = visitor.get("/?metal=goldd1")
    assert response.status_code == 400
    assert "gold" in Page(response).text("p")
    assert len(names(Page(response))) == 4
    assert faults(Page(response)) == []


@pytest.mark.usefixtures("window")
def test_a_price_that_is_no_range_is_refused(visitor: Client) -> None:
    response = visitor.get("/?price=cheap")
    assert response.status_code == 400
    assert "200-500" in Page(response).text("p")


@pytest.mark.usefixtures("window")
def test_campaign_tags_and_odd_pages_are_passed_over(visitor: Client) -> None:
    assert visitor.get("/?utm_source=mail&page=x&sort=odd").status_code == 200
    assert visitor.get("/?page=٣").status_code in (200, 404)


@pytest.mark.usefixtures("window")
def test_only_the_plain_window_is_for_search_engines(visitor: Client) -> None:
    assert Page(visitor.get("/")).all("meta", name="robots") == []
    assert Page(visitor.get("/?type=ring")).all("meta", name="robots", content="noindex, follow")


def test_more_than_eight_values_fold_away(visitor: Client) -> None:
    metals = ("gold", "silver", "platinum", "palladium", "brass", "copper", "titanium", "bronze", "aluminium", "pewter")
    for number, metal in enumerate(metals):
        put(f"M-{number}", f"Piece {number}", metal=metal)
    page = Page(visitor.get("/"))
    assert "2 more" in page.text("summary")
    assert "open" not in page.all("details", **{"class": "rest"})[0]
    chosen = Page(visitor.get("/?metal=silver"))
    assert "open" in chosen.all("details", **{"class": "rest"})[0]
