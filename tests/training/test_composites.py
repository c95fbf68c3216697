from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw

from parure.errors import ImageError
from parure.training.composites import composite, composites, cutouts


@pytest.fixture
def renders(tmp_path: Path) -> Path:
    for index in range(3):
        cutout = Image.new("RGBA", (64, 64))
        ImageDraw.Draw(cutout).ellipse((8, 8, 56, 56), fill=(255, 0, 0, 255))
        cutout.save(tmp_path / f"{index}.png")
    return tmp_path


def test_the_same_seed_gives_the_same_pictures(renders: Path) -> None:
    first, again, other = (
        np.stack(list(composites(cutouts(renders), side=48, each=2, seed=seed))) for seed in (1, 1, 2)
    )
    assert first.shape == (6, 48, 48, 3)
    assert first.dtype == np.uint8
    np.testing.assert_array_equal(first, again)
    assert (first != other).any()


def test_the_piece_shows_and_the_backdrop_varies(renders: Path) -> None:
    with Image.open(renders / "0.png") as cutout:
        pictures = [composite(cutout, 48, np.random.default_rng(seed)) for seed in range(20)]
    middles = np.array([picture[24, 24] for picture in pictures], np.int64)
    assert (middles[:, 0] > middles[:, 1] + 80).all()
    assert len({tuple(picture[0, 0]) for picture in pictures}) > 5


def test_a_folder_without_cutouts_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ImageError, match=r"no \.png cut-outs"):
        cutouts(tmp_path)
