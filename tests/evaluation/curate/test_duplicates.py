"""Figures of duplicates: counted by hand on a few files, and from end to end on the sample's own photographs."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from parure import sample
from parure.errors import ModelError
from parure.evaluation.curate.duplicates_archive import MadeFile
from parure.evaluation.curate.duplicates_changes import CHANGES
from parure.evaluation.curate.duplicates_peers import hash_by_recipe, imagededup
from parure.evaluation.curate.duplicates_score import count_pairs, f1, pairs_of, precision, recall, wrongly_called
from parure.evaluation.curate.duplicates_variants import other_metal, other_stone
from parure.evaluation.curate.run import CurateBench, measure_curate
from parure.regions import PartClass
from parure.render.photograph import Cutout

FILES = [
    MadeFile(f"{design}/{kind}", design, kind)
    for design in ("one", "two")
    for kind in ("original", "original_copy", "crop", "border", "view", "metal")
]


def pairs(*groups: str) -> set[frozenset[str]]:
    return pairs_of([group.split() for group in groups])


def test_pairs_are_counted_for_one_change_and_for_all() -> None:
    found = pairs("one/original one/crop one/metal", "two/original two/crop two/border", "one/view two/view")
    crop = count_pairs(FILES, found, change="crop")
    assert crop.rows.sum(axis=0).tolist() == [2, 3, 0]
    assert count_pairs(FILES, found).rows.sum(axis=0).tolist() == [4, 3, 2]
    assert f1(crop).value == pytest.approx(4 / 7)
    assert precision(crop).value == pytest.approx(2 / 5)
    assert recall(count_pairs(FILES, found)).value == pytest.approx(4 / 6)


def test_copies_to_the_byte_take_no_part() -> None:
    found = pairs("one/original one/original_copy")
    assert count_pairs(FILES, found).rows.sum(axis=0).tolist() == [0, 0, 6]


def test_a_variant_counts_as_wrongly_called_once() -> None:
    found = pairs("one/original one/crop one/metal")
    assert wrongly_called(FILES, found, ("metal",)).value == 0.5
    assert wrongly_called(FILES, found, ("view",)).value == 0.0


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_changes_the_picture_and_is_the_same_for_the_same_chance(change: str) -> None:
    with Image.open(sample.shop_path() / "photos" / "pr-1001-1.webp") as image:
        picture = image.convert("RGB").resize((200, 200))
    once, again = (CHANGES[change](picture, np.random.default_rng(5)) for _ in range(2))
    assert once.tobytes() == again.tobytes()
    assert once.size != picture.size or once.tobytes() != picture.tobytes()


def test_a_variant_keeps_everything_but_the_colour_of_its_part() -> None:
    labels = np.zeros((20, 20), np.uint8)
    labels[2:12], labels[12:16] = PartClass.METAL, PartClass.CENTRE_STONE
    cutout = Cutout(np.full((20, 20, 4), 140, np.uint8), labels, np.full((20, 20), 255, np.uint8))
    gold, stone = (
        other_metal(cutout, "white", np.random.default_rng(0)),
        other_stone(cutout, "", np.random.default_rng(0)),
    )
    assert gold is not None
    assert stone is not None
    assert (gold.pixels[labels != PartClass.METAL] == 140).all()
    assert (stone.pixels[labels != PartClass.CENTRE_STONE] == 140).all()
    red, _, blue = gold.pixels[5, 5, :3].astype(int)
    assert red > blue + 20
    assert other_metal(cutout, "black", np.random.default_rng(0)) is None


def test_the_hash_of_imagededups_recipe_finds_a_smaller_copy_and_no_mirrored_one(tmp_path: Path) -> None:
    with Image.open(sample.shop_path() / "photos" / "pr-1001-1.webp") as image:
        picture = image.convert("RGB")
    picture.save(tmp_path / "a.jpg")
    picture.resize((200, 200)).save(tmp_path / "b.jpg")
    picture.transpose(Image.Transpose.FLIP_LEFT_RIGHT).save(tmp_path / "c.jpg")
    assert hash_by_recipe(tmp_path, ["a.jpg", "b.jpg", "c.jpg"]).pairs == {frozenset(("a.jpg", "b.jpg"))}


def test_an_interpreter_without_imagededup_is_named(tmp_path: Path) -> None:
    python = tmp_path / "python"
    python.write_text("#!/bin/sh\necho 'No module named imagededup' >&2\nexit 1\n")
    python.chmod(0o755)
    with pytest.raises(ModelError, match="No module named imagededup"):
        imagededup(python, tmp_path, [])


def test_without_renders_the_part_is_skipped_and_says_what_it_needs(tmp_path: Path) -> None:
    def no_stage(name: str) -> object:
        raise AssertionError(name)

    (section,) = measure_curate(CurateBench(tmp_path, no_stage), ("duplicates",))  # type: ignore[arg-type]
    assert "--renders" in section.skipped
