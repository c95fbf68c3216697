from __future__ import annotations

import numpy as np
import pytest

from parure.errors import ParureError
from parure.render.finishes import FINISHES, finish_named, shaped_normals, surface_shade
from parure.render.gems import OPAQUE_GEMS, TRANSPARENT_GEMS
from parure.render.materials import METALS, STUFFS, Casting, metal_facts, metal_named, stone_facts, stuff_named
from parure.render.mesh import METAL, Part
from parure.render.noise import cells, waves
from parure.render.palette import (
    BEAD_GEMS,
    CABOCHON_GEMS,
    CASTINGS,
    FACETED_GEMS,
    MELEE_GEMS,
    PEARL_GEMS,
    same_role,
)
from parure.render.palette import FINISHES as FINISH_SHARES
from parure.render.solids import ball, torus
from parure.render.stone_looks import PATTERNS, gem_tint
from parure.taxonomy import load

GEMS = [*TRANSPARENT_GEMS, *OPAQUE_GEMS]


def taxonomy_ids(attribute: str) -> set[str]:
    return set(load().attribute(attribute).values)


def test_every_metal_and_finish_is_known_to_the_taxonomy() -> None:
    facts = [metal_facts(Casting(metal)) for metal in METALS]
    assert {metal for metal, _ in facts} <= taxonomy_ids("metal")
    assert {colour for _, colour in facts} <= taxonomy_ids("metal_colour")
    assert FINISHES.keys() <= taxonomy_ids("finish")


def test_every_gem_is_known_to_the_taxonomy() -> None:
    facts = [stone_facts(gem) for gem in GEMS]
    assert {stone for stone, _ in facts} <= taxonomy_ids("main_stone")
    assert {hue for _, hue in facts} <= taxonomy_ids("stone_colour")


def test_the_palette_names_only_what_can_be_drawn() -> None:
    drawn = FACETED_GEMS.keys() | PEARL_GEMS.keys() | CABOCHON_GEMS.keys() | BEAD_GEMS.keys() | MELEE_GEMS.keys()
    assert drawn == set(GEMS)
    assert METALS.keys() == CASTINGS.keys()
    assert FINISHES.keys() == FINISH_SHARES.keys()
    assert all(gem in same_role(gem) for gem in drawn)


def test_two_colours_make_a_piece_two_tone_and_two_whites_do_not() -> None:
    assert metal_facts(Casting("yellow_gold", second="white_gold")) == ("gold", "two_tone")
    assert metal_facts(Casting("platinum", second="silver")) == ("platinum", "white")


@pytest.mark.parametrize("ask", [metal_named, finish_named, stone_facts, stuff_named, same_role])
def test_an_unknown_name_is_told(ask: object) -> None:
    assert callable(ask)
    with pytest.raises(ParureError, match="unobtainium"):
        ask("unobtainium")


def test_colours_are_reflectances() -> None:
    colours = [gem.colour for gem in OPAQUE_GEMS.values()] + [stuff.colour for stuff in STUFFS.values()]
    colours += [metal.reflectance for metal in METALS.values()] + [gem.tint for gem in TRANSPARENT_GEMS.values()]
    assert all(0 < channel <= 1 for colour in colours for channel in colour)


def test_skin_goes_from_pale_to_deep() -> None:
    brightness = [sum(STUFFS[f"skin_{tone}"].colour) for tone in range(1, 7)]
    assert brightness == sorted(brightness, reverse=True)


@pytest.mark.parametrize("gem", [gem for gem, look in OPAQUE_GEMS.items() if look.pattern])
def test_a_drawing_on_a_gem_varies_and_stays_a_reflectance(gem: str) -> None:
    points = ball(1.0, detail=20).vertices
    tint = gem_tint(gem, points)
    assert tint is not None
    colours = tint * np.array(OPAQUE_GEMS[gem].colour)
    assert colours.shape == points.shape
    assert 0 < colours.min() <= colours.max() <= 1
    assert np.ptp(colours, axis=0).max() > 0.02
    assert np.array_equal(tint, gem_tint(gem, points))


def test_every_drawing_is_used_and_plain_gems_have_none() -> None:
    assert {look.pattern for look in OPAQUE_GEMS.values()} - {""} == PATTERNS.keys()
    assert gem_tint("onyx", np.zeros((1, 3))) is None
    assert gem_tint("ruby", np.zeros((1, 3))) is None


def test_a_hammer_leans_the_normals_of_the_body_and_not_of_claws() -> None:
    mesh = torus(9.0, 2.0)
    normals = mesh.vertices / np.linalg.norm(mesh.vertices, axis=1, keepdims=True)
    dented = shaped_normals(Part("band", METAL, mesh), normals, "hammered")
    assert np.linalg.norm(dented, axis=1) == pytest.approx(1.0)
    assert np.sum(dented * normals, axis=1).min() > 0.5
    assert np.sum(dented * normals, axis=1).mean() < 0.99
    assert shaped_normals(Part("prong", METAL, mesh), normals, "hammered") is normals
    assert shaped_normals(Part("band", METAL, mesh), normals, "polished") is normals


def test_oxide_is_darker_in_a_hollow_than_on_a_ridge() -> None:
    mesh = torus(6.0, 2.5, count=96, sides=40)
    rim = mesh.vertices.copy()
    middle = 6.0 * rim[:, :2] / np.linalg.norm(rim[:, :2], axis=1, keepdims=True)
    normals = rim - np.column_stack([middle, np.zeros(len(rim))])
    normals /= np.linalg.norm(normals, axis=1, keepdims=True)
    ridge = surface_shade(Part("band", METAL, mesh), normals, Casting("silver", "oxidised"))
    hollow = surface_shade(Part("band", METAL, mesh), -normals, Casting("silver", "oxidised"))
    assert ridge is not None
    assert hollow is not None
    assert np.all(hollow <= ridge + 1e-9)
    assert hollow.mean() < 0.8 * ridge.mean()


def test_clean_polish_has_no_shade_and_tarnish_warms_it() -> None:
    part = Part("band", METAL, torus(9.0, 1.0))
    assert surface_shade(part, part.mesh.vertices, Casting("silver")) is None
    film = surface_shade(part, part.mesh.vertices, Casting("silver", tarnish=1.0))
    assert film is not None
    assert np.all(film[:, 0] > film[:, 2])
    assert 0 < film.min() <= film.max() <= 1


def test_noise_belongs_to_the_place() -> None:
    points = np.random.default_rng(3).uniform(-9, 9, (300, 3))
    order = np.random.default_rng(4).permutation(300)
    assert np.allclose(waves(points, 2.0)[order], waves(points[order], 2.0))
    way, border, share = cells(points, 1.5)
    assert np.allclose(cells(points[order], 1.5)[0], way[order])
    assert border.min() >= 0
    assert 0 <= share.min() < 0.1
    assert 0.9 < share.max() <= 1
