"""Stones by gem and cut: which shape belongs to which name, in millimetres.

Unit stones: half-length 1 along x, table towards +z, girdle about z = 0. A stone with one point (pear, trillion,
briolette) has it at +x; a heart has its cleft there, so that whatever hangs by +x hangs upright.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from parure.errors import ParureError
from parure.render.cut_brilliant import BRILLIANTS, brilliant_planes, princess_planes
from parure.render.cut_lofted import briolette, heart_brilliant, rose_cut
from parure.render.cut_planes import polyhedron
from parure.render.cut_step import step_planes
from parure.render.mesh import Floats, Mesh, Part
from parure.render.outlines import ASPECT, outline, polygon
from parure.render.stone_forms import BEAD_FORMS, CABOCHON_FORMS, ROUGH_FORMS, bead, cabochon, carved, rough_crystal
from parure.render.stone_looks import gem_tint

__all__ = ["CUTS", "OPAQUE_CUTS", "STEP_CUTS", "Stone", "cut_mesh", "polyhedron"]

OPAQUE_CUTS = ("cabochon", "bead", "carved")
STEP_CUTS = ("emerald", "asscher", "baguette", "trapezoid", "half_moon", "hexagon", "kite")
CUTS = (*BRILLIANTS, "oval", "princess", *STEP_CUTS, "heart", "briolette", "rose_cut", *OPAQUE_CUTS, "rough")

_FORMS = {"cabochon": tuple(CABOCHON_FORMS), "bead": BEAD_FORMS, "rough": ROUGH_FORMS}
_TAXONOMY = {"single": "single_cut", "bead": "bead_cut"}


@dataclass(frozen=True)
class Stone:
    """A stone by gem, cut and length in mm. `form` tells beads, cabochons and rough stones of one cut apart."""

    gem: str
    cut: str = "round"
    size: float = 6.5
    form: str = ""

    def part(self, label: str = "centre_stone") -> Part:
        tint = _unit_tint(self.gem, self.cut, self.form)
        mesh = cut_mesh(self.cut, self.form).scaled(self.size / 2)
        return Part(label, self.gem, mesh, self.cut in OPAQUE_CUTS, tint=tint)

    @property
    def outline(self) -> Floats:
        """The girdle in mm (n, 2)."""
        shape = CABOCHON_FORMS[self.form] if self.cut == "cabochon" else self.cut
        return outline(shape) * self.size / 2

    @property
    def crown(self) -> float:
        """How far the stone rises above its girdle, in mm."""
        return float(cut_mesh(self.cut, self.form).vertices[:, 2].max()) * self.size / 2

    @property
    def flat_backed(self) -> bool:
        return self.cut in ("cabochon", "carved", "rose_cut")

    @property
    def taxonomy_cut(self) -> str:
        """The id of its cut among the taxonomy's, blank for a pearl."""
        return "" if self.gem.endswith("pearl") else _TAXONOMY.get(self.cut, self.cut)


@lru_cache(maxsize=64)
def cut_mesh(cut: str, form: str = "") -> Mesh:
    """The unit mesh of a cut by its taxonomy name; `single` is the 17-facet cut used for melee."""
    if cut not in CUTS or form not in _FORMS.get(cut, ("",)):
        raise ParureError(f"No cut is called {cut!r} with the form {form!r}. Known cuts: {', '.join(CUTS)}.")
    if cut in BRILLIANTS:
        return polyhedron(brilliant_planes(outline(cut), BRILLIANTS[cut]))
    if cut in STEP_CUTS:
        return polyhedron(step_planes(polygon(cut)))
    return _other_mesh(cut, form)


def _other_mesh(cut: str, form: str) -> Mesh:
    if cut == "cabochon":
        return cabochon(form)
    if cut == "bead":
        return bead(form)
    if cut == "rough":
        return rough_crystal(form)
    if cut == "oval":
        # The round cut scaled: its depth is a share of the width, 61 % as in the round.
        return cut_mesh("round").scaled((1.0, ASPECT["oval"], ASPECT["oval"]))
    if cut == "princess":
        return polyhedron(princess_planes())
    if cut == "heart":
        return heart_brilliant(outline("heart"))
    if cut == "briolette":
        return briolette(ASPECT["briolette"])
    return carved() if cut == "carved" else rose_cut()


@lru_cache(maxsize=256)
def _unit_tint(gem: str, cut: str, form: str) -> Floats | None:
    return gem_tint(gem, cut_mesh(cut, form).vertices)
