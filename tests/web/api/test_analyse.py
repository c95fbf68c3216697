"""POST /api/v1/analyse, the analysis of a stored photo, and searching by piece, region, parts; verdicts."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from parure.search.verdict import load_verdicts
from parure.web.catalogue import runtime as runtime_module
from parure.web.catalogue.sights import part_mask
from tests.analyser import GOLD, ROSE, RUBY, SAPPHIRE, piece_picture
from tests.search.test_verdict import written
from tests.web.api.calls import codes, error, upload_of
from tests.web.looking import give, png, use, work

BOTH = png(piece_picture((GOLD, SAPPHIRE), (ROSE, RUBY)))
GOLD_RUBY = png(piece_picture((GOLD, RUBY)))


@pytest.fixture
def looked(shop: Path) -> Iterator[list[int]]:
    """A-1 gold with ruby, A-2 gold with sapphire, A-3 rose with ruby; the values are the photos' numbers."""
    use()
    looks = ((GOLD, RUBY), (GOLD, SAPPHIRE), (ROSE, RUBY))
    numbers = [give(f"A-{place}", piece_picture(look)).pk for place, look in enumerate(looks, start=1)]
    work()
    return numbers


def analyse(client: Client, data: bytes, **fields: Any) -> Any:
    return client.post("/api/v1/analyse", {"image": upload_of(data), **fields})


def search(client: Client, data: bytes, **fields: Any) -> Any:
    return client.post("/api/v1/search", {"image": upload_of(data), **fields})


@pytest.mark.usefixtures("looked")
def test_pieces_are_told_with_boxes_attributes_and_parts(public: Client) -> None:
    body = analyse(public, BOTH).json()
    assert body["encoder"] == "columns-1"
    first, second = body["pieces"]
    assert [first["piece"], second["piece"]] == [0, 1]
    assert (first["type"], first["label"], first["score"]) == ("ring", "Ring", 0.95)
    assert first["box"]["x"] < 0.5 < second["box"]["x"]
    metal = next(held for held in first["attributes"] if held["attribute"] == "metal_colour")
    assert (metal["value"], metal["probability"]) == ("yellow", 0.9)
    assert metal["others"] == [{"value": "rose", "label": "Rose", "probability": 0.05}]
    assert first["parts"].keys() == {"metal", "centre_stone"}
    assert sum(first["parts"].values()) == pytest.approx(1, abs=1e-3)
    assert first["mask"] is None


@pytest.mark.usefixtures("looked")
def test_a_mask_comes_when_it_is_asked_for(public: Client) -> None:
    first, _ = analyse(public, BOTH, mask="true").json()["pieces"]
    kind, _, data = first["mask"].partition(",")
    assert kind == "data:image/png;base64"
    assert set(part_mask(base64.b64decode(data)).ravel().tolist()) == {1, 3}


def test_a_photo_tells_what_was_seen_on_it(public: Client, looked: list[int]) -> None:
    body = public.get(f"/api/v1/photos/{looked[0]}").json()
    assert body["analysis"]["encoder"] == "columns-1"
    assert [piece["type"] for piece in body["analysis"]["pieces"]] == ["ring"]


@pytest.mark.usefixtures("looked")
def test_another_piece_or_a_region_can_be_searched_with(public: Client) -> None:
    assert codes(search(public, BOTH))[0] == "A-2"
    assert codes(search(public, BOTH, piece="1"))[0] == "A-3"
    assert codes(search(public, BOTH, box="0.5,0,0.5,1"))[0] == "A-3"
    first = public.post("/api/v1/match", {"image": upload_of(BOTH), "piece": "1"}).json()["matches"][0]
    assert first["product"]["style_code"] == "A-3"


@pytest.mark.usefixtures("looked")
def test_weights_count_in_search_and_in_similar(public: Client) -> None:
    assert set(codes(search(public, GOLD_RUBY, weights="overall:0.1,stones:1"))[:2]) == {"A-1", "A-3"}
    assert codes(public.get("/api/v1/products/A-1/similar", {"weights": "stones:1"})) == ["A-3", "A-2"]
    assert codes(public.get("/api/v1/products/A-1/similar", {"weights": "setting:1"})) == ["A-2", "A-3"]


@pytest.mark.usefixtures("looked")
def test_verdicts_come_with_a_fitted_model_only(
    public: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert all(item["verdict"] is None for item in search(public, GOLD_RUBY).json()["items"])
    fitted = load_verdicts("columns-1", written(tmp_path / "verdict.json"))
    monkeypatch.setattr(runtime_module, "load_verdicts", lambda encoder: fitted)
    runtime_module.runtime()._engines.clear()
    first = search(public, GOLD_RUBY).json()["items"][0]["verdict"]
    assert (first["kind"], first["words"].partition(",")[0]) == ("identical", "Same picture")
    assert sum(first["probabilities"].values()) == pytest.approx(1)
    match = public.post("/api/v1/match", {"image": upload_of(GOLD_RUBY)}).json()["matches"][0]
    assert match["verdict"] == first
    assert all(item["verdict"] is None for item in public.get("/api/v1/search?q=ring").json()["items"])


@pytest.mark.usefixtures("looked")
@pytest.mark.parametrize(
    "fields",
    [
        {"box": "1,2,3"},
        {"box": "a,b,c,d"},
        {"box": "0,0,-1,1"},
        {"box": "2,2,1,1"},
        {"box": "0,0,1,1", "piece": "0"},
        {"piece": "2"},
        {"piece": "-1"},
        {"weights": "gem:1"},
        {"weights": "overall:0"},
        {"weights": "stones:1,stones:2"},
    ],
)
def test_what_cannot_be_meant_is_refused(public: Client, fields: dict[str, str]) -> None:
    error(search(public, BOTH, **fields), 422)


def test_an_encoder_without_pieces_says_so(public: Client) -> None:
    assert "finds no pieces" in error(analyse(public, GOLD_RUBY), 422)["message"]
    error(analyse(public, b"no picture"), 422)
