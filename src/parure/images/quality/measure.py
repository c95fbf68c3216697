"""All measures of one picture. `MEASURES` is the visible table of them; every figure is from 0 to 1.

Costs are steady: the picture is looked at with at most 384 px, most of it with 192. What the piece is, and whether it
is jewellery at all, is not told here: that needs a model (see `parure.curate.quality_seen`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from parure.images.picture import Picture
from parure.images.quality.background import BACKGROUNDS, background_shares, cast
from parure.images.quality.exposure import measure_light
from parure.images.quality.framing import find_seams, measure_cut
from parure.images.quality.ground import Ground, find_ground
from parure.images.quality.lettering import measure_lettering
from parure.images.quality.sharpness import sharpness
from parure.images.quality.view import View

__all__ = ["FULL_SIDE", "MEASURES", "Measure", "Measured", "measure"]

FULL_SIDE = 1000  # px: a piece whose longer side has as many in the file has the best resolution


@dataclass(frozen=True)
class Measure:
    """`fault` is what people say of a picture that fails it; `low` where a low figure is the bad one."""

    name: str
    fault: str
    about: str
    low: bool = False


MEASURES: tuple[Measure, ...] = (
    Measure("sharpness", "blurred", "steepness of the piece's edges", low=True),
    Measure("resolution", "small", f"longer side of the piece in the file, as a share of {FULL_SIDE} px", low=True),
    Measure("dark", "underexposed", "what the brightest places lack of white"),
    Measure("washed", "overexposed", "brightness of the piece's dark places"),
    Measure("clipped", "burnt", "share of the piece that is burnt to pure white"),
    Measure("cut", "cut", "share of a side of the piece that runs along the frame"),
    Measure("cast", "tinted", "tint of a ground that was meant to be white"),
    Measure("text", "text", "certainty of words, sizes or a chart laid over the picture"),
    Measure("watermark", "watermarked", "certainty of see-through words"),
    Measure("border", "bordered", "length of the straight steps beside the edges"),
    Measure("collage", "collage", "length of the clearest straight step within the picture"),
    *(Measure(name, f"on_{name}", f"certainty that the background is {name}") for name in BACKGROUNDS),
)


@dataclass(frozen=True)
class Measured:
    """`scores` has a figure for each of `MEASURES`. `piece` is x, y, width, height as shares of the picture."""

    scores: Mapping[str, float]
    background: str
    piece: tuple[float, float, float, float] | None


def measure(picture: Picture) -> Measured:
    """The picture may have been shrunk on load; its header tells the size of the file, by which resolution goes."""
    view = View.of(picture.pixels)
    ground = find_ground(view)
    light, seams, lettering = measure_light(view, ground), find_seams(view), measure_lettering(view, ground)
    shares = background_shares(view, ground)
    scores = {
        "sharpness": sharpness(view, ground),
        "resolution": _resolution(picture, ground),
        "dark": light.dark,
        "washed": light.washed,
        "clipped": light.clipped,
        "cut": measure_cut(ground),
        "cast": cast(ground),
        "text": lettering.text,
        "watermark": lettering.watermark,
        "border": seams.border,
        "collage": seams.collage,
        **shares,
    }
    rounded = {name: round(min(1.0, max(0.0, float(value))), 4) for name, value in scores.items()}
    return Measured(rounded, max(shares, key=lambda name: shares[name]), ground.box)


def _resolution(picture: Picture, ground: Ground) -> float:
    _, _, wide, high = ground.box or (0.0, 0.0, 1.0, 1.0)
    return max(wide * picture.header.width, high * picture.header.height) / FULL_SIDE
