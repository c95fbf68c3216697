"""Labels of what the reader gets: they lie on the pixels they name, and say only what the pixels show."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("scipy", reason='needs scipy: pip install "parure[render]"')

from parure.regions import PartClass
from parure.render.dataset.store import Record, read_cutout
from parure.render.photograph import Style, photograph
from parure.render.truth.crops import CELL, Evidence, Framing, part_grid, take_crop
from parure.render.truth.telling import tellable
from tests.render.drawn_set import COLOURS, draw_set

PLAIN = Style.only()
WHOLE, CUT_OUT = Framing(1.0, 0.0, 0.0), Framing(0.0, 0.0, 0.0)


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[Record]]:
    root = tmp_path_factory.mktemp("drawn")
    return root, draw_set(root, 6)


@pytest.mark.parametrize("framing", [WHOLE, CUT_OUT, Framing(0.0, 1.0, 0.0)])
def test_the_stone_is_labelled_where_its_colour_is(drawn: tuple[Path, list[Record]], framing: Framing) -> None:
    root, records = drawn
    for number, record in enumerate(records):
        random = np.random.default_rng(number)
        scene = photograph([read_cutout(root, record.pictures[0].name)], random, size=128, style=PLAIN)
        crop = take_crop(scene, record.pictures[0], framing, random)
        colour = np.array(COLOURS[record.attributes["stone_colour"]])
        near = np.abs(crop.pixels.astype(int) - colour).max(axis=-1) < 40
        stone = crop.parts == PartClass.CENTRE_STONE
        assert (near & stone).sum() >= 0.75 * stone.sum()  # the rim of a small stone is mixed with metal
        assert (near & ~stone).sum() <= 0.1 * near.sum() + 4


def test_a_photograph_whole_shows_all_of_the_piece(drawn: tuple[Path, list[Record]]) -> None:
    root, (record, *_) = drawn
    scene = photograph([read_cutout(root, record.pictures[0].name)], np.random.default_rng(0), size=128, style=PLAIN)
    whole = take_crop(scene, record.pictures[0], WHOLE, np.random.default_rng(1)).evidence
    assert whole.visible == pytest.approx(1, abs=0.05)
    assert whole.share[PartClass.CENTRE_STONE] == pytest.approx(1, abs=0.1)


def test_a_cut_through_the_piece_shows_less_of_it(drawn: tuple[Path, list[Record]]) -> None:
    root, (record, *_) = drawn
    scene = photograph([read_cutout(root, record.pictures[0].name)], np.random.default_rng(0), size=128, style=PLAIN)
    shares = [
        take_crop(scene, record.pictures[0], Framing(0.0, 1.0, 0.0), np.random.default_rng(seed)).evidence.visible
        for seed in range(8)
    ]
    assert max(shares) < 0.8
    assert min(shares) > 0.02


def test_a_covered_stone_is_no_longer_seen(drawn: tuple[Path, list[Record]]) -> None:
    root, (record, *_) = drawn
    scene = photograph([read_cutout(root, record.pictures[0].name)], np.random.default_rng(0), size=128, style=PLAIN)
    covered = take_crop(scene, record.pictures[0], Framing(1.0, 0.0, 1.0), np.random.default_rng(3))
    assert covered.evidence.share[PartClass.CENTRE_STONE] < 0.7
    assert covered.evidence.share[PartClass.METAL] > 0.5


def test_the_grid_is_letterboxed_as_the_picture_is() -> None:
    parts = np.full((32, 64), PartClass.METAL, np.uint8)
    grid = part_grid(parts, 64)
    assert grid.shape == (64 // CELL, 64 // CELL)
    assert (grid[2:6] == PartClass.METAL).all()
    assert (grid[:2] == 0).all()
    assert (grid[6:] == 0).all()


def test_a_thin_chain_keeps_its_cells() -> None:
    parts = np.zeros((64, 64), np.uint8)
    parts[:, 3:5] = PartClass.CHAIN
    assert (part_grid(parts, 64)[:, 0] == PartClass.CHAIN).all()
    assert (part_grid(parts, 64)[:, 1:] == 0).all()


def _evidence(visible: float, **areas: tuple[float, float]) -> Evidence:
    area, share = np.zeros(9), np.zeros(9)
    for name, (taken, seen) in areas.items():
        area[PartClass[name.upper()]], share[PartClass[name.upper()]] = taken, seen
    return Evidence(area, share, visible)


def test_what_a_crop_does_not_show_cannot_be_told(drawn: tuple[Path, list[Record]]) -> None:
    record = drawn[1][0]
    hidden = _evidence(0.9, metal=(0.3, 1.0))
    assert not tellable("stone_colour", "red", record, hidden)
    assert not tellable("main_stone_cut", "round", record, hidden)
    assert tellable("metal_colour", "yellow", record, hidden)
    assert tellable("type", "ring", record, hidden)


def test_a_corner_of_a_stone_tells_its_colour_but_not_its_cut(drawn: tuple[Path, list[Record]]) -> None:
    record = drawn[1][0]
    corner = _evidence(0.3, metal=(0.2, 0.3), centre_stone=(0.02, 0.2))
    assert tellable("stone_colour", "red", record, corner)
    assert not tellable("main_stone_cut", "round", record, corner)


def test_that_there_is_no_stone_is_told_from_most_of_the_piece_only(drawn: tuple[Path, list[Record]]) -> None:
    record = drawn[1][0]
    assert tellable("main_stone", "none", record, _evidence(0.9, metal=(0.3, 1.0)))
    assert not tellable("main_stone", "none", record, _evidence(0.4, metal=(0.3, 0.4)))
