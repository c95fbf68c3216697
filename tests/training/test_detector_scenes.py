"""Scenes for the detector, the pool they are kept in, and what is made of them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from parure.errors import ModelError
from parure.training.detector_mixing import Mixing, cropped, moved
from parure.training.detector_pool import Pool, fill
from parure.training.detector_recipe import (
    CLASSES,
    SIDE,
    DetectorRecipe,
    read_detector_recipe,
    write_detector_recipe,
)
from parure.training.detector_scenes import Example, Scenes, _Bodies
from tests.training.detector_data import save_bodies, save_designs

RECIPE = DetectorRecipe(
    seed=3, pool_first=6, pool_growth=0, pool_most=6, steps=10, plain_steps=2, small_steps=0, sides=(128,), batch=3
)


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("designs")
    save_designs(folder)
    return folder


def scenes(root: Path, **changed: float) -> Scenes:
    return Scenes(root, save_designs(root), replace(RECIPE, **changed))


def one_piece() -> Example:
    pixels = np.zeros((SIDE, SIDE, 3), np.uint8)
    pixels[100:200, 40:140] = (200, 10, 10)
    return Example(pixels, np.array([[40, 100, 140, 200]], np.float32), np.array([0]))


def test_a_scene_follows_from_its_number_and_the_seed(root: Path) -> None:
    first, again, other = (scenes(root).scene(4), scenes(root).scene(4), scenes(root).scene(5))
    assert (first.pixels == again.pixels).all()
    assert first.corners.tolist() == again.corners.tolist()
    assert (first.pixels != other.pixels).any()


def test_every_class_of_the_designs_is_shown_with_boxes_inside_the_square(root: Path) -> None:
    examples = [scenes(root).scene(number) for number in range(14)]
    shown = {CLASSES[kind] for example in examples for kind in example.classes}
    assert shown == {"earring", "ring", "necklace"}
    corners = np.concatenate([example.corners for example in examples])
    assert corners.min() >= 0
    assert corners.max() <= SIDE
    assert (corners[:, 2:] - corners[:, :2]).min() >= RECIPE.least_side


def test_a_pair_of_earrings_is_two_boxes(root: Path) -> None:
    records = save_designs(root, ("stud_earring",))
    alone = Scenes(root, records, replace(RECIPE, screenshots=0, empty=0))
    counts = [len(alone.scene(number).classes) for number in range(12)]
    assert max(counts) >= 2
    assert sum(counts) > 12  # a close-up may show one of a pair


def test_the_boxes_of_a_screenshot_lie_on_its_screen_not_on_the_grey_beside_it(root: Path) -> None:
    only = scenes(root, screenshots=1.0, empty=0.0, far=0.0)
    for number in range(3):
        example = only.scene(number)
        assert (example.pixels[:, 200:] == 114).all()  # a phone is less than half as wide as high
        assert example.corners[:, 2].max(initial=0) <= 193


def test_an_empty_scene_has_no_piece_and_is_not_blank(root: Path) -> None:
    example = scenes(root, screenshots=0.0, empty=1.0, far=0.0).scene(0)
    assert example.corners.shape == (0, 4)
    assert len(example.classes) == 0
    assert example.pixels.std() > 0


def test_what_the_pool_gives_back_is_what_was_made_but_for_the_compression(root: Path, tmp_path: Path) -> None:
    pool, source = Pool(tmp_path), scenes(root)
    fill(pool, lambda: source, 3, told=lambda number: None)
    made, kept = source.scene(2), pool.load(2)
    assert kept.corners.tolist() == made.corners.tolist()
    assert kept.classes.tolist() == made.classes.tolist()
    assert np.abs(kept.pixels.astype(int) - made.pixels).mean() < 3


def test_filling_again_makes_only_what_is_missing(root: Path, tmp_path: Path) -> None:
    pool, source = Pool(tmp_path), scenes(root)
    fill(pool, lambda: source, 2, told=lambda number: None)
    pool.path(0).unlink()
    before = pool.path(1).stat().st_mtime_ns
    told: list[int] = []
    fill(pool, lambda: source, 2, told=told.append)
    assert pool.path(0).exists()
    assert pool.path(1).stat().st_mtime_ns == before
    assert told == [1]


def test_moving_a_picture_moves_its_boxes_with_the_pixels() -> None:
    half = moved(one_piece(), 256, 0.5, (30.0, 20.0), (1.0, 0.1))
    assert half.corners.tolist() == [[50, 70, 100, 120]]
    red = (half.pixels[..., 0] > 150) & (half.pixels[..., 1] < 60)
    rows, columns = np.nonzero(red)
    assert (columns.min(), rows.min(), columns.max() + 1, rows.max() + 1) == pytest.approx((50, 70, 100, 120), abs=1)


def test_a_piece_of_which_too_little_is_left_is_no_longer_asked_for() -> None:
    whole, most, least = (cropped(one_piece(), width, SIDE, (5.0, 0.25)) for width in (SIDE, 70, 60))
    assert whole.corners.tolist() == [[40, 100, 140, 200]]
    assert most.corners.tolist() == [[40, 100, 70, 200]]  # .3 is left
    assert least.corners.shape == (0, 4)  # .2 is left


def test_batches_are_the_same_for_the_same_step_and_the_last_ones_are_plain(root: Path, tmp_path: Path) -> None:
    pool, source = Pool(tmp_path), scenes(root)
    fill(pool, lambda: source, 6, told=lambda number: None)
    mixing = Mixing(pool, RECIPE)
    first, again = mixing.batch(0), Mixing(pool, RECIPE).batch(0)
    assert (first.pixels == again.pixels).all()
    assert [each.tolist() for each in first.corners] == [each.tolist() for each in again.corners]
    assert first.pixels.shape == (3, 128, 128, 3)
    assert mixing.batch(8).pixels.shape == (3, SIDE, SIDE, 3)
    kept = [pool.load(number).pixels for number in range(6)]
    for picture in mixing.batch(9).pixels:
        assert any((picture == each).all() or (picture == each[:, ::-1]).all() for each in kept)


def test_small_pictures_show_one_piece_with_a_little_around_it(root: Path, tmp_path: Path) -> None:
    pool, source = Pool(tmp_path), scenes(root, empty=0.0, screenshots=0.0)
    fill(pool, lambda: source, 6, told=lambda number: None)
    recipe = replace(RECIPE, small_steps=3, small_sides=(96,), small_batch=8, focus=1.0)
    batch = Mixing(pool, recipe).batch(1)
    assert batch.pixels.shape == (8, 96, 96, 3)
    longest = [(each[:, 2:] - each[:, :2]).max() for each in batch.corners]
    assert min(longest) > 96 / 2.3


def test_bodies_are_shown_whole_and_the_bare_ones_without_a_box(root: Path, tmp_path: Path) -> None:
    save_bodies(tmp_path)
    always = replace(RECIPE, far=1.0, empty=0.0, screenshots=0.0)
    bare, dressed = (
        [Scenes(root, save_designs(root), replace(always, bare=share), far=tmp_path).scene(n) for n in range(5)]
        for share in (1.0, 0.0)
    )
    assert all(len(example.classes) == 0 for example in bare)
    assert all([CLASSES[kind] for kind in example.classes] == ["ring"] for example in dressed)


@pytest.mark.parametrize(("kind", "ways"), [("band_ring", 4), ("choker", 1)])
def test_hands_come_any_way_up_and_necks_upright(tmp_path: Path, kind: str, ways: int) -> None:
    save_bodies(tmp_path, kind)
    drawn = [_Bodies(tmp_path).drawn(np.random.default_rng(seed), bare=False)[0] for seed in range(24)]
    assert len({each.pixels.tobytes() for each in drawn}) == ways


def test_a_recipe_comes_back_from_its_file_and_a_wrong_field_is_named(tmp_path: Path) -> None:
    path = tmp_path / "recipe.json"
    write_detector_recipe(RECIPE, path)
    assert read_detector_recipe(path) == RECIPE
    path.write_text('{"step": 3}', encoding="utf-8")
    with pytest.raises(ModelError, match="no field called step"):
        read_detector_recipe(path)
    with pytest.raises(ModelError, match="multiples of 32"):
        DetectorRecipe(sides=(300,))
