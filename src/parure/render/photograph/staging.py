"""Puts things around the place of the piece: some sharp with a shadow, some blurred at the border."""

from __future__ import annotations

from collections.abc import Mapping

from numpy.random import Generator
from PIL import Image, ImageFilter

from parure.render.chance import pick
from parure.render.photograph.props import prop

__all__ = ["blurred_things", "lay_props"]

_SHARP: Mapping[str, float] = {
    "coin": 1.2, "ruler": 1.2, "tag": 1.6, "box": 0.8, "dish": 1.2, "cloth": 1.4, "leaf": 1.4, "note": 1.0, "card": 1.0
}  # fmt: skip
_BLURRED: Mapping[str, float] = {"box": 1.0, "dish": 1.2, "cloth": 1.2, "leaf": 1.6, "card": 0.6, "coin": 0.4}

_NUMBERS = 24  # different ones of each kind


def lay_props(scene: Image.Image, random: Generator) -> Image.Image:
    """One to three things, towards the border, each with its shadow."""
    scene = scene.copy()
    for _ in range(int(random.choice((1, 1, 2, 3)))):
        side = float(random.uniform(0.22, 0.6)) * min(scene.size)
        thing = _thing(random, pick(random, _SHARP), side)
        x, y = _near_border(random, scene, 0.42)
        corner = (round(x - thing.width / 2), round(y - thing.height / 2))
        shade = thing.getchannel("A").filter(ImageFilter.BoxBlur(max(1.0, side / 40)))
        fall = max(1, round(side / 45))
        scene.paste((18, 16, 14), (corner[0] + fall, corner[1] + fall), shade.point([v // 2 for v in range(256)]))
        scene.paste(thing, corner, thing)
    return scene


def blurred_things(scene: Image.Image, random: Generator) -> Image.Image:
    """One or two large things that reach into the frame, far out of focus; under the piece, so it is never hidden."""
    scene = scene.copy()
    for _ in range(int(random.integers(1, 3))):
        side = float(random.uniform(0.4, 0.9)) * min(scene.size)
        thing = _thing(random, pick(random, _BLURRED), side / 3)
        room = Image.new("RGBA", (thing.width + 24, thing.height + 24), (0, 0, 0, 0))
        room.paste(thing, (12, 12), thing)
        soft = room.convert("RGBa").filter(ImageFilter.GaussianBlur(random.uniform(1.5, 4)))
        soft = soft.resize((soft.width * 3, soft.height * 3), Image.Resampling.BILINEAR).convert("RGBA")
        x, y = _near_border(random, scene, 0.52)
        scene.paste(soft, (round(x - soft.width / 2), round(y - soft.height / 2)), soft)
    return scene


def _thing(random: Generator, kind: str, side: float) -> Image.Image:
    drawn = prop(kind, int(random.integers(_NUMBERS)))
    small = drawn.resize((max(8, round(side)),) * 2, Image.Resampling.BILINEAR, reducing_gap=2.0)
    return small.rotate(float(random.uniform(-180, 180)), Image.Resampling.BILINEAR, expand=True)


def _near_border(random: Generator, scene: Image.Image, reach: float) -> tuple[float, float]:
    """A point `reach` of the frame from the middle along one axis, anywhere along the other."""
    across, along = reach * random.uniform(0.85, 1.15), random.uniform(-0.5, 0.5)
    side = -1 if random.random() < 0.5 else 1
    x, y = (side * across, along) if random.random() < 0.5 else (along, side * across)
    return (0.5 + x) * scene.width, (0.5 + y) * scene.height
