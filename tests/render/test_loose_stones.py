from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

pytest.importorskip("scipy", reason='loose stones need the extra "render" (scipy)')

from parure.render.families.loose_stones import LooseStones
from parure.render.labels import label_of

SCENES = [LooseStones.sample(np.random.default_rng(seed)) for seed in range(40)]


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: f"{scene.stones[0].gem}-{scene.stones[0].cut}")
def test_stones_lie_on_the_table_one_instance_each_and_apart(scene: LooseStones) -> None:
    parts = scene.build()
    assert [part.instance for part in parts] == list(range(len(scene.stones)))
    assert all(label_of(part) // 16 == part.instance for part in parts)
    for part in parts:
        assert part.mesh.vertices[:, 2].min() == pytest.approx(0.0, abs=1e-9)
    for first, second in pairwise(parts):
        gap = _middle(first.mesh.vertices) - _middle(second.mesh.vertices)
        reach = [np.linalg.norm(part.mesh.vertices - _middle(part.mesh.vertices), axis=1).max() for part in parts]
        assert np.linalg.norm(gap) > 0.8 * max(reach)


def _middle(points: np.ndarray) -> np.ndarray:
    return np.asarray((points.max(axis=0) + points.min(axis=0)) / 2)


def test_the_facts_name_the_first_stone() -> None:
    facts = SCENES[0].facts()
    assert (facts.type, facts.stone) == ("loose_stone", SCENES[0].stones[0])


def test_all_kinds_and_several_counts_are_drawn() -> None:
    many = [LooseStones.sample(np.random.default_rng(seed)) for seed in range(300)]
    assert {"cabochon", "carved", "rough", "bead", "round"} <= {scene.stones[0].cut for scene in many}
    assert {len(scene.stones) for scene in many} == {1, 2, 3, 4, 5}
