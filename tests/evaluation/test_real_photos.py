from __future__ import annotations

import json
from pathlib import Path

import pytest

from parure.errors import IntakeError
from parure.evaluation.real_photos import half_of, in_half, read_real_photos, stated_metal_colour
from tests.evaluation.made import photos_in

REAL = Path(__file__).parents[3] / "shared" / "data" / "real"


@pytest.mark.parametrize(
    ("text", "colour"),
    [
        ("18k rose gold ring", "rose"),
        ("a sterling silver cuff", "white"),
        ("14k gray gold and baguette white diamond", "white"),
        ("a gold band", "yellow"),
        ("white gold ring with a small diamond", "white"),
        ("silver and gold hoops", ""),
        ("stainless steel bracelet", ""),
        ("a ring with a green stone", ""),
        ("", ""),
    ],
)
def test_the_metal_colour_is_what_the_text_says_alone(text: str, colour: str) -> None:
    assert stated_metal_colour(text) == colour


def test_a_photo_carries_what_its_source_says(tmp_path: Path) -> None:
    photos = read_real_photos(photos_in(tmp_path))
    first = photos[1]
    assert (first.path, first.source, first.product) == (tmp_path / "0-0.png", "a/shop", "p0")
    assert (first.type, first.metal_colour, len(first.boxes)) == ("earring", "yellow", 1)


def test_text_that_its_source_calls_invented_says_nothing(tmp_path: Path) -> None:
    row = {"file": "a.jpg", "source_repo": "x", "description": "a gold ring", "text_provenance": "invented demo text"}
    (tmp_path / "manifest.jsonl").write_text(json.dumps(row), encoding="utf-8")
    assert read_real_photos(tmp_path)[0].metal_colour == ""


@pytest.mark.parametrize(
    "line", ["[]", "{", '{"file": "a.jpg"}', '{"file": "a.jpg", "source_repo": "x", "boxes_from_mask": [{}]}']
)
def test_a_wrong_line_is_named(tmp_path: Path, line: str) -> None:
    (tmp_path / "manifest.jsonl").write_text("\n" + line, encoding="utf-8")
    with pytest.raises(IntakeError, match=r"manifest\.jsonl, line 2"):
        read_real_photos(tmp_path)


def test_a_source_is_in_one_half_only(tmp_path: Path) -> None:
    photos = read_real_photos(photos_in(tmp_path))
    for photo in photos:
        assert in_half(photo, "all")
        assert [half for half in ("choose", "report") if in_half(photo, half)] == [half_of(photo.source)]


def test_many_sources_fall_into_both_halves() -> None:
    halves = [half_of(f"owner{number}/shop") for number in range(200)]
    assert 70 < halves.count("choose") < 130


@pytest.mark.real_data
@pytest.mark.skipif(not REAL.is_dir(), reason="the development photos are not beside the repository")
def test_both_halves_of_the_development_photos_can_be_asked() -> None:
    photos = read_real_photos(REAL)
    for half in ("choose", "report"):
        mine = [photo for photo in photos if in_half(photo, half)]
        assert {"ring", "earring", "necklace", "bracelet"} <= {photo.type for photo in mine}
        assert {photo.metal_colour for photo in mine} == {"", "yellow", "white", "rose"}
