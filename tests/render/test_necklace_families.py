"""Necklaces and pendants over many seeds: sound meshes, known words, and the stone that the facts name."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

pytest.importorskip("scipy", reason="shapes need scipy: pip install 'parure[render]'")

from parure.render.chains import LINKS
from parure.render.cuts import Stone
from parure.render.families import (
    Family,
    necklace_collars,
    necklace_fringes,
    necklace_fronts,
    necklace_lays,
    necklace_pendants,
    necklaces,
    pendant_amulets,
    pendant_cases,
    pendant_charms,
    pendant_letters,
    pendant_nature,
    pendants,
)
from parure.render.families.necklace_settings import slim_collar, walled
from parure.render.families.strands import bead_mesh, strung
from parure.render.labels import label_of
from parure.render.mesh import Floats, Mesh, Part, all_vertices, signed_volume
from parure.taxonomy import load

_MODULES = (
    necklaces,
    necklace_pendants,
    necklace_fronts,
    necklace_collars,
    necklace_fringes,
    pendants,
    pendant_letters,
    pendant_cases,
    pendant_nature,
    pendant_charms,
    pendant_amulets,
)
_FAMILIES = [family for module in _MODULES for family in module.FAMILIES]
_MOST_VERTICES = 230_000


def _drawn(family: type, seed: int) -> Family:
    piece: Family = family.sample(np.random.default_rng(seed))  # type: ignore[attr-defined]
    return piece


def _is_closed(mesh: Mesh) -> bool:
    """Each directed edge once and its reverse once; vertices at one place are one, faces of no area are none."""
    _, index = np.unique(np.round(mesh.vertices, 6), axis=0, return_inverse=True)
    faces = index.reshape(-1)[mesh.faces]
    a, b, c = faces.T
    faces = faces[(a != b) & (b != c) & (c != a)]
    start, end = faces.ravel().astype(np.int64), np.roll(faces, -1, axis=1).ravel()
    base = len(mesh.vertices)
    return bool(np.array_equal(np.sort(start * base + end), np.sort(end * base + start)))


def _check_sound(parts: list[Part]) -> None:
    assert np.isfinite(all_vertices(parts)).all()
    assert len(all_vertices(parts)) < _MOST_VERTICES
    seen: set[tuple[int, float]] = set()
    for part in parts:
        label_of(part)
        volume = signed_volume(part.mesh)
        assert volume > 0, f"{part.label} in {part.material} is inside out"
        shape = (len(part.mesh.vertices), round(volume, 5))
        if shape not in seen:  # repeated links, stones and beads are one shape elsewhere
            seen.add(shape)
            assert _is_closed(part.mesh), f"{part.label} in {part.material} is open"


@pytest.mark.parametrize("family", _FAMILIES, ids=lambda family: str(family.__name__))
def test_sampled_pieces_are_sound_and_hold_the_stone_their_facts_name(family: type) -> None:
    for seed in range(3):
        piece = _drawn(family, seed)
        parts, facts = piece.build(), piece.facts()
        _check_sound(parts)
        assert all_vertices(parts)[:, 2].min() == pytest.approx(0.0, abs=1e-6)
        if facts.stone is not None:
            assert facts.stone.gem in {part.material for part in parts}
        else:
            labels = {part.label for part in parts if part.material != "metal"}
            assert labels <= {"cord", "enamel", "closure"}


@pytest.mark.parametrize("family", _FAMILIES, ids=lambda family: str(family.__name__))
def test_facts_are_words_of_the_taxonomy(family: type) -> None:
    words = load()
    for seed in range(30):
        facts = _drawn(family, seed).facts()
        line = (facts.type, *words.ancestors("type", facts.type))
        assert line[-1] in ("necklace", "pendant")
        for attribute in ("setting", "motif", "chain_type", "closure"):
            found = getattr(facts, attribute)
            assert not found or words.value(attribute, found).id == found


@pytest.mark.parametrize("family", _FAMILIES, ids=lambda family: str(family.__name__))
def test_the_same_seed_gives_the_same_piece_and_another_seed_another(family: type) -> None:
    assert _drawn(family, 3) == _drawn(family, 3)
    assert len({repr(_drawn(family, seed)) for seed in range(20)}) > 15


@pytest.mark.parametrize("family", _FAMILIES, ids=lambda family: str(family.__name__))
def test_a_piece_shows_chain_exactly_when_its_facts_name_one(family: type) -> None:
    for seed in range(3, 6):
        piece = _drawn(family, seed)
        labels = {part.label for part in piece.build()}
        chain_type = piece.facts().chain_type
        if chain_type in LINKS:
            assert "chain" in labels
        elif chain_type == "cord_chain":
            assert "cord" in labels


@pytest.mark.parametrize("kind", sorted(necklace_lays.LAYS))
def test_every_lay_has_its_middle_in_front_or_runs_from_side_to_side(kind: str) -> None:
    path = necklace_lays.lay(kind, 60, 80)
    assert np.isfinite(path).all()
    steps = np.linalg.norm(np.diff(path, axis=0), axis=1)
    assert steps.max() < 1.0
    if kind in necklace_lays.RUNNING_OUT:
        return
    if kind not in ("zigzag", "line"):
        assert path[len(path) // 2, 1] == pytest.approx(path[:, 1].min(), abs=0.2)
    assert np.ptp(path[:, 0]) == pytest.approx(60, rel=0.25)


@pytest.mark.parametrize("kind", necklace_lays.RUNNING_OUT)
def test_a_chain_that_runs_out_is_seen_as_wide_as_asked_and_ends_far_outside(kind: str) -> None:
    path = necklace_lays.lay(kind, 60, 80)
    reach = np.linalg.norm(path, axis=1)
    seen = path[reach < necklace_lays.FRAMED * reach.max()]
    assert reach[-1] == pytest.approx(reach.max(), rel=0.05)
    assert np.ptp(seen, axis=0).max() == pytest.approx(80, rel=0.35)
    if kind in necklace_lays.CLASPED:
        assert reach[0] < necklace_lays.FRAMED * reach.max()


def test_a_chain_looks_up_while_it_lies_and_keeps_its_side_where_it_rises() -> None:
    path = necklace_lays.lay("hung", 60, 80)
    ahead = np.gradient(path, axis=0)
    up = necklace_lays.upward(path)
    assert np.linalg.norm(up, axis=1) == pytest.approx(1, abs=1e-3)
    assert np.abs(np.einsum("ij,ij->i", up, ahead)).max() < 0.01
    lying = path[:, 2] < 1e-9
    assert np.allclose(up[lying][:-2], (0, 0, 1), atol=1e-3)
    assert np.linalg.norm(np.diff(up, axis=0), axis=1).max() < 0.2  # no sudden twist on the way


@pytest.mark.parametrize("closure", sorted(necklace_lays.CLOSURES))
def test_every_clasp_is_sound_and_sits_where_the_line_begins(closure: str) -> None:
    path = necklace_lays.lay("egg", 60, 80)
    parts = necklace_lays.clasp(closure, path, 1.2)
    _check_sound(parts)
    assert {part.label for part in parts} == {"closure"}
    assert np.linalg.norm(all_vertices(parts).mean(axis=0) - path[0]) < 2.0


def test_strung_beads_touch_and_grow_towards_the_front() -> None:
    path = np.column_stack([np.linspace(0, 100, 400), np.zeros(400), np.zeros(400)])
    parts = strung(path, ("coral", "jade"), 6.0, graduation=0.5)
    sizes = [float(np.ptp(part.mesh.vertices[:, 1])) for part in parts]
    assert sizes[0] < 0.7 * max(sizes)
    assert max(sizes) == pytest.approx(6.0, rel=0.05)
    ends = [(part.mesh.vertices[:, 0].min(), part.mesh.vertices[:, 0].max()) for part in parts]
    gaps = [after[0] - before[1] for before, after in pairwise(ends)]
    assert max(gaps) < 0.2
    assert {part.material for part in parts} == {"coral", "jade"}


@pytest.mark.parametrize("shape", ["round", "oval", "rondelle", "baroque", "drop"])
def test_every_bead_shape_is_closed(shape: str) -> None:
    assert _is_closed(bead_mesh(shape, 5))
    assert signed_volume(bead_mesh(shape, 5)) > 0


@pytest.mark.parametrize("cut", ["round", "pear", "cushion", "marquise", "princess"])
def test_light_settings_are_sound_around_every_outline(cut: str) -> None:
    stone = Stone("ruby", cut, 6.0)
    _check_sound(slim_collar(stone, wall=0.6, depth=1.5))
    _check_sound(walled(stone, 0.5))


def test_a_pendant_without_chain_is_a_pendant_and_with_chain_a_necklace() -> None:
    alone = pendants.StonePendant(Stone("ruby", "oval", 9.0), chain="")
    assert alone.facts().type == "pendant"
    assert "chain" not in {part.label for part in alone.build()}
    assert pendants.StonePendant(Stone("ruby", "oval", 9.0)).facts().type == "pendant_necklace"


@pytest.mark.parametrize("letter", sorted(pendant_letters.LETTERS))
def test_every_letter_is_one_high_and_in_one_piece(letter: str) -> None:
    strokes = pendant_letters.LETTERS[letter]
    points = np.vstack(strokes)
    assert points[:, 1].max() == pytest.approx(1.0, abs=0.02)
    assert points[:, 1].min() == pytest.approx(0.0, abs=0.07)
    reached, waiting = [strokes[0]], list(strokes[1:])
    while waiting:
        near = [s for s in waiting if any(_gap(s, other) < 0.08 for other in reached)]
        assert near, f"{letter} falls apart"
        reached += near
        waiting = [s for s in waiting if not any(s is done for done in near)]


def _gap(one: Floats, other: Floats) -> float:
    """How near two strokes come to one another."""
    first, second = (_dense(stroke) for stroke in (one, other))
    return float(np.linalg.norm(first[:, None] - second[None], axis=2).min())


def _dense(stroke: Floats) -> Floats:
    wanted, given = np.linspace(0, 1, 80), np.linspace(0, 1, len(stroke))
    return np.column_stack([np.interp(wanted, given, stroke[:, k]) for k in (0, 1)])
