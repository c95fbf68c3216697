"""The recipe of a photograph: how often each effect is used. This dataclass is the table of effects.

Every field that is a float is the name of an effect and its chance; `without` and `only` switch effects off one by
one. Strengths are ranges inside the effects: they were set by eye beside real product photos, colour mildly, since
the colour of metal and stone is what a search asks for.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any, Self

from parure.render.photograph.grounds import GROUNDS

__all__ = ["EFFECTS", "MOVING", "Style"]

_GROUNDS = {
    "white": 8.0, "grey": 1.4, "paper": 2.0, "wood": 1.2, "marble": 1.2, "linen": 1.1, "velvet": 0.8, "silk": 0.6,
    "stone": 0.7, "slate": 0.6, "concrete": 0.6, "sand": 0.4, "leaf": 0.4, "leather": 0.6, "room": 0.8,
}  # fmt: skip


@dataclass(frozen=True)
class Style:
    # Framing. At most one of the first three is used; without any the piece is whole and fills .55 to 1 of the frame.
    close_up: float = 0.20  # a part of the piece fills the frame
    small: float = 0.16  # the piece fills .2 to .5 of the frame
    cut_by_edge: float = 0.07  # a framing error
    turn: float = 0.80  # up to about 20 degrees
    turn_far: float = 0.10  # any angle
    flip: float = 0.50
    stretch: float = 0.60  # a few per cent, as from another lens or a careless resize
    # Company. Used only when more than one cut-out is given.
    several: float = 0.30  # two to five pieces in one scene
    collage: float = 0.08  # a grid of photos
    # Things around the piece.
    props: float = 0.15  # coin, ruler, tag, box, card, leaf, note
    blurred_things: float = 0.10  # out of focus at the border
    # Light on the ground.
    contact_shadow: float = 0.70
    cast_shadow: float = 0.35
    reflection: float = 0.10
    # Faults on the piece.
    fingerprints: float = 0.08
    dust: float = 0.08
    scratches: float = 0.10
    tarnish: float = 0.08
    # Camera.
    soft_ground: float = 0.25  # depth of field on the ground
    depth_of_field: float = 0.15  # depth of field on everything
    motion_blur: float = 0.06
    vignette: float = 0.20
    exposure: float = 0.70  # brightness, contrast, gamma
    white_balance: float = 0.45
    saturation: float = 0.30
    glare: float = 0.08
    bloom: float = 0.15
    noise: float = 0.30
    # What happens to the file.
    shrink: float = 0.18  # downscale, upscale
    sharpen: float = 0.15
    watermark: float = 0.05
    text: float = 0.07  # prices, badges, captions
    dimensions: float = 0.03  # arrows with sizes
    border: float = 0.05
    jpeg: float = 0.45
    # Set-ups: the kinds of ground by weight, and which numbered ones. Hold some numbers out to test on unseen ones.
    grounds: Mapping[str, float] = field(default_factory=_GROUNDS.copy)
    first_setup: int = 0
    setups: int = 16  # of each kind; 16 of all kinds keep about 75 MB in each process, for pictures up to 320 px

    def __post_init__(self) -> None:
        wrong = [name for name in EFFECTS if not 0 <= getattr(self, name) <= 1]
        if wrong:
            raise ValueError(f"The chance of {', '.join(wrong)} must be from 0 to 1.")
        unknown = [kind for kind in self.grounds if kind not in GROUNDS]
        if unknown:
            raise ValueError(f"No ground is called {', '.join(unknown)}. Known grounds: {', '.join(GROUNDS)}.")
        if not self.grounds or min(self.grounds.values()) < 0 or not sum(self.grounds.values()) or self.setups < 1:
            raise ValueError("A style needs at least one ground with a weight above 0, and at least one set-up.")

    def without(self, *effects: str) -> Self:
        """The same recipe with these effects off."""
        off: dict[str, Any] = dict.fromkeys(_known(effects), 0.0)
        return replace(self, **off)

    @classmethod
    def only(cls, *effects: str, grounds: Mapping[str, float] | None = None) -> Self:
        """These effects always, no others; on white unless grounds are given."""
        known = _known(effects)
        chances: dict[str, Any] = {name: float(name in known) for name in EFFECTS}
        return cls(**chances, grounds=grounds or {"white": 1.0})


EFFECTS = tuple(entry.name for entry in fields(Style) if entry.type == "float")

# These move or hide pixels of the piece, and its labels with them; all the others leave the labels alone.
MOVING = frozenset(EFFECTS[: EFFECTS.index("props")]) | {"border"}


def _known(effects: tuple[str, ...]) -> tuple[str, ...]:
    unknown = [name for name in effects if name not in EFFECTS]
    if unknown:
        raise ValueError(f"No effect is called {', '.join(unknown)}. Known: {', '.join(EFFECTS)}.")
    return effects
