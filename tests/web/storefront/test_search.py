"""Searching by words and by picture, each with an address that can be reloaded, paged and narrowed."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from parure.web.storefront import pictures
from tests.web.storefront.markup import Page, faults
from tests.web.storefront.test_browse import names

Make = Callable[..., bytes]


def upload(data: bytes, name: str = "photo.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data, "image/jpeg")


@pytest.mark.usefixtures("window")
def test_words_become_wishes_that_are_shown(visitor: Client) -> None:
    page = Page(visitor.get("/search", {"q": "rose ring under 300"}))
    assert names(page) == ["Rose ring"]
    for wish in ("Type: ring", "under 300"):
        assert wish in page.text("span")
    assert faults(page) == []


@pytest.mark.usefixtures("window")
def test_a_wish_read_from_the_words_can_be_taken_back(visitor: Client) -> None:
    page = Page(visitor.get("/search", {"q": "ring under 300"}))
    (less,) = {held["href"] for held in page.all("a") if held.get("id") == "chip-2"}
    assert less == "/search?q=ring"
    assert names(Page(visitor.get(less))) == ["Yellow ring", "Rose ring"]


@pytest.mark.usefixtures("window")
def test_of_words_that_say_two_things_the_other_stays_as_a_choice(visitor: Client) -> None:
    page = Page(visitor.get("/search", {"q": "rose gold hoops"}))
    chips = [held["href"] for held in page.all("a") if held.get("id", "").startswith("chip-")]
    assert "/?metal=gold&type=hoop_earring" in chips


@pytest.mark.usefixtures("window")
def test_what_is_not_wanted_is_left_out(visitor: Client) -> None:
    page = Page(visitor.get("/search", {"q": "ring no diamonds"}))
    assert names(page) == ["Rose ring"]
    assert "not diamond" in page.text("span")


@pytest.mark.usefixtures("window")
def test_wishes_that_nothing_meets_show_the_nearest_and_say_so(visitor: Client) -> None:
    page = Page(visitor.get("/search", {"q": "platinum brooch butterfly"}))
    assert "Given up: type, metal" in page.text("p")
    assert names(page)[0] == "Silver necklace"


@pytest.mark.usefixtures("window")
def test_words_without_a_match_say_so(visitor: Client) -> None:
    response = visitor.get("/search", {"q": "qwertzuiop"})
    page = Page(response)
    assert response.status_code == 200
    assert "Nothing here fits" in page.text("p")
    assert "0 pieces" in page.text("p")
    assert len(names(page)) == 4
    assert faults(page) == []


@pytest.mark.usefixtures("window")
def test_a_style_code_finds_its_piece_first(visitor: Client) -> None:
    assert names(Page(visitor.get("/search", {"q": "r-2"})))[0] == "Yellow ring"


@pytest.mark.usefixtures("window")
def test_words_that_are_all_wishes_can_be_ordered(visitor: Client) -> None:
    page = Page(visitor.get("/search", {"q": "gold", "sort": "price-down"}))
    assert names(page) == ["Yellow ring", "Rose ring", "Rose hoops"]


@pytest.mark.usefixtures("window")
def test_a_picture_leads_to_an_address_of_its_own(visitor: Client, picture: Make) -> None:
    response = visitor.post("/search", {"image": upload(picture(1))})
    assert response.status_code == 302
    assert re.fullmatch(r"/search\?image=[0-9a-f]{64}", response.headers["Location"])
    page = Page(visitor.get(response.headers["Location"]))
    assert names(page)[0] == "Rose ring"
    assert float(re.findall(r"\d\.\d\d", page.text("span"))[0]) >= 0.98
    assert faults(page) == []


@pytest.mark.usefixtures("window")
def test_a_picture_search_can_be_narrowed_and_the_picture_shown_and_removed(visitor: Client, picture: Make) -> None:
    response = visitor.post("/search", {"image": upload(picture(1)), "metal": "silver", "q": "necklace"})
    address = response.headers["Location"]
    page = Page(visitor.get(address))
    assert names(page) == ["Silver necklace"]
    assert page.by_id("chip-picture")["href"] == "/search?q=necklace&metal=silver"
    (shown,) = (held["src"] for held in page.all("img") if held["src"].startswith("/queries/"))
    kept = visitor.get(shown)
    assert kept.headers["Content-Type"] == "image/webp"
    assert kept.content[8:12] == b"WEBP"


@pytest.mark.parametrize(
    ("data", "status", "said"),
    [
        (b"", 400, "empty"),
        (b"not a picture at all", 415, "picture"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", 415, ""),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", 400, ""),
    ],
)
@pytest.mark.usefixtures("window")
def test_a_file_that_is_no_picture_is_refused_in_words_on_the_page(
    visitor: Client, data: bytes, status: int, said: str
) -> None:
    response = visitor.post("/search", {"image": upload(data), "q": "ring"})
    page = Page(response)
    assert response.status_code == status
    assert page.all("div", role="alert")
    assert said in page.text("p")
    assert page.by_id("q")["value"] == "ring"
    assert faults(page) == []


@pytest.mark.usefixtures("window")
def test_sending_no_picture_asks_for_one(visitor: Client) -> None:
    response = visitor.post("/search", {})
    assert response.status_code == 400
    assert "Choose a picture" in Page(response).text("p")


@pytest.mark.usefixtures("window")
@pytest.mark.parametrize("key", ["0" * 64, "../../secret", "x"])
def test_a_picture_that_is_not_kept_is_asked_for_again(visitor: Client, key: str) -> None:
    response = visitor.get("/search", {"image": key, "q": "ring"})
    assert response.status_code == 404
    assert "Choose it once more" in Page(response).text("p")
    assert visitor.get(f"/queries/{'0' * 64}.webp").status_code == 404


def test_a_form_from_another_site_is_refused(shop: Path, picture: Make) -> None:
    strict = Client(SERVER_NAME="localhost", enforce_csrf_checks=True)
    response = strict.post("/search", {"image": upload(picture(1))})
    assert response.status_code == 403
    assert faults(Page(response)) == []


def test_old_query_pictures_go_and_so_do_too_many(shop: Path, picture: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    from parure import images

    monkeypatch.setattr(pictures, "MAX_FILES", 3)
    keys = [pictures.keep(images.decode(picture(seed)).pixels) for seed in range(5)]
    kept = [key for key in keys if pictures.read(key)]
    assert len(kept) == 3
    assert keys[-1] in kept
    monkeypatch.setattr(pictures, "MAX_AGE_S", -60)
    pictures.keep(images.decode(picture(9)).pixels)
    assert list((shop / "queries").iterdir()) == []


def test_a_query_picture_loses_what_the_file_said_beside_its_pixels(shop: Path, picture: Make) -> None:
    from PIL import Image

    from parure import images

    exif = Image.Exif()
    exif[270] = "my home address"
    buffer = io.BytesIO()
    Image.open(io.BytesIO(picture(3))).save(buffer, "JPEG", exif=exif)
    kept = pictures.read(pictures.keep(images.decode(buffer.getvalue()).pixels))
    assert kept is not None
    assert b"home address" in buffer.getvalue()
    assert b"home address" not in kept
