"""Brooches, cufflinks, tie clips and charms over many seeds: sound meshes, honest facts, pairs as two instances."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import pytest

pytest.importorskip("scipy", reason="shapes need scipy: pip install 'parure[render]'")

from parure.render.mesh import all_vertices
from tests.render.test_bracelet_families import assert_in_taxonomy, assert_sound, drawn

_MODULES = (
    "brooch_cameos",
    "brooch_figures",
    "brooch_forms",
    "brooch_leaves",
    "brooches",
    "charms",
    "cufflinks",
    "tie_clips",
)
_FAMILIES = [family for name in _MODULES for family in import_module(f"parure.render.families.{name}").FAMILIES]


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
