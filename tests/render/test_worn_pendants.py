"""A pendant is worn on the chain that its facts tell of, and in its own size."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

pytest.importorskip("scipy")

from parure.render.bodies import on_neck
from parure.render.chains import chain
from parure.render.families.pendant_charms import CrossPendant, HeartPendant
from parure.render.families.pendant_hangers import Hanger
from parure.render.families.table import wide_type
from parure.render.mesh import Floats, Part, all_vertices
from parure.render.views import View, staged
from parure.render.worn import WornScene


def drawn(family: type[Hanger], links: str) -> Hanger:
    return replace(family.sample(np.random.default_rng(1)), chain=links, chain_width=1.9)


def scene_of(piece: Hanger, pose: str, seed: int = 3) -> WornScene:
    scene = staged(piece, piece.build(), View(0, 20, pose=pose, seed=seed), wide_type(piece.facts().type))
    assert scene is not None
    return scene


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, float]]:
    """Kind and width of every chain that is laid about a neck."""
    found: list[tuple[str, float]] = []

    def noted(kind: str, path: Floats, width: float, *, ups: Floats) -> Part:
        found.append((kind, width))
        return chain(kind, path, width, ups=ups)

    monkeypatch.setattr(on_neck, "chain", noted)
    return found


@pytest.mark.parametrize("pose", ["worn", "displayed"])
@pytest.mark.parametrize("family", [CrossPendant, HeartPendant])  # one is sold as a pendant, one as a necklace
def test_a_worn_pendant_hangs_on_the_links_its_facts_tell_of(
    family: type[Hanger], pose: str, made: list[tuple[str, float]]
) -> None:
    piece = drawn(family, "figaro")
    scene_of(piece, pose)
    assert made == [("figaro", 1.9)]
    assert piece.facts().chain_type == "figaro"


def test_a_pendant_without_a_chain_tells_of_none_and_borrows_one(made: list[tuple[str, float]]) -> None:
    piece = drawn(CrossPendant, "")
    kinds = set()
    for seed in range(6):
        scene_of(piece, "displayed", seed)
        kinds.add(made[-1][0])
    assert piece.facts().chain_type == ""
    assert len(kinds) > 1


def test_a_pendant_sold_with_its_chain_is_not_enlarged_to_a_necklace() -> None:
    piece = drawn(HeartPendant, "cable")
    scene = scene_of(piece, "worn")
    worn = all_vertices([part for part in scene.parts[: scene.piece] if part.label != "chain"])
    lying = all_vertices([part for part in piece.build() if part.label != "chain"])
    size, own = np.linalg.norm(np.ptp(worn, axis=0)), np.linalg.norm(np.ptp(lying, axis=0))
    assert size == pytest.approx(own, rel=0.2)
