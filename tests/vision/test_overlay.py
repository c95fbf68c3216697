from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from PIL import Image

from parure.regions import Box, PartClass
from parure.vision import Pixels
from parure.vision.analysis import WHOLE, Analysis, Detection, Reading, SeenPiece
from parure.vision.overlay import LARGEST, PART_COLOURS, SMALLEST, draw_analysis


def piece(parts: PartClass, *, box: Box = WHOLE, crop: Box = WHOLE) -> SeenPiece:
    reading = Reading(np.ones(1, np.float32), (), np.full((40, 40), parts, np.uint8), {})
    return SeenPiece(Detection(box, "ring", 0.9), crop, reading)


def drawn(ground: int, *pieces: SeenPiece, side: int = 640) -> Pixels:
    pixels = np.full((side, side, 3), ground, np.uint8)
    picture = draw_analysis(pixels, Analysis(pieces), [f"piece {number}" for number, _ in enumerate(pieces)])
    return np.asarray(picture)


@pytest.mark.parametrize("ground", [0, 255])
def test_boxes_show_on_white_and_on_black(ground: int) -> None:
    """Along each side of the box there are both a light and a dark line."""
    box = Box(0.25, 0.25, 0.5, 0.5)
    picture = drawn(ground, piece(PartClass.BACKGROUND, box=box))
    across = picture[320, 150:180].mean(axis=-1)
    assert across.min() < 60
    assert across.max() > 220
    assert (picture[320, 200:440] == ground).all()


def test_parts_are_tinted_where_the_crop_lies_and_nowhere_else() -> None:
    picture = drawn(255, piece(PartClass.PEARL, crop=Box(0.5, 0.5, 0.25, 0.25), box=Box(0, 0, 0.1, 0.1)))
    inside, outside = picture[400, 400], picture[300, 300]
    assert tuple(outside) == (255, 255, 255)
    np.testing.assert_allclose(inside, (np.array(PART_COLOURS[PartClass.PEARL]) + 255) / 2, atol=2)


def test_where_crops_overlap_the_main_piece_is_tinted() -> None:
    main = piece(PartClass.METAL, crop=Box(0.25, 0.25, 0.5, 0.5))
    picture = drawn(255, main, piece(PartClass.CHAIN))
    np.testing.assert_allclose(picture[320, 320], (np.array(PART_COLOURS[PartClass.METAL]) + 255) / 2, atol=2)
    np.testing.assert_allclose(picture[100, 320], (np.array(PART_COLOURS[PartClass.CHAIN]) + 255) / 2, atol=2)


def test_the_legend_grows_with_pieces_and_parts_and_stays_on_the_picture() -> None:
    one = drawn(128, piece(PartClass.BACKGROUND))
    two = drawn(128, piece(PartClass.METAL), piece(PartClass.BACKGROUND))
    assert one.shape[1] == two.shape[1] == 640
    assert 640 < one.shape[0] < two.shape[0]
    assert (two[640:] != 255).any()


def test_a_caption_too_long_is_cut_and_not_run_over_the_edge() -> None:
    pixels = np.full((640, 320, 3), 255, np.uint8)
    picture = draw_analysis(pixels, Analysis((piece(PartClass.BACKGROUND),)), ["a very long line of words " * 9])
    assert (np.asarray(picture)[640:, -6:] == 255).all()


@pytest.mark.parametrize(
    ("size", "longest"), [((40, 30), SMALLEST), ((1000, 700), 1000), ((100, 4000), LARGEST), ((1, 1), SMALLEST)]
)
def test_small_photos_are_enlarged_and_large_ones_shrunk(size: tuple[int, int], longest: int) -> None:
    pixels = np.zeros((size[1], size[0], 3), np.uint8)
    picture = draw_analysis(pixels, Analysis((piece(PartClass.METAL, box=Box(0.5, 0.5, 0, 0)),)), ["ring"])
    legend = picture.height - round(size[1] * longest / max(size))
    assert legend > 0
    assert max(picture.width, picture.height - legend) == longest


def test_the_colours_of_parts_are_told_apart_with_red_green_blindness_too() -> None:
    """Seen through a common simulation of deuteranopia (Vienot and others 1999, on linear light)."""
    seen = np.array([_deuteranope(colour) for colour in PART_COLOURS.values()])
    assert set(PART_COLOURS) == set(PartClass) - {PartClass.BACKGROUND}
    assert min(np.linalg.norm(a - b) for a, b in combinations(seen, 2)) > 25


def _deuteranope(colour: tuple[int, int, int]) -> np.ndarray:
    red, green, blue = (np.array(colour) / 255) ** 2.2
    mixed = 0.29275 * red + 0.70725 * green
    linear = np.array([mixed, mixed, -0.02234 * red + 0.02234 * green + blue])
    return np.asarray(np.clip(linear, 0, 1) ** (1 / 2.2) * 255)


def test_the_photo_itself_is_not_drawn_on() -> None:
    pixels = np.full((640, 640, 3), 9, np.uint8)
    draw_analysis(pixels, Analysis((piece(PartClass.METAL),)), ["ring"])
    assert (pixels == 9).all()
    assert Image.fromarray(pixels).size == (640, 640)
