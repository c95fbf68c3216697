"""How far away each pixel is, and what stays sharp: a pearl of 6 mm before a head of 200 mm."""

from __future__ import annotations

import numpy as np
import pytest

pytest.importorskip("scipy", reason='needs scipy: pip install "parure[render]"')

from parure.render.camera import Camera, aim
from parure.render.depth_of_field import depths_of, distance_map, softened
from parure.render.mesh import Part
from parure.render.solids import ball

SIZE = 128
HEAD, PEARL = 100.0, 3.0


@pytest.fixture(scope="module")
def parts() -> list[Part]:
    head = ball(HEAD, detail=64).moved(offset=(0, HEAD, 0))  # its nearest point is the origin
    return [Part("other", "skin", head), Part("pearl", "pearl", ball(PEARL).moved(offset=(0, -PEARL, 0)))]


@pytest.fixture(scope="module")
def camera(parts: list[Part]) -> Camera:
    return aim(parts[1].mesh.vertices, 0, 0, margin=4)


def test_what_is_before_hides_what_is_behind_also_the_far_side_of_itself(parts: list[Part], camera: Camera) -> None:
    distances = distance_map(parts, camera, SIZE, body=True)
    pearl, skin = (float(depths_of(point, camera)) for point in (np.array([0, -2 * PEARL, 0]), np.zeros(3)))
    assert distances[SIZE // 2, SIZE // 2] == pytest.approx(pearl, abs=1)
    for row, column in ((8, 8), (8, 120), (64, 20), (120, 64)):
        assert distances[row, column] == pytest.approx(skin, abs=3)


def test_what_lies_at_the_sharp_distance_stays_sharp(parts: list[Part], camera: Camera) -> None:
    light = np.random.default_rng(0).random((SIZE, SIZE, 4))
    skin = float(depths_of(np.zeros(3), camera))
    sharp, blurred = (
        softened(light, parts, camera, focus=focus, reach=15.0, blur=0.02, body=True) for focus in (skin, skin + 20)
    )
    edge = slice(0, 24)
    assert sharp[edge, edge].std() > 0.8 * light[edge, edge].std()
    assert blurred[edge, edge].std() < 0.3 * light[edge, edge].std()
