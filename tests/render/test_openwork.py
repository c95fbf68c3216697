"""Pierced forms: what fills a rim is there, and stays within it."""

from __future__ import annotations

import numpy as np
import pytest

from parure.render.families.openwork import RIMS, Openwork
from parure.render.mesh import all_vertices

pytest.importorskip("scipy", reason='building pieces needs the extra "render" (scipy)')


@pytest.mark.parametrize("rim", RIMS)
@pytest.mark.parametrize("filling", ["veins", "fan", "lattice", "nested", "scrolls", "petals"])
def test_a_filling_adds_metal_and_none_of_it_beyond_the_rim(rim: str, filling: str) -> None:
    bare, filled = Openwork(rim, "empty").parts(), Openwork(rim, filling).parts()
    assert len(filled) > len(bare)
    reach, most = np.abs(all_vertices(bare)).max(axis=0), np.abs(all_vertices(filled)).max(axis=0)
    assert (most <= reach + 0.55).all()  # the radius of a wire
