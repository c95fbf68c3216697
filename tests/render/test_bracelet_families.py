"""Bracelets, bangles, anklets and watches over many seeds: sound meshes, honest facts, every lay."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import numpy as np
import pytest

pytest.importorskip("scipy", reason="shapes need scipy: pip install 'parure[render]'")

from parure.render.families import Facts
from parure.render.families.bracelet_lays import LAYS, laid
from parure.render.labels import label_of
from parure.render.materials import STUFFS
from parure.render.mesh import METAL, SECOND_METAL, Mesh, Part, all_vertices, signed_volume
from parure.taxonomy import load

_MODULES = (
    "anklets",
    "bangles",
    "bracelet_beads",
    "bracelet_chains",
    "bracelet_cords",
    "bracelet_cuffs",
    "bracelet_links",
    "bracelet_motifs",
    "bracelet_rigid",
    "bracelets",
    "watches",
)
_FAMILIES = [family for name in _MODULES for family in import_module(f"parure.render.families.{name}").FAMILIES]
_MOST_VERTICES = 150_000


def drawn(family: Any, seed: int) -> Any:
    return family.sample(np.random.default_rng(seed))


def is_closed(mesh: Mesh) -> bool:
    """Each directed edge as often as its reverse, vertices at one place taken as one."""
    _, index = np.unique(np.round(mesh.vertices, 5), axis=0, return_inverse=True)
    faces = index.reshape(-1)[mesh.faces]
    a, b, c = faces.T
    faces = faces[(a != b) & (b != c) & (c != a)].astype(np.int64)
    edges = np.vstack([faces[:, [0, 1]], faces[:, [1, 2]], faces[:, [2, 0]]])
    size = len(mesh.vertices)
    ahead, back = edges[:, 0] * size + edges[:, 1], edges[:, 1] * size + edges[:, 0]
    return bool(np.array_equal(np.sort(ahead), np.sort(back)))


def assert_sound(parts: list[Part], facts: Facts) -> None:
    assert len(all_vertices(parts)) < _MOST_VERTICES
    checked: set[tuple[str, int, float]] = set()
    for part in parts:
        label_of(part)
        assert np.isfinite(part.mesh.vertices).all(), part.label
        volume = signed_volume(part.mesh)
        assert volume > 0, f"{part.label} in {part.material} is inside out"
        shape = (part.label, len(part.mesh.vertices), round(volume, 5))
        if shape not in checked:  # claws, links and melee are the same shape elsewhere
            checked.add(shape)
            assert is_closed(part.mesh), f"{part.label} in {part.material} is open"
    gems = {part.material for part in parts} - {METAL, SECOND_METAL} - STUFFS.keys()
    assert (facts.stone.gem in gems) if facts.stone is not None else not gems


def assert_in_taxonomy(facts: Facts) -> None:
    taxonomy = load()
    for attribute in ("type", "setting", "motif", "chain_type", "closure"):
        word = getattr(facts, attribute)
        assert not word or taxonomy.value(attribute, word).id == word


@pytest.mark.parametrize("family", _FAMILIES, ids=lambda family: family.__name__)
def test_a_sampled_piece_is_sound_and_lies_on_the_floor(family: Any) -> None:
    for seed in range(4):
        piece = drawn(family, seed)
        parts = piece.build()
        assert_sound(parts, piece.facts())
        assert all_vertices(parts)[:, 2].min() == pytest.approx(0.0, abs=1e-9)


@pytest.mark.parametrize("family", _FAMILIES, ids=lambda family: family.__name__)
def test_facts_are_words_of_the_taxonomy(family: Any) -> None:
    for seed in range(60):
        assert_in_taxonomy(drawn(family, seed).facts())


@pytest.mark.parametrize("lay", LAYS)
@pytest.mark.parametrize("sway", [0.0, 0.5, 1.0])
def test_a_line_has_its_length_and_faces_across_its_direction(lay: str, sway: float) -> None:
    line = laid(lay, 170.0, sway)
    assert line.length == pytest.approx(170, rel=1e-3 if lay != "hairpin" else 0.2)
    spots = line.evenly(40, 3.0)
    assert np.abs(np.sum(spots.directions * spots.faces, axis=1)).max() < 1e-9
    gaps = np.linalg.norm(np.diff(spots.places, axis=0), axis=1)
    assert gaps.max() / gaps.min() < 1.1


@pytest.mark.parametrize("lay", LAYS)
def test_no_lay_runs_through_itself(lay: str) -> None:
    """Places further apart along the bracelet than 15 mm stay 5 mm apart on the table."""
    for sway in (0.0, 0.5, 1.0):
        line = laid(lay, 170.0, sway)
        spots = line.evenly(85).places
        apart = np.linalg.norm(spots[:, None] - spots[None], axis=2)
        steps = np.abs(np.arange(85)[:, None] - np.arange(85)[None]) * 2.0
        steps = np.minimum(steps, line.length - steps) if line.closed else steps
        if lay == "open_loop":  # the two ends face each other
            steps = np.minimum(steps, line.length + 8.0 - steps)
        assert apart[steps > 15].min() > 5


def test_samples_of_one_family_use_most_lays() -> None:
    chain = import_module("parure.render.families.bracelets").ChainBracelet
    assert len({drawn(chain, seed).lay for seed in range(60)}) >= 6
