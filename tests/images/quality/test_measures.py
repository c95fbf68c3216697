"""Each fault moves its own measure, the stronger the further; odd pictures are measured like others."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from parure.images import Pixels
from parure.images.quality import BACKGROUNDS, MEASURES, measure
from tests.images.quality.drawn import picture_of, ring


def figure(pixels: Pixels, name: str) -> float:
    return measure(picture_of(pixels)).scores[name]


def blurred(sigma: float) -> Pixels:
    return np.asarray(Image.fromarray(ring()).filter(ImageFilter.GaussianBlur(sigma)))


def exposed(stops: float) -> Pixels:
    light = (ring().astype(np.float32) / 255) ** 2.2 * 2.0**stops
    return (np.clip(light, 0, 1) ** (1 / 2.2) * 255).astype(np.uint8)


def test_every_measure_is_told_for_every_picture() -> None:
    measured = measure(picture_of(ring()))
    assert list(measured.scores) == [each.name for each in MEASURES]
    assert all(0 <= value <= 1 for value in measured.scores.values())


def test_backgrounds_share_one_certainty() -> None:
    scores = measure(picture_of(ring())).scores
    assert sum(scores[name] for name in BACKGROUNDS) == pytest.approx(1, abs=0.001)


def test_the_piece_is_found_where_it_is() -> None:
    found = measure(picture_of(ring(at=(0.4, 0.6), reach=0.2))).piece
    assert found == pytest.approx((0.2, 0.36, 0.4, 0.44), abs=0.02)


def test_blur_lowers_sharpness_step_by_step() -> None:
    figures = [figure(blurred(sigma), "sharpness") for sigma in (0.0, 1.0, 2.0, 4.0)]
    assert figures == sorted(figures, reverse=True)
    assert figures[0] - figures[-1] > 0.25


def test_a_sharp_ground_does_not_make_a_blurred_piece_sharp() -> None:
    stripes = np.full((256, 256, 3), 255, np.uint8)
    stripes[:24:4] = 235
    soft = np.minimum(blurred(4.0), stripes)
    assert figure(soft, "sharpness") < figure(ring(), "sharpness") - 0.2


def test_resolution_goes_by_the_file_not_by_what_was_decoded() -> None:
    large, small = picture_of(ring(), width=1000), picture_of(ring(), width=250)
    assert measure(large).scores["resolution"] == pytest.approx(0.64, abs=0.03)
    assert measure(small).scores["resolution"] == pytest.approx(0.16, abs=0.01)


def test_too_little_light_is_dark_and_too_much_is_washed() -> None:
    dark, right, bright = (measure(picture_of(exposed(stops))).scores for stops in (-2.5, 0.0, 2.5))
    assert dark["dark"] > right["dark"] + 0.3
    assert bright["washed"] > right["washed"] + 0.1


def test_burnt_places_count_by_their_share_of_the_piece() -> None:
    burnt = ring(ground=(180, 180, 184)).copy()
    band = (burnt != (180, 180, 184)).any(2)
    rows = np.arange(256)[:, None] > 160
    burnt[band & rows] = 255
    share = (band & rows).sum() / band.sum()
    assert figure(burnt, "clipped") == pytest.approx(share, abs=0.12)
    assert figure(ring(ground=(180, 180, 184)), "clipped") < 0.02


@pytest.mark.parametrize("at", [(0.1, 0.5), (0.9, 0.5), (0.5, 0.14), (0.5, 0.9)])
def test_a_piece_over_an_edge_is_cut(at: tuple[float, float]) -> None:
    assert figure(ring(at=at), "cut") > 0.12
    assert figure(ring(), "cut") == 0


def test_a_chain_that_leaves_the_picture_is_hardly_cut() -> None:
    image = Image.fromarray(ring(reach=0.2))
    draw = ImageDraw.Draw(image)
    draw.line((100, 0, 126, 70), fill=(120, 90, 20), width=2)
    draw.line((156, 0, 130, 70), fill=(120, 90, 20), width=2)
    assert figure(np.asarray(image), "cut") < 0.08


def test_a_tint_of_white_is_a_cast_and_grey_is_none() -> None:
    tints = [figure(ring(ground=(250, 250, 250 - levels)), "cast") for levels in (0, 6, 12, 24)]
    assert tints == sorted(tints)
    assert tints[0] == 0
    assert tints[1] > 0.05
    assert figure(ring(ground=(60, 40, 30)), "cast") == 0


def test_words_beside_the_piece_are_text() -> None:
    image = Image.fromarray(ring(side=384, reach=0.22))
    font = ImageFont.load_default(18)
    ImageDraw.Draw(image).text((30, 340), "Inner diameter 17.8 mm", fill=(30, 30, 30), font=font)
    assert figure(np.asarray(image), "text") > figure(ring(side=384, reach=0.22), "text") + 0.3


def test_see_through_words_are_a_watermark() -> None:
    clean = ring(side=384, ground=(236, 236, 236), reach=0.22)
    layer = Image.new("L", (384, 384), 0)
    font = ImageFont.load_default(40)
    ImageDraw.Draw(layer).text((192, 250), "Maison Lune", fill=60, font=font, anchor="mm")
    marked = np.asarray(Image.composite(Image.new("RGB", (384, 384), (60, 60, 60)), Image.fromarray(clean), layer))
    assert figure(marked, "watermark") > figure(clean, "watermark") + 0.2


def test_a_frame_is_a_border() -> None:
    framed = ring().copy()
    framed[:8] = framed[-8:] = framed[:, :8] = framed[:, -8:] = 20
    assert figure(framed, "border") > 0.9
    assert figure(ring(), "border") < 0.3


def test_two_pictures_side_by_side_are_a_collage() -> None:
    pair = np.hstack([ring(), ring(ground=(225, 225, 230))])
    assert figure(pair, "collage") > 0.7
    assert figure(ring(), "collage") < 0.4


def test_linen_is_no_collage() -> None:
    random = np.random.default_rng(0)
    woven = random.integers(120, 200, (256, 256, 1)).astype(np.uint8).repeat(3, 2)
    assert figure(woven, "collage") < 0.4


def test_a_ground_counts_as_white_by_its_tone() -> None:
    assert measure(picture_of(ring())).background == "white"
    assert measure(picture_of(ring(ground=(225, 225, 226)))).background == "plain"


@pytest.mark.parametrize(
    "shape", [(16, 16), (16, 384), (384, 16), (17, 1000), (700, 21), (192, 192), (193, 385), (3000, 40)]
)
def test_any_shape_is_measured(shape: tuple[int, int]) -> None:
    noise = np.random.default_rng(1).integers(0, 256, (*shape, 3), np.uint8)
    assert len(measure(picture_of(noise)).scores) == len(MEASURES)


@pytest.mark.parametrize("tone", [0, 128, 255])
def test_a_picture_of_nothing_has_no_piece_and_no_detail(tone: int) -> None:
    measured = measure(picture_of(np.full((200, 200, 3), tone, np.uint8)))
    assert measured.piece is None
    assert measured.scores["sharpness"] == measured.scores["cut"] == measured.scores["clipped"] == 0


def test_the_same_picture_gives_the_same_figures() -> None:
    assert measure(picture_of(ring())).scores == measure(picture_of(ring().copy())).scores
