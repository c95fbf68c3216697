"""Rings over many seeds: sound meshes, stones that are there, words of the taxonomy, and the shop's own pieces."""

from __future__ import annotations

import numpy as np
import pytest

pytest.importorskip("scipy", reason='building pieces needs the extra "render" (scipy)')

from parure.render.families.rings import FAMILIES, BandRing, EternityRing, SolitaireRing
from parure.render.materials import OPAQUE_GEMS, TRANSPARENT_GEMS
from parure.render.mesh import METAL, SECOND_METAL, Floats, Mesh, Part, all_vertices, signed_volume
from parure.taxonomy import load

_SEEDS = range(5)
_MOST_VERTICES = 150_000
_STONES = ("centre_stone", "side_stone")


def _drawn(family, seed):
    return family.sample(np.random.default_rng(seed))


def _is_closed(mesh: Mesh) -> bool:
    """Each directed edge once and its reverse once; vertices at one place are one, faces without area none."""
    _, index = np.unique(np.round(mesh.vertices, 5), axis=0, return_inverse=True)
    faces = index.reshape(-1)[mesh.faces].astype(np.int64)
    a, b, c = faces.T
    faces = faces[(a != b) & (b != c) & (c != a)]
    edges = np.vstack([faces[:, [0, 1]], faces[:, [1, 2]], faces[:, [2, 0]]])
    ahead, back = edges @ [len(index), 1], edges @ [1, len(index)]
    return np.array_equal(np.sort(ahead), np.sort(back))


def _shapes(parts: list[Part]) -> list[Part]:
    """One part of each shape: repeated melee, pins and beads are the same shape elsewhere."""
    return list({(len(part.mesh.vertices), round(signed_volume(part.mesh), 6)): part for part in parts}.values())


def _clearance(parts: list[Part]) -> Floats:
    """How far from the finger's axis every point of the band is."""
    points = all_vertices([part for part in parts if part.label == "band"])
    return np.hypot(points[:, 0], points[:, 2])


@pytest.mark.parametrize("seed", _SEEDS)
@pytest.mark.parametrize("family", FAMILIES, ids=lambda family: family.__name__)
def test_a_sampled_ring_is_sound_and_holds_what_its_facts_say(family, seed):
    ring = _drawn(family, seed)
    parts, facts = ring.build(), ring.facts()
    assert len(all_vertices(parts)) < _MOST_VERTICES
    assert {part.material for part in parts} <= {METAL, SECOND_METAL, *TRANSPARENT_GEMS, *OPAQUE_GEMS}
    for part in _shapes(parts):
        assert np.isfinite(part.mesh.vertices).all(), part.label
        assert signed_volume(part.mesh) > 0, f"{part.label} is inside out"
        assert _is_closed(part.mesh), f"{part.label} is open"
    stones = {part.material for part in parts if part.label in _STONES}
    assert bool(stones) == (facts.stone is not None)
    if facts.stone is not None:
        assert facts.stone.gem in stones


@pytest.mark.parametrize("family", FAMILIES, ids=lambda family: family.__name__)
def test_facts_are_words_of_the_taxonomy(family):
    taxonomy = load()
    for seed in range(40):
        facts = _drawn(family, seed).facts()
        assert facts.type == "ring" or "ring" in taxonomy.ancestors("type", facts.type)
        for attribute in ("type", "setting", "motif"):
            word = getattr(facts, attribute)
            assert not word or taxonomy.value(attribute, word).id == word


@pytest.mark.parametrize("family", FAMILIES, ids=lambda family: family.__name__)
def test_a_finger_fits_through_and_the_ring_is_of_human_size(family):
    for seed in _SEEDS:
        parts = _drawn(family, seed).build()
        assert 7.0 < _clearance(parts).min() < 10.0
        reach = np.abs(all_vertices(parts)).max(axis=0)
        assert reach[1] < 14.0
        assert reach[2] < 27.0


@pytest.mark.parametrize("family", FAMILIES, ids=lambda family: family.__name__)
def test_the_same_seed_draws_the_same_ring_and_others_differ(family):
    assert _drawn(family, 3) == _drawn(family, 3)
    assert len({_drawn(family, seed) for seed in range(12)}) == 12


def test_the_names_of_families_are_their_own():
    assert len({family.__name__ for family in FAMILIES}) == len(FAMILIES)


def test_a_half_eternity_leaves_the_palm_without_stones():
    parts = EternityRing(SolitaireRing.sample(np.random.default_rng(1)).stone, arc=150.0, claws=True).build()
    assert all(part.mesh.vertices[:, 2].min() > 0 for part in parts if part.label == "side_stone")


def test_a_wider_band_has_more_metal_and_a_bevelled_one_less():
    def metal_in(ring: BandRing) -> float:
        return sum(signed_volume(part.mesh) for part in ring.build())

    assert metal_in(BandRing(6.0)) > metal_in(BandRing(4.0))
    assert metal_in(BandRing(6.0, bevel=0.25)) < metal_in(BandRing(6.0, squareness=12.0, comfort=0.05))
