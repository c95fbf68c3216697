"""One picture is known again whatever was done to it as a whole; a variant, a neighbour and a blank are not."""

from __future__ import annotations

import sys
from functools import lru_cache

import numpy as np
import pytest
from PIL import Image

from parure import sample
from parure.curate.duplicates_frame import unframed
from parure.curate.same_picture import Comparison, Likeness, compare, look_at
from parure.errors import MissingExtra
from parure.evaluation.curate.duplicates_changes import CHANGES

pytest.importorskip("cv2")

PHOTOS = ("pr-1009-1.webp", "pr-3001-1.webp")


@lru_cache
def photo(name: str, side: int = 384) -> Image.Image:
    with Image.open(sample.shop_path() / "photos" / name) as image:
        return image.convert("RGB").resize((side, side), Image.Resampling.BICUBIC)


def told(first: Image.Image, second: Image.Image) -> Comparison:
    return compare(look_at(np.asarray(first)), look_at(np.asarray(second)))


@pytest.mark.parametrize("name", PHOTOS)
@pytest.mark.parametrize("change", CHANGES)
def test_a_changed_copy_is_the_same_picture(change: str, name: str) -> None:
    changed = CHANGES[change](photo(name), np.random.default_rng(1))
    found = told(photo(name), changed)
    assert found.likeness is Likeness.SAME
    assert found.overlap >= {"crop": 0.7, "rotation": 0.8}.get(change, 0.9)  # a turn cuts the corners off


def test_the_transform_is_told() -> None:
    picture = photo(PHOTOS[0])
    mirrored = told(picture, picture.transpose(Image.Transpose.FLIP_LEFT_RIGHT)).transform
    turned = told(picture, picture.rotate(12, Image.Resampling.BICUBIC, fillcolor=(255, 255, 255))).transform
    wide = told(picture, picture.resize((384, 256))).transform
    assert mirrored is not None
    assert mirrored.mirrored
    assert mirrored.words == "mirrored"
    assert turned is not None
    assert turned.degrees == pytest.approx(12, abs=1)
    assert not turned.mirrored
    assert wide is not None
    assert wide.stretch == pytest.approx(1.5, abs=0.03)


def test_the_overlap_of_a_crop_is_its_share_of_the_picture() -> None:
    picture = photo(PHOTOS[0])
    assert told(picture, picture.crop((40, 30, 344, 354))).overlap == pytest.approx(304 * 324 / 384**2, abs=0.05)


@pytest.mark.parametrize("name", PHOTOS)
def test_another_metal_is_a_variant_and_a_cast_over_all_is_not(name: str) -> None:
    pixels = np.asarray(photo(name), np.float32)
    red, _, blue = np.moveaxis(pixels, 2, 0)
    metal = (np.abs(red - blue) < 40) & (pixels.max(axis=2) < 225) & (pixels.max(axis=2) > 40)
    assert metal.mean() > 0.01
    gold = np.where(metal[..., None], pixels * (1.0, 0.8, 0.45), pixels)
    cast = pixels * (1.0, 0.95, 0.85)
    of_gold, of_cast = (Image.fromarray(np.clip(each, 0, 255).astype(np.uint8)) for each in (gold, cast))
    assert told(photo(name), of_gold).likeness is Likeness.VARIANT
    assert told(photo(name), of_gold.transpose(Image.Transpose.FLIP_LEFT_RIGHT)).likeness is Likeness.VARIANT
    assert told(photo(name), of_cast).likeness is Likeness.SAME


def test_a_rule_that_leaves_the_ground_as_it_was_is_another_metal() -> None:
    wood = np.array([135.0, 110.0, 75.0])
    white = np.asarray(photo(PHOTOS[0]), np.float32)
    picture = white / 255 * wood
    picture = np.where((white.min(axis=2) < 200)[..., None], white, picture)
    grey = picture @ np.array([0.299, 0.587, 0.114])
    paler = grey[..., None] + 0.6 * (picture - grey[..., None])
    balanced = paler * (wood / (0.6 * wood + 0.4 * wood @ np.array([0.299, 0.587, 0.114])))
    before, after = (Image.fromarray(np.clip(each, 0, 255).astype(np.uint8)) for each in (picture, balanced))
    assert np.abs(np.asarray(before, np.int16) - np.asarray(after, np.int16))[:20, :20].max() <= 1
    assert told(before, after).likeness is Likeness.VARIANT


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("pr-1009-1.webp", "pr-1009-2.webp"),  # another view
        ("pr-1001-1.webp", "pr-1002-1.webp"),  # the design in platinum, taken anew
        ("pr-1004-1.webp", "pr-1005-1.webp"),  # another ring in the same pose
        ("pr-2007-1.webp", "pr-2008-1.webp"),
    ],
)
def test_other_photos_are_not_the_same_picture(first: str, second: str) -> None:
    assert told(photo(first), photo(second)).likeness is not Likeness.SAME


def test_blank_pictures_and_tiny_ones_are_never_called_the_same() -> None:
    white, grey = (Image.new("RGB", (300, 200), (tone, tone, tone)) for tone in (255, 250))
    assert told(white, grey).likeness is Likeness.OTHER
    assert told(white, photo(PHOTOS[0])).likeness is Likeness.OTHER
    assert told(Image.new("RGB", (16, 16)), Image.new("RGB", (16, 16))).likeness is Likeness.OTHER


def test_one_watermark_does_not_make_two_pictures_one() -> None:
    first, second = (CHANGES["watermark"](photo(name), np.random.default_rng(3)) for name in PHOTOS)
    assert told(first, second).likeness is Likeness.OTHER


def test_a_frame_and_a_turn_come_off_and_a_ring_on_white_stays_whole() -> None:
    picture = photo("pr-1001-1.webp").resize((300, 300))
    on_wood = Image.new("RGB", (300, 300), (150, 110, 70))
    on_wood.paste(picture.resize((200, 200)), (50, 50))
    framed = Image.new("RGB", (380, 380), (20, 20, 20))
    framed.paste(on_wood, (40, 40))
    turned = on_wood.rotate(20, Image.Resampling.BICUBIC, expand=True, fillcolor=(255, 255, 255))
    assert not unframed(np.asarray(picture)).had_frame
    for changed in (framed, turned):
        content = unframed(np.asarray(changed))
        assert content.had_frame
        assert content.pixels.shape[:2] == pytest.approx((300, 300), abs=16)


def test_without_opencv_one_sentence_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "cv2", None)
    with pytest.raises(MissingExtra, match=r"parure\[curate\]"):
        told(photo(PHOTOS[0]), photo(PHOTOS[1]))
