"""What was seen on pictures: overlays and suggestions on a piece's page, choosing a piece to search with, verdicts."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import numpy as np
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from parure.search.verdict import load_verdicts
from parure.vision.overlay import PART_COLOURS
from parure.web import storefront
from parure.web.catalogue import runtime as runtime_module
from parure.web.catalogue.masks import NAMES
from tests.analyser import GOLD, ROSE, RUBY, SAPPHIRE, piece_picture
from tests.search.test_verdict import written
from tests.web.looking import give, png, use, work
from tests.web.storefront.markup import Page, faults

BOTH = png(piece_picture((GOLD, SAPPHIRE), (ROSE, RUBY)))


@pytest.fixture
def looked(shop: Path) -> Iterator[int]:
    """A-1 gold with ruby (a pendant, says the sheet), A-2 gold with sapphire, A-3 rose with ruby; A-1's photo."""
    use()
    first = give("A-1", piece_picture((GOLD, RUBY)), type="pendant")
    give("A-2", piece_picture((GOLD, SAPPHIRE)))
    give("A-3", piece_picture((ROSE, RUBY)), type="ring")
    work()
    return first.pk


def asked_with(visitor: Client, data: bytes = BOTH) -> str:
    """The address of a search with this picture."""
    return str(visitor.post("/search", {"image": SimpleUploadedFile("q.png", data, "image/png")}).headers["Location"])


def names(page: Page) -> list[str]:
    """Style codes of the pieces, in order."""
    return [text for tag, text in page.texts if tag == "span" and text in {"A-1", "A-2", "A-3"}]


def test_the_overlay_lies_where_the_piece_is_and_waits_to_be_shown(visitor: Client, looked: int) -> None:
    page = Page(visitor.get("/p/A-1"))
    assert faults(page) == []
    (layer,) = page.all("svg", viewbox="0 0 96 96")
    assert layer["data-photo"] == str(looked)
    assert "hidden" in layer
    (mask,) = page.all("image")
    assert mask["data-src"] == f"/photos/{looked}/parts/0.png"
    assert [mask[side] for side in ("x", "y", "width", "height")] == ["16.0", "16.0", "64.0", "64.0"]
    assert {held["data-part"] for held in page.all("span") if "data-part" in held} == {"metal", "centre_stone"}
    assert "hidden" in page.all("button", type="button")[0], "without scripts there is nothing to press"


def test_the_mask_is_a_picture_in_the_parts_colours(visitor: Client, looked: int) -> None:
    response = visitor.get(f"/photos/{looked}/parts/0.png")
    assert response.headers["Content-Type"] == "image/png"
    with Image.open(io.BytesIO(response.content)) as image:
        assert image.mode == "RGBA"
        assert len({colour for _, colour in image.getcolors() or []}) == 2
    again = visitor.get(f"/photos/{looked}/parts/0.png", headers={"If-None-Match": response.headers["ETag"]})
    assert again.status_code == 304
    assert visitor.get(f"/photos/{looked}/parts/7.png").status_code == 404
    assert visitor.get("/photos/999/parts/0.png").status_code == 404


def test_the_legend_has_the_colours_of_the_masks() -> None:
    css = (Path(storefront.__file__).parent / "static" / "parure" / "seen.css").read_text()
    for part, colour in PART_COLOURS.items():
        assert f'[data-part="{part.name.lower()}"] {{ background: #{bytes(colour).hex()}; }}' in css
    assert PART_COLOURS.keys() == NAMES.keys()


@pytest.mark.usefixtures("looked")
def test_values_from_the_photo_show_how_sure_they_are_and_contradictions_are_suggestions(visitor: Client) -> None:
    text = Page(visitor.get("/p/A-1")).text()
    assert "Metal colour Yellow the photo, 90 % sure" in text
    assert "Type Pendant the import sheet" in text
    assert "Type? Ring suggested by the photo, 90 % sure" in text
    assert "suggested" not in Page(visitor.get("/p/A-3")).text(), "who agrees suggests nothing"


@pytest.mark.usefixtures("looked")
def test_a_piece_without_an_analysis_has_no_overlay(visitor: Client) -> None:
    give("A-9", piece_picture((GOLD, GOLD)))
    page = Page(visitor.get("/p/A-9"))
    assert faults(page) == []
    assert page.all("svg", **{"class": "overlay"}) == []


