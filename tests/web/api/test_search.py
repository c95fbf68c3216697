"""GET and POST /api/v1/search."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.web.api.calls import Make, codes, error, upload_of

URL = "/api/v1/search"

pytestmark = pytest.mark.usefixtures("rings")


def test_a_picture_finds_its_own_product_first(public: Client, picture: Make) -> None:
    page = public.post(URL, {"image": upload_of(picture(2))}).json()
    first = page["items"][0]
    assert first["product"]["style_code"] == "E/3"
    assert first["similarity"] == pytest.approx(1, abs=0.01)
    assert first["photo"]["id"] == first["product"]["photos"][0]["id"]
    assert page["total"] == 3
    assert {"encode", "index"} <= page["timings"].keys()


def test_filters_hold_inside_a_search_by_picture(public: Client, picture: Make) -> None:
    response = public.post(URL, {"image": upload_of(picture(2)), "type": "ring", "metal_colour": ["rose", "yellow"]})
    assert sorted(codes(response)) == ["R-1", "R-2"]


def test_words_become_filters_that_are_shown(public: Client) -> None:
    page = public.get(URL, {"q": "rose gold ring under 300"}).json()
    assert [item["product"]["style_code"] for item in page["items"]] == ["R-1"]
    wishes = {wish["attribute"]: wish["values"] for wish in page["understood"]["filters"]}
    assert wishes["type"] == ["ring"]
    assert page["understood"]["price_high"] == "300"
    assert page["relaxed"] is False


def test_words_and_picture_work_together(public: Client, picture: Make) -> None:
    assert codes(public.post(URL, {"image": upload_of(picture(2)), "q": "yellow gold ring"})) == ["R-2"]


def test_wishes_that_nothing_meets_are_relaxed_and_said_so(public: Client) -> None:
    assert public.get(URL, {"q": "white gold ring"}).json()["relaxed"] is True


def test_an_exact_style_code_comes_first(public: Client) -> None:
    assert codes(public.get(URL, {"q": "e/3"}))[0] == "E/3"


def test_results_without_a_picture_have_no_similarity(public: Client) -> None:
    assert [item["similarity"] for item in public.get(URL).json()["items"]] == [None] * 3


def test_results_are_paged(public: Client, picture: Make) -> None:
    whole = codes(public.post(URL, {"image": upload_of(picture(0))}))
    pages = [codes(public.post(URL, {"image": upload_of(picture(0)), "limit": 1, "offset": n})) for n in range(3)]
    assert [code for page in pages for code in page] == whole


def test_paging_past_the_window_says_so(public: Client) -> None:
    assert "1000" in error(public.get(URL, {"offset": 1000}), 422)["message"]


def test_a_post_with_nothing_to_search_for_says_what_to_send(public: Client) -> None:
    assert "image" in error(public.post(URL, {}), 422)["message"]
    assert "image" in error(public.post(URL, {"q": "x"}, content_type="application/json"), 422)["message"]


@pytest.mark.parametrize(
    ("data", "code"),
    [(b"", "empty"), (b"\x00" * 500, "not_an_image"), (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "vector_graphic")],
)
def test_a_file_that_is_no_picture_is_refused_with_its_reason(public: Client, data: bytes, code: str) -> None:
    assert error(public.post(URL, {"image": upload_of(data)}), 422)["code"] == code


def test_an_image_sent_as_text_is_not_taken_for_a_filter(public: Client) -> None:
    assert "image" in error(public.post(URL, {"image": "path.jpg"}), 422)["message"]


def test_unknown_filter_values_name_the_nearest(public: Client, picture: Make) -> None:
    response = public.post(URL, {"image": upload_of(picture(0)), "type": "rinng"})
    assert "ring" in error(response, 422)["nearest"]


@pytest.mark.parametrize("q", ["\x00", "a" * 1001])
def test_words_that_cannot_be_searched_for_are_refused(public: Client, q: str) -> None:
    assert error(public.get(URL, {"q": q}), 422)["field"] == "q"


@pytest.mark.parametrize(
    "q", ["%", "'", '"', "a OR b", "NEAR(", "*", "under 99999999999999999999999999", "💍", "under 1e999", "-" * 900]
)
def test_no_words_break_the_search(public: Client, q: str) -> None:
    assert public.get(URL, {"q": q}).status_code == 200


def test_a_filter_with_a_nul_character_is_refused(public: Client) -> None:
    assert "NUL" in error(public.get(URL, {"brand": "a\x00b"}), 422)["message"]


def test_very_many_filter_values_are_refused(public: Client) -> None:
    assert "100" in error(public.get(URL, {"brand": [str(n) for n in range(101)]}), 422)["message"]
