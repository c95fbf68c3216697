from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest

from parure.errors import NotFound
from parure.render.camera import aim, rays_to_floor
from parure.render.finishes import FINISHES
from parure.render.lighting import GOLD_LIGHT, environment
from parure.render.materials import METALS, OPAQUE_GEMS, TRANSPARENT_GEMS
from parure.render.mesh import METAL, all_vertices
from parure.render.picture import PAPERS, compose, save_webp
from parure.render.sample_shop import jobs_for, main
from parure.render.shop import DESIGNS
from parure.render.shop.design import shots_of
from parure.render.shop.sheet import photo_names, write_sheet
from parure.render.tracer import Quality
from parure.sample import shop_path


def test_the_shipped_sheet_is_the_one_the_designs_write(tmp_path: Path) -> None:
    write_sheet(DESIGNS, tmp_path / "products.csv", photos=shop_path() / "photos")
    assert (tmp_path / "products.csv").read_bytes() == (shop_path() / "products.csv").read_bytes()


def test_every_design_uses_known_metals_and_papers() -> None:
    assert {design.metal for design in DESIGNS} <= METALS.keys()
    assert {design.finish for design in DESIGNS} <= FINISHES.keys()
    assert {shot.paper for design in DESIGNS for shot in shots_of(design)} <= PAPERS.keys()


@pytest.mark.parametrize("design", DESIGNS, ids=lambda design: design.code)
def test_every_piece_builds_from_known_materials_without_broken_numbers(design: object) -> None:
    pytest.importorskip("scipy", reason='building pieces needs the extra "render" (scipy)')
    from parure.render.shop import Design

    assert isinstance(design, Design)
    parts = design.piece.build()
    assert np.isfinite(all_vertices(parts)).all()
    assert {part.material for part in parts} <= {METAL} | TRANSPARENT_GEMS.keys() | OPAQUE_GEMS.keys()
    assert all(part.mesh.faces.max() < len(part.mesh.vertices) for part in parts)
    stones = {part.material for part in parts} - {METAL}
    assert bool(stones) == bool(design.facts.main_stone)


def test_a_picture_has_its_own_seed_and_keeps_it(tmp_path: Path) -> None:
    first, again = (list(jobs_for(DESIGNS, folder, Quality())) for folder in (tmp_path / "a", tmp_path / "b"))
    assert [job.seed for job in first] == [job.seed for job in again]
    assert len({job.seed for job in first}) == len(first)


def test_names_of_photos_follow_the_shots() -> None:
    design = DESIGNS[0]
    assert photo_names(design) == tuple(f"pr-1001-{k + 1}.webp" for k in range(len(shots_of(design))))


def test_an_unknown_code_is_named_and_an_example_given(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match=r"PR-9999.*PR-1001"):
        main([str(tmp_path), "--only", "PR-9999"])


def test_pictures_that_exist_are_not_made_again(tmp_path: Path) -> None:
    (tmp_path / "photos").mkdir()
    for name in photo_names(DESIGNS[0]):
        (tmp_path / "photos" / name).write_bytes(b"kept")
    assert main([str(tmp_path), "--only", DESIGNS[0].code]) == 0
    assert {path.read_bytes() for path in (tmp_path / "photos").iterdir()} == {b"kept"}
    with (tmp_path / "products.csv").open(encoding="utf-8", newline="") as file:
        assert [row["style_code"] for row in csv.DictReader(file)] == [DESIGNS[0].code]


def test_the_camera_keeps_every_point_inside_the_frame() -> None:
    points = np.random.default_rng(4).uniform(-1, 1, (400, 3)) * [30, 12, 4]
    camera = aim(points, 25, 40, margin=1.1)
    local = points - camera.position
    depth = local @ camera.forward
    across, upward = local @ camera.right / depth, local @ camera.up / depth
    widest = max(np.abs(across).max(), np.abs(upward).max()) / camera.half_tangent
    assert 0.85 < widest <= 1.0


def test_looking_straight_down_the_rays_meet_the_floor_under_the_piece() -> None:
    camera = aim(np.array([[-5.0, -5, 0], [5, 5, 1]]), 0, 84)
    floor = rays_to_floor(camera, 8)
    assert floor.shape == (8, 8, 2)
    assert np.abs(floor).max() < 12


def test_light_is_seeded_and_takes_the_colour_of_the_paper_from_below() -> None:
    paper = np.array([0.5, 0.4, 0.3])
    light = environment(GOLD_LIGHT, 7, paper)
    assert np.array_equal(light, environment(GOLD_LIGHT, 7, paper))
    assert not np.array_equal(light, environment(GOLD_LIGHT, 8, paper))
    below = light[230:].mean(axis=(0, 1))
    assert below / below[0] == pytest.approx(paper / paper[0], rel=1e-6)


def test_empty_white_paper_stays_white_and_a_shadow_darkens_it(tmp_path: Path) -> None:
    shadow = np.ones((32, 32))
    shadow[8:16, 8:16] = 0.4
    picture = compose(np.zeros((32, 32, 4)), shadow, PAPERS["white"])
    pixels = np.asarray(picture)
    assert pixels[0, 0].tolist() == [255, 255, 255]
    assert pixels[10, 10].max() < 180
    save_webp(picture, tmp_path / "a.webp")
    assert [path.name for path in tmp_path.iterdir()] == ["a.webp"]
