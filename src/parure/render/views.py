"""How a piece is photographed: its pose, where the camera stands, what fills the frame, and the light.

Unusual: drawn at random, but from the habits of shop photographers for each type: rings from a little above, earrings
and pendants from the front, bracelets whole, from above or close up.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.random import Generator

from parure.errors import ParureError
from parure.render.camera import Camera, aim
from parure.render.chance import between, maybe, pick
from parure.render.families import Piece
from parure.render.families.ear_poses import FACING_OUT, Earring
from parure.render.families.necklace_lays import FRAMED, RUNNING_OUT
from parure.render.families.pendant_hangers import Hanger
from parure.render.lighting import Studio
from parure.render.mesh import Floats, Part, all_vertices, on_floor, place, rotation, settle
from parure.render.worn import DISPLAYED, WORN, WornScene, displayed, worn

__all__ = ["STAGED", "View", "camera_of", "draw_view", "pale", "posed", "staged", "suited"]

STAGED = {"worn": worn, "displayed": displayed}

_FLAT = ("earring", "necklace", "pendant", "brooch", "charm", "anklet", "maang_tikka", "body_jewellery")
_LYING_DOWN = ("ring", "loose_stone", "cufflink")  # also photographed as they come to rest on a table
_LONG = ("necklace", "bracelet", "anklet", "watch")
_HANGING = ("pendant", "maang_tikka")
_SLIGHT = 0.1  # of a piece's length: a smaller jewel is a ring that holds it, and shown alone would be no piece
_STEEP, _LOW = (22.0, 88.0), (10.0, 44.0)  # elevations of what faces up, and of what faces out
_HEADS = ("centre_stone", "face")
_PAPERS = {
    (1.0, 1.0, 1.0): 0.6,
    (0.5, 0.5, 0.51): 0.12,
    (0.82, 0.60, 0.54): 0.07,
    (0.48, 0.55, 0.45): 0.05,
    (0.42, 0.30, 0.20): 0.08,
    (0.05, 0.05, 0.06): 0.08,
}


@dataclass(frozen=True)
class View:
    """Angles in degrees, lengths as shares of the frame; enough to take the same photograph again.

    `pose` is "as_built", "lying" (rolled to rest), "worn" (on a body) or "displayed" (on a stand); the last two choose
    their own angles and focus.
    `focus` is what fills the frame: "all", "jewel" (without chain and cord), "front" (a third of a long piece),
    "head" (the stone or sign that a piece is worn for, and what is about it) or "within" (what lies near the origin, of
    a chain that runs out of the picture).
    `paper` is the linear colour of what lies below and is mirrored in the metal.
    """

    azimuth: float
    elevation: float
    pose: str = "as_built"
    focus: str = "all"
    margin: float = 1.12
    field: float = 22.0
    paper: tuple[float, float, float] = (1.0, 1.0, 1.0)
    studio: Studio = Studio(0.95, 0.46)
    seed: int = 0


def draw_view(random: Generator, kind: str, *, pale_metal: bool) -> View:
    """A view of a piece of the wide type `kind`."""
    pose = _pose(random, kind)
    focus = pick(random, _focuses(kind))
    return View(
        azimuth=_azimuth(random, kind),
        elevation=_elevation(random, kind),
        pose=pose,
        focus=focus,
        margin=between(random, 1.04, 1.2),
        field=between(random, 14, 38),
        paper=pick(random, _PAPERS),
        studio=_studio(random, pale_metal=pale_metal),
        seed=int(random.integers(1 << 31)),
    )


def suited(view: View, piece: Piece) -> View:
    """The same view, from lower down where the piece shows its face to the side and not to the sky; of a pendant sold
    with its chain, close up is the pendant and not its lower tip."""
    if view.pose == "as_built" and _lay(piece) in RUNNING_OUT:
        view = replace(view, focus="within")
        if _lay(piece) == "hung":  # from any side: a coil has no front
            view = replace(view, azimuth=round(4 * view.azimuth, 1), elevation=_lowered(view))
        return view
    if view.focus == "front" and isinstance(piece, Hanger):
        view = replace(view, focus="jewel")
    if view.pose == "as_built" and isinstance(piece, Earring) and piece.shown in FACING_OUT:
        return replace(view, elevation=_lowered(view))
    return view


def _lay(piece: Piece) -> str:
    return getattr(piece, "lay", "")


def _lowered(view: View) -> float:
    share = (view.elevation - _STEEP[0]) / (_STEEP[1] - _STEEP[0])
    return round(_LOW[0] + share * (_LOW[1] - _LOW[0]), 1)


def _pose(random: Generator, kind: str) -> str:
    shares = {"as_built": 0.6}
    if kind in _LYING_DOWN:
        shares["lying"] = 0.25
    if kind in WORN:
        shares["worn"] = 0.13
    if kind in DISPLAYED:
        shares["displayed"] = 0.06
    return pick(random, shares)


def _focuses(kind: str) -> dict[str, float]:
    """The nearest third of what hangs is its lower tip, which nobody photographs: it is shown without its chain."""
    if kind in _HANGING:
        return {"all": 0.62, "jewel": 0.38}
    return {"all": 0.62, "front": 0.24, "jewel": 0.14} if kind in _LONG else {"all": 0.94, "head": 0.06}


def _azimuth(random: Generator, kind: str) -> float:
    if kind in _FLAT:
        return round(float(random.normal(0, 22)), 1)
    if kind in ("bracelet", "watch") and maybe(random, 0.6):
        return round(float(random.normal(0, 30)), 1)  # the front of it, where its sign or dial is
    return between(random, 0, 360) if kind in ("bracelet", "watch", "loose_stone") else between(random, -75, 75)


def _elevation(random: Generator, kind: str) -> float:
    if kind in _FLAT:
        return float(np.clip(round(90 - abs(random.normal(0, 26)), 1), *_STEEP))
    return between(random, 14, 78) if maybe(random, 0.8) else between(random, 78, 88)


def _studio(random: Generator, *, pale_metal: bool) -> Studio:
    """White metal gets a darker tent and table, or it would vanish on white paper."""
    dim = 0.82 if pale_metal else 1.0
    boxes, flags = int(random.integers(4, 11)), int(random.integers(3, 11))
    return Studio(between(random, 0.55, 1.05) * dim, between(random, 0.25, 0.6) * dim, boxes=boxes, flags=flags)


def pale(metal_colour: str) -> bool:
    return metal_colour in ("white", "grey")


def posed(parts: Sequence[Part], view: View) -> list[Part]:
    """The piece as it stands or lies before the camera, on the floor."""
    return settle(place(parts, rotation((1, 0, 0), -80))) if view.pose == "lying" else on_floor(parts)


def staged(piece: Piece, parts: Sequence[Part], view: View, kind: str) -> WornScene | None:
    """The piece of the wide type `kind`, built as `parts`, on a body or a stand.

    None where the view asks for neither or the piece does not fit there, such as a necklace drawn as a heap."""
    if view.pose not in STAGED or _lay(piece) in RUNNING_OUT:
        return None
    hanging = piece.worn() if kind == "earring" and isinstance(piece, Earring) else parts
    if isinstance(piece, Hanger) and kind == "necklace":
        kind = "pendant"  # sold with its chain, but it lies with a bit of it only
    links = (piece.chain, piece.chain_width) if isinstance(piece, Hanger) and piece.chain else None
    try:
        return STAGED[view.pose](hanging, kind, np.random.default_rng(view.seed), links=links)
    except ParureError:
        return None


def camera_of(parts: Sequence[Part], view: View) -> Camera:
    """The camera of the view, framing its focus."""
    return aim(_focus(parts, view), view.azimuth, view.elevation, margin=view.margin, field=view.field)


def _focus(parts: Sequence[Part], view: View) -> Floats:
    points = all_vertices(parts)
    if view.focus == "jewel":
        jewel = [part for part in parts if part.label not in ("chain", "cord", "closure", "strap")]
        found = all_vertices(jewel) if jewel else points
        slight = np.ptp(found, axis=0).max() < _SLIGHT * np.ptp(points, axis=0).max()
        return _nearest_third(points, view.azimuth) if slight else found
    if view.focus == "front":
        return _nearest_third(points, view.azimuth)
    if view.focus == "within":
        reach = np.linalg.norm(points, axis=1)
        return np.asarray(points[reach < FRAMED * reach.max()])
    if view.focus == "head":
        return _about_the_head(parts, points)
    return points


def _about_the_head(parts: Sequence[Part], points: Floats) -> Floats:
    """All of the head and at least a third of the piece; the whole piece where no part of it stands out."""
    heads = [part for part in parts if part.label in _HEADS]
    if not heads:
        return points
    head = all_vertices(heads)
    reach = max(0.65 * float(np.ptp(head, axis=0).max()), 0.3 * float(np.ptp(points, axis=0).max()))
    middle = (head.min(axis=0) + head.max(axis=0)) / 2
    return np.vstack([head, points[np.linalg.norm(points - middle, axis=1) < reach]])


def _nearest_third(points: Floats, azimuth: float) -> Floats:
    """The points nearest to the camera on the floor, and not far to either side."""
    angle = np.radians(azimuth)
    away = points[:, :2] @ np.array([-np.sin(angle), np.cos(angle)])
    across = points[:, :2] @ np.array([np.cos(angle), np.sin(angle)])
    near = away < away.min() + 0.3 * np.ptp(away)
    middle = np.median(across[near])
    chosen = near & (np.abs(across - middle) < 0.22 * max(np.ptp(across), np.ptp(away)))
    return np.asarray(points[chosen] if chosen.sum() > 40 else points)
