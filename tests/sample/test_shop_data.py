from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest
from PIL import Image

from parure.sample import shop_path
from parure.taxonomy import load

ATTRIBUTES = (
    "type",
    "metal",
    "metal_colour",
    "main_stone",
    "main_stone_cut",
    "setting",
    "style",
    "motif",
    "gender",
    "chain_type",
    "closure",
)
MEGABYTE = 1_000_000


@pytest.fixture(scope="module")
def rows() -> list[dict[str, str]]:
    with (shop_path() / "products.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def photos_of(row: dict[str, str]) -> list[Path]:
    return [shop_path() / "photos" / name for name in row["photos"].split(";")]


def test_the_shop_has_sixty_pieces_or_more_with_three_views_each(rows: list[dict[str, str]]) -> None:
    assert len(rows) >= 60
    assert min(len(photos_of(row)) for row in rows) >= 3


def test_codes_titles_and_descriptions_are_each_used_once(rows: list[dict[str, str]]) -> None:
    for column in ("style_code", "title", "description"):
        values = [row[column] for row in rows]
        assert len(values) == len(set(values)), column
    assert all(re.fullmatch(r"PR-\d{4}", row["style_code"]) for row in rows)


def test_every_photo_of_the_sheet_is_there_and_no_other_file(rows: list[dict[str, str]]) -> None:
    listed = [photo for row in rows for photo in photos_of(row)]
    assert len(listed) == len(set(listed))
    assert set((shop_path() / "photos").iterdir()) == set(listed)
    assert {path.name for path in shop_path().iterdir()} == {"photos", "products.csv"}


def test_every_photo_decodes_to_a_512_pixel_square_with_something_in_it(rows: list[dict[str, str]]) -> None:
    for row in rows:
        for path in photos_of(row):
            with Image.open(path) as picture:
                pixels = picture.convert("L")
            assert pixels.size == (512, 512), path.name
            darkest, lightest = pixels.getextrema()
            assert isinstance(darkest, int)
            assert isinstance(lightest, int)
            assert lightest - darkest > 60, path.name


def test_no_two_photos_are_the_same_file(rows: list[dict[str, str]]) -> None:
    contents = [path.read_bytes() for row in rows for path in photos_of(row)]
    assert len(contents) == len(set(contents))


def test_the_whole_shop_fits_in_eight_megabytes() -> None:
    assert sum(path.stat().st_size for path in shop_path().rglob("*") if path.is_file()) <= 8 * MEGABYTE


def test_every_attribute_value_is_in_the_vocabulary(rows: list[dict[str, str]]) -> None:
    taxonomy = load()
    for row in rows:
        for attribute in ATTRIBUTES:
            if row[attribute]:
                assert taxonomy.value(attribute, row[attribute]).id == row[attribute]


def test_every_piece_states_its_type_metal_stone_style_and_price(rows: list[dict[str, str]]) -> None:
    for row in rows:
        assert all(
            row[column] for column in ("type", "metal", "metal_colour", "main_stone", "style", "gender", "collection")
        )
        assert float(row["price"]) > 0
        assert row["currency"] == "EUR"
        assert (row["main_stone"] == "none") == (row["main_stone_cut"] == ""), row["style_code"]


def test_words_agree_with_the_sheet(rows: list[dict[str, str]]) -> None:
    """A title that names a gold colour or metal names the one of its row."""
    named = {"yellow gold": ("gold", "yellow"), "white gold": ("gold", "white"), "rose gold": ("gold", "rose")}
    named |= {"platinum": ("platinum", "white"), "silver": ("silver", "white")}
    for row in rows:
        for words, expected in named.items():
            if words in row["title"].lower():
                assert (row["metal"], row["metal_colour"]) == expected, row["title"]


def test_the_shop_shows_many_kinds_metals_and_stones(rows: list[dict[str, str]]) -> None:
    kinds = {attribute: {row[attribute] for row in rows} for attribute in ATTRIBUTES}
    assert len(kinds["type"]) >= 20
    assert len(kinds["main_stone"]) >= 12
    assert len(kinds["main_stone_cut"]) >= 8
    assert kinds["metal_colour"] >= {"yellow", "white", "rose"}


def test_descriptions_read_as_sentences(rows: list[dict[str, str]]) -> None:
    for row in rows:
        text = row["description"]
        assert 60 <= len(text) <= 260, row["style_code"]
        assert text.endswith(".")
        assert text[0].isupper()
        assert "  " not in text