@pytest.mark.usefixtures("looked")
def test_each_piece_of_the_picture_can_be_searched_with_in_turn(visitor: Client) -> None:
    page = Page(visitor.get(asked_with(visitor)))
    assert faults(page) == []
    assert "2 pieces found" in page.text("p")
    assert names(page)[0] == "A-2"
    first, second = page.by_id("piece-0"), page.by_id("piece-1")
    assert "aria-current" in first
    other = Page(visitor.get(second["href"]))
    assert names(other)[0] == "A-3"
    assert "aria-current" in other.by_id("piece-1")
    assert names(Page(visitor.get(other.by_id("piece-0")["href"])))[0] == "A-2"


@pytest.mark.usefixtures("looked")
def test_a_drawn_region_is_searched_with_and_shown_again(visitor: Client) -> None:
    page = Page(visitor.get(asked_with(visitor)))
    (element,) = page.all("seen-pieces")
    drawn = Page(visitor.get(element["data-draw-url"] + "0.5,0,0.5,1"))
    assert names(drawn)[0] == "A-3"
    (region,) = [held for held in drawn.all("rect") if "data-region" in held]
    assert (region["x"], region["width"]) == ("96.0", "96.0")
    assert "aria-current" not in drawn.by_id("piece-0")


@pytest.mark.usefixtures("looked")
def test_sliders_weigh_the_parts_and_keep_their_place(visitor: Client) -> None:
    address = asked_with(visitor, png(piece_picture((GOLD, RUBY))))
    page = Page(visitor.get(address))
    assert [page.by_id(f"by_{part}")["value"] for part in ("overall", "setting", "stones")] == ["1", "0", "0"]
    weighed = Page(visitor.get(f"{address}&by_overall=0&by_setting=0&by_stones=2"))
    assert set(names(weighed)[:2]) == {"A-1", "A-3"}
    assert weighed.by_id("by_stones")["value"] == "2"
    kept = parse_qs(urlsplit(weighed.by_id("piece-0")["href"]).query)
    assert kept["by_stones"] == ["2"]
    for nonsense in ("by_overall=0", "by_stones=nan", "by_setting=x", "box=1,2", "box=9,9,0,0", "piece=77", "piece=x"):
        response = visitor.get(f"{address}&{nonsense}")
        assert response.status_code in (200, 400), nonsense
        assert faults(Page(response)) == []


@pytest.mark.usefixtures("looked")
def test_another_picture_forgets_what_was_chosen_on_the_former_one(visitor: Client) -> None:
    address = asked_with(visitor) + "&piece=1&by_stones=2"
    page = Page(visitor.get(address))
    assert page.by_id("chip-picture")["href"] == "/"
    (form,) = page.all("form", id="picture-form")
    hidden = {held["name"] for held in page.all("input", type="hidden")}
    assert form
    assert {"piece", "by_stones"} <= hidden, "refining by words keeps them"
    again = visitor.post("/search", {"image": SimpleUploadedFile("q.png", BOTH, "image/png"), "piece": "1"})
    assert "piece" not in parse_qs(urlsplit(again.headers["Location"]).query)


def test_an_encoder_without_pieces_lets_a_region_be_drawn(visitor: Client, shop: Path) -> None:
    give("A-1", piece_picture((GOLD, RUBY)))
    work()
    page = Page(visitor.get(asked_with(visitor)))
    assert page.all("seen-pieces")
    assert not page.all("input", type="range")
    assert "found on your picture" not in page.text("p")


@pytest.mark.usefixtures("looked")
def test_a_verdict_is_told_on_the_card_when_a_model_is_there(
    visitor: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = asked_with(visitor, png(piece_picture((GOLD, RUBY))))
    assert not Page(visitor.get(address)).all("span", **{"class": "verdict"})
    fitted = load_verdicts("columns-1", written(tmp_path / "verdict.json"))
    monkeypatch.setattr(runtime_module, "load_verdicts", lambda encoder: fitted)
    runtime_module.runtime()._engines.clear()
    page = Page(visitor.get(address))
    assert len(page.all("span", **{"class": "verdict"})) == 1
    assert "Same piece, 9" in page.text("span")


@pytest.mark.usefixtures("looked")
def test_a_small_piece_on_a_large_picture_is_found_and_read_large(visitor: Client) -> None:
    screen = np.full((1600, 800, 3), 255, np.uint8)
    screen[700:796, 300:396] = piece_picture((ROSE, RUBY))
    page = Page(visitor.get(asked_with(visitor, png(screen))))
    assert names(page)[0] == "A-3"
    assert "One piece found" in page.text("p")
    (shown,) = [held for held in page.all("img") if held["src"].startswith("/queries/")]
    assert shown["height"] == "1152", "twice what photos of the catalogue are read at"
