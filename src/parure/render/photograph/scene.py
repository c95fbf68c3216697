"""One call from cut-outs to a photograph: framing, ground, light, faults, camera, file, in this order.

Reading the long table in `_finish` tells the order in which a picture goes through the effects.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.random import Generator
from PIL import Image

from parure.render.chance import pick
from parure.render.labels import INSTANCES
from parure.render.photograph import camera, light, overlays, wear
from parure.render.photograph.compose import Lamp, Numbering, compose, number_pieces, placed
from parure.render.photograph.grounds import lay
from parure.render.photograph.layout import Placement, arrange, frame, outline
from parure.render.photograph.noise import Shape
from parure.render.photograph.staging import blurred_things, lay_props
from parure.render.photograph.style import Style
from parure.render.photograph.values import Bytes, Cutout, Scene

__all__ = ["photograph"]

_COMPANY = 5  # pieces in one scene, at most


@dataclass(frozen=True, eq=False)
class _Chance:
    """Two streams. What moves pixels draws from `framing` alone, so light switched on or off never moves a label."""

    framing: Generator
    light: Generator


def photograph(
    cutouts: Sequence[Cutout], random: Generator, *, size: int | tuple[int, int] = 256, style: Style | None = None
) -> Scene:
    """A photograph of the first cut-out, or of several where the style says so; `size` is the side or (height, width).

    The same cut-outs, style and state of the generator give the same picture, byte for byte.
    """
    if not cutouts:
        raise ValueError("A photograph needs at least one cut-out.")
    style = style or Style()
    shape = (size, size) if isinstance(size, int) else size
    chance = _Chance(*(np.random.default_rng(int(seed)) for seed in random.integers(2**62, size=2)))
    kind = chance.framing.random() if len(cutouts) > 1 else 1.0
    if kind < style.collage:
        picture, labels, numbering = _collage(cutouts, chance, shape, style)
    else:
        company = cutouts[:_COMPANY] if kind < style.collage + style.several else cutouts[:1]
        picture, labels, numbering = _set_up(company, chance, shape, style)
    picture, labels = _finish(picture, labels, chance, style)
    return Scene(np.asarray(picture), labels, placed(labels, numbering))


def _set_up(
    cutouts: Sequence[Cutout], chance: _Chance, shape: Shape, style: Style
) -> tuple[Image.Image, Bytes, tuple[Numbering, ...]]:
    """Ground, things around, pieces with their shadows."""
    places = _places(cutouts, chance.framing, shape, style)
    numbering = number_pieces(cutouts, places)
    drawn = {0} | {entry.source for entry in numbering}  # a first cut-out without labels is still a picture
    laid = [
        (cutout, place, _table(numbering, source))
        for source, (cutout, place) in enumerate(zip(cutouts, places, strict=True))
        if place is not None and source in drawn
    ]
    ground, lamp = _ground(chance.light, shape, style)
    picture, labels = compose(ground, laid, lamp, chance.light)
    return picture, labels, numbering


def _ground(random: Generator, shape: Shape, style: Style) -> tuple[Image.Image, Lamp]:
    number = style.first_setup + int(random.integers(style.setups))
    ground = lay(pick(random, style.grounds), number, random, shape)
    soft, blurred, props, contact, cast, mirror = random.random(6)
    if soft < style.soft_ground:
        ground = camera.focus(ground, random, strongest=0.03)
    if blurred < style.blurred_things:
        ground = blurred_things(ground, random)
    if props < style.props:
        ground = lay_props(ground, random)
    return ground, Lamp(contact < style.contact_shadow, cast < style.cast_shadow, mirror < style.reflection)


def _places(cutouts: Sequence[Cutout], random: Generator, shape: Shape, style: Style) -> tuple[Placement | None, ...]:
    outlines = [outline(cutout) for cutout in cutouts]
    if len(cutouts) > 1 and not outlines[0].cut_off:
        return arrange(outlines, random, shape, style)
    return (frame(outlines[0], random, shape, style), *([None] * (len(cutouts) - 1)))


def _table(numbering: Sequence[Numbering], source: int) -> Bytes:
    """From a label byte of that cut-out to one of the scene."""
    table = np.zeros(256, np.uint8)
    for entry in numbering:
        if entry.source == source:
            start, goal = entry.source_instance * 16, entry.instance * 16
            table[start + 1 : start + 16] = np.arange(goal + 1, goal + 16)
    return table


def _collage(
    cutouts: Sequence[Cutout], chance: _Chance, shape: Shape, style: Style
) -> tuple[Image.Image, Bytes, tuple[Numbering, ...]]:
    """A grid of photos taken one by one; with fewer cut-outs than cells some are shown twice."""
    random = chance.framing
    rows, columns = pick(random, ((1, 2), (2, 1), (2, 2))) if len(cutouts) > 2 else pick(random, ((1, 2), (2, 1)))
    gap = int(random.integers(0, max(2, shape[0] // 40)))
    tone = int(random.choice((255, 255, 240, 20)))
    picture, labels = Image.new("RGB", (shape[1], shape[0]), (tone, tone, tone)), np.zeros(shape, np.uint8)
    numbering: list[Numbering] = []
    cell = ((shape[0] - gap * (rows - 1)) // rows, (shape[1] - gap * (columns - 1)) // columns)
    for at in range(rows * columns):
        source = at % len(cutouts)
        photo, seen, own = _set_up([cutouts[source]], chance, cell, style)
        if len(numbering) + len(own) > INSTANCES:
            break
        top, left = at // columns * (cell[0] + gap), at % columns * (cell[1] + gap)
        picture.paste(photo, (left, top))
        shift = np.where(seen & 15, seen + 16 * len(numbering), 0).astype(np.uint8)
        labels[top : top + cell[0], left : left + cell[1]] = shift
        first = len(numbering)
        numbering += [Numbering(source, each.source_instance, first + each.instance, each.pixels) for each in own]
    return picture, labels, tuple(numbering)


def _finish(picture: Image.Image, labels: Bytes, chance: _Chance, style: Style) -> tuple[Image.Image, Bytes]:
    """Faults, camera, file. All dice are thrown first: one effect off leaves the other decisions as they were."""
    random = chance.light
    effects: tuple[tuple[float, Callable[[], Image.Image]], ...] = (
        (style.tarnish, lambda: wear.tarnish(picture, labels, random)),
        (style.scratches, lambda: wear.scratches(picture, labels, random)),
        (style.fingerprints, lambda: wear.fingerprints(picture, labels, random)),
        (style.dust, lambda: wear.dust(picture, labels, random)),
        (style.depth_of_field, lambda: camera.focus(picture, random, strongest=0.012)),
        (style.motion_blur, lambda: camera.motion_blur(picture, random)),
        (style.vignette, lambda: light.vignette(picture, random)),
        (style.bloom, lambda: light.bloom(picture, random)),
        (style.glare, lambda: light.glare(picture, random)),
        (style.exposure, lambda: camera.exposure(picture, random)),
        (style.white_balance, lambda: camera.white_balance(picture, random)),
        (style.saturation, lambda: camera.saturation(picture, random)),
        (style.noise, lambda: camera.noise(picture, random)),
        (style.sharpen, lambda: camera.sharpen(picture, random)),
        (style.shrink, lambda: camera.shrink(picture, random)),
        (style.dimensions, lambda: overlays.dimensions(picture, labels, random)),
        (style.watermark, lambda: overlays.watermark(picture, random)),
        (style.text, lambda: overlays.text(picture, random)),
    )
    dice = random.random(len(effects) + 1)
    for die, (share, effect) in zip(dice, effects, strict=False):
        if die < share:
            picture = effect()
    if chance.framing.random() < style.border:
        picture, labels = overlays.border(picture, labels, chance.framing)
    if dice[-1] < style.jpeg:
        picture = camera.jpeg(picture, random)
    return picture, labels
