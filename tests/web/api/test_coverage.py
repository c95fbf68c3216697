"""GET /api/v1/coverage, its failures, and trying them again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from django.test import Client

from parure import settings
from parure.web.worker import wakeup
from tests.web.api.calls import JSON, Make, add_photo, error, make_product

URL = "/api/v1/coverage"


@pytest.fixture
def parked(
    author: Client, picture: Make, shop: Path, analyse: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> int:
    """The number of a photo whose original was lost before it was analysed, parked after one try."""
    strict = replace(settings.get(), max_attempts=1)
    monkeypatch.setattr(settings, "get", lambda: strict)
    make_product(author, "A-1")
    photo = add_photo(author, "A-1", picture(1))
    path = next((shop / "originals").rglob("*.jpg"))
    path.rename(shop / "kept.jpg")
    analyse()
    (shop / "kept.jpg").rename(path)
    return int(photo["id"])


def test_coverage_counts_what_is_done_and_what_waits(
    public: Client, author: Client, picture: Make, analyse: Callable[[], None]
) -> None:
    make_product(author, "A-1")
    add_photo(author, "A-1", picture(1))
    before = public.get(URL).json()
    assert (before["photos"], before["analysed"], before["waiting"], before["complete"]) == (1, 0, 1, False)
    analyse()
    after = public.get(URL).json()
    assert (after["analysed"], after["indexed"], after["index_points"], after["complete"]) == (1, 1, 1, True)
    assert after["agrees"]


def test_a_parked_photo_is_listed_with_its_reason(public: Client, parked: int) -> None:
    body = public.get(URL).json()
    assert (body["parked"], body["reasons"]) == (1, {"unreadable": 1})
    failure = public.get(f"{URL}/failures").json()["items"][0]
    assert (failure["photo"], failure["style_code"], failure["reason"]) == (parked, "A-1", "unreadable")
    assert failure["parked"]


@pytest.mark.parametrize("named", [True, False])
def test_a_retry_gives_a_parked_photo_another_chance(
    author: Client, parked: int, analyse: Callable[[], None], named: bool
) -> None:
    rung: list[bool] = []
    end = wakeup.subscribe(lambda: rung.append(True))
    body = {"photos": [parked]} if named else {}
    assert author.post(f"{URL}/retry", body, content_type=JSON).json() == {"retried": 1}
    end()
    assert rung == [True]
    analyse()
    assert author.get(URL).json()["complete"]
    assert author.get(f"{URL}/failures").json()["items"] == []


def test_a_retry_of_other_photos_leaves_this_one_parked(author: Client, parked: int) -> None:
    response = author.post(f"{URL}/retry", {"photos": [parked + 1]}, content_type=JSON)
    assert response.json() == {"retried": 0}
    assert author.get(URL).json()["parked"] == 1


@pytest.mark.parametrize("photos", [["x"], [0], [2**63], "1", [1.5], list(range(1, 1002))])
def test_numbers_that_cannot_be_photos_are_refused(author: Client, photos: object) -> None:
    response = author.post(f"{URL}/retry", {"photos": photos}, content_type=JSON)
    assert error(response, 422)["field"].startswith("photos")


def test_the_number_of_failures_listed_is_bounded(public: Client) -> None:
    assert error(public.get(f"{URL}/failures", {"limit": 1001}), 422)["field"] == "limit"
