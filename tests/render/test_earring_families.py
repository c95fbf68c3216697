"""Earrings and what is worn on the head, over many seeds: sound meshes, honest facts, two instances for a pair."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

pytest.importorskip("scipy", reason="shapes need scipy: pip install 'parure[render]'")

from scipy.spatial import cKDTree

from parure.render.families import (
    drops,
    ear_chandeliers,
    ear_cuffs,
    ear_flowers,
    earrings,
    head_tiara,
    head_tikka,
    hoops,
    jhumka,
    nose_rings,
)
from parure.render.mesh import Mesh, Part, all_vertices, merge_by_label, signed_volume
from parure.taxonomy import load

_MODULES = (earrings, hoops, drops, ear_chandeliers, ear_cuffs, ear_flowers, jhumka, nose_rings, head_tikka, head_tiara)
_FAMILIES = [family for module in _MODULES for family in module.FAMILIES]
_EARRINGS = [family for family in _FAMILIES if hasattr(family, "worn")]
_SEEDS = range(4)
_MOST_VERTICES = 150_000


def _drawn(family, seed):
    return family.sample(np.random.default_rng(seed))


def _is_closed(mesh: Mesh) -> bool:
    """Each directed edge once and its reverse once, vertices at one place taken as one."""
    _, index = np.unique(np.round(mesh.vertices, 5), axis=0, return_inverse=True)
    faces = index.reshape(-1)[mesh.faces]
    a, b, c = faces.T
    faces = faces[(a != b) & (b != c) & (c != a)]
    edges = np.vstack([faces[:, [0, 1]], faces[:, [1, 2]], faces[:, [2, 0]]]).astype(np.int64)
    size = len(mesh.vertices)
    ahead, back = edges[:, 0] * size + edges[:, 1], edges[:, 1] * size + edges[:, 0]
    return bool(np.array_equal(np.sort(ahead), np.sort(back)))


def _assert_sound(parts: list[Part]) -> None:
    assert len(all_vertices(parts)) < _MOST_VERTICES
    checked: set[tuple[int, float]] = set()
    for part in parts:
        vertices = part.mesh.vertices
        assert np.isfinite(vertices).all(), part.label
        assert part.mesh.faces.max() < len(vertices)
        volume = signed_volume(part.mesh)
        assert volume > 0, f"{part.label} is inside out"
        shape = (len(vertices), round(volume, 6))
        if shape not in checked:  # repeated links, claws and melee are the same shape elsewhere
            checked.add(shape)
            assert _is_closed(part.mesh), f"{part.label} in {part.material} is open"


@pytest.mark.parametrize("seed", _SEEDS)
@pytest.mark.parametrize("family", _FAMILIES, ids=lambda family: family.__name__)
def test_a_sampled_piece_is_sound_and_holds_what_its_facts_say(family, seed):
    piece = _drawn(family, seed)
    parts, facts = piece.build(), piece.facts()
    _assert_sound(parts)
    if facts.stone is not None:
        assert facts.stone.gem in {part.material for part in parts}
    if facts.stone is None:
        assert not {part.label for part in parts} & {"centre_stone", "side_stone", "bead"}
    assert len(merge_by_label(parts)) <= len(parts)


@pytest.mark.parametrize("family", _FAMILIES, ids=lambda family: family.__name__)
def test_facts_are_words_of_the_taxonomy(family):
    taxonomy = load()
    for seed in range(40):
        facts = _drawn(family, seed).facts()
        for attribute in ("type", "setting", "motif", "chain_type", "closure"):
            word = getattr(facts, attribute)
            assert not word or taxonomy.value(attribute, word).id == word


@pytest.mark.parametrize("family", _EARRINGS, ids=lambda family: family.__name__)
def test_a_pair_is_two_instances_that_do_not_meet_and_a_single_is_one(family):
    for seed in range(3):
        piece = _drawn(family, seed)
        parts = piece.build()
        expected = {0, 1} if piece.pair else {0}
        assert {part.instance for part in parts} == expected
        if piece.pair:
            left, right = (all_vertices([part for part in parts if part.instance == k]) for k in (0, 1))
            assert cKDTree(left).query(right[::3])[0].min() > 0.2
        lowest = [min(p.mesh.vertices[:, 2].min() for p in parts if p.instance == k) for k in sorted(expected)]
        assert lowest == pytest.approx([0.0] * len(expected), abs=1e-6)


@pytest.mark.parametrize("family", _EARRINGS, ids=lambda family: family.__name__)
def test_a_worn_earring_is_near_the_piercing_and_no_larger_than_one_of_the_pair(family):
    piece = _drawn(family, 5)
    points = all_vertices(piece.worn())
    assert (points.min(axis=0) < 2.5).all()
    assert (points.max(axis=0) > -2.5).all()
    assert points[:, 1].min() < 0.0 < points[:, 1].max()
    assert np.ptp(points, axis=0).max() < 130


def _touching(parts: list[Part]) -> np.ndarray:
    """Points of one earring within a twentieth of a millimetre of the floor."""
    points = all_vertices(parts)
    return points[points[:, 2] < points[:, 2].min() + 0.05]


@pytest.mark.parametrize("pose", ["facing", "aside"])
@pytest.mark.parametrize("family", [earrings.StudEarrings, earrings.ClusterStuds, ear_flowers.FlowerStuds])
def test_a_stud_lies_on_its_rim_and_its_back(family, pose):
    for seed in range(6):
        parts = replace(_drawn(family, seed), pose=pose, pair=True).build()
        for instance in (0, 1):
            one = [part for part in parts if part.instance == instance]
            assert all_vertices(one)[:, 2].min() == pytest.approx(0, abs=1e-9)
            backs = [part for part in one if part.label in ("post", "closure")]
            head = [part for part in one if part.label not in ("post", "closure")]
            assert all_vertices(backs)[:, 2].min() < 0.1, seed
            assert all_vertices(head)[:, 2].min() < 0.1, seed


@pytest.mark.parametrize(
    "family",
    [earrings.DropEarrings, drops.PearlDrops, ear_chandeliers.ChandelierEarrings, drops.DangleEarrings],
    ids=lambda family: family.__name__,
)
def test_an_earring_laid_flat_rests_at_both_ends(family):
    for seed in range(6):
        parts = replace(_drawn(family, seed), pose="lying", pair=False).build()
        assert "post" not in {part.label for part in parts}
        along, touching = all_vertices(parts)[:, 1], _touching(parts)[:, 1]
        middle = (along.min() + along.max()) / 2
        assert touching.min() < middle < touching.max(), seed


@pytest.mark.parametrize("family", hoops.FAMILIES, ids=lambda family: family.__name__)
def test_a_leaning_hoop_lies_upon_the_other_which_lies_flat(family):
    for seed in range(6):
        parts = replace(_drawn(family, seed), pose="leaning", pair=True).build()
        flat, upper = (all_vertices([part for part in parts if part.instance == k]) for k in (0, 1))
        above = upper[cKDTree(flat[:, :2]).query(upper[:, :2])[0] < 0.4]
        apart = cKDTree(flat).query(above)[0]
        assert 0.2 < apart.min() < 2.5, f"{seed}: corners of a broad band lie so far apart"
        assert upper[upper[:, 2] < 0.05, 0].min() > above[:, 0].max(), f"{seed}: its other edge is on the floor"


def test_a_jhumka_hangs_above_its_bell():
    for seed in range(6):
        parts = replace(_drawn(jhumka.Jhumkas, seed), pair=False).build()
        bell = all_vertices([part for part in parts if part.label == "face"])
        stud = all_vertices([part for part in parts if part.label == "centre_stone"])
        assert all_vertices(parts)[:, 2].min() == pytest.approx(0, abs=1e-9)
        assert stud[:, 2].min() > bell[:, 2].max(), seed


@pytest.mark.parametrize("family", [jhumka.Jhumkas, head_tikka.MaangTikka], ids=lambda family: family.__name__)
def test_what_is_told_to_be_kundan_is_built_of_flat_stones(family):
    told = set()
    for seed in range(24):
        piece = _drawn(family, seed)
        if piece.stone.cut in ("bead", "cabochon"):
            continue
        told.add(piece.facts().setting)
        parts = piece.one() if family is jhumka.Jhumkas else piece.build()
        stones = {part.label: part.mesh.vertices for part in reversed(parts)}  # the first of each label
        for label in ("centre_stone", "side_stone")[: 1 + bool(piece.ring_stones)]:
            wide, deep = np.ptp(stones[label][:, :2], axis=0).min(), np.ptp(stones[label][:, 2])
            assert (deep < 0.5 * wide) == (piece.facts().setting == "kundan"), (seed, label)
    assert told == {"kundan", "bezel"}
