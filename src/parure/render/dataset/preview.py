"""Quick draws of a family, for whoever writes or tunes one: what it gives before a day is spent on rendering it."""

from __future__ import annotations

import numpy as np
from PIL import Image

from parure.errors import RenderError
from parure.render.dataset.sheet import Section, Tile, caption_of, tile_of
from parure.render.dataset.shoot import shoot_one
from parure.render.photograph import Cutout, photograph
from parure.render.spec import DesignSpec, attributes, drawn, stream
from parure.render.tracer import Quality

__all__ = ["preview"]


def preview(family: str, *, count: int, quality: Quality, photographs: bool) -> Section:
    """The first `count` draws of the family on white, or in photographs."""
    names = [f"preview-{family}-{number}" for number in range(count)]
    specs = [drawn(name, family, stream(name)) for name in names]
    return Section(family, [_tile(spec, quality, photographs=photographs) for spec in specs])


def _tile(spec: DesignSpec, quality: Quality, *, photographs: bool) -> Tile:
    try:
        shot = shoot_one(spec, 0, quality=quality)
    except (ArithmeticError, ValueError, LookupError) as error:
        raise RenderError(f"{spec.id} cannot be pictured: {type(error).__name__}: {error}.") from error
    cutout = Cutout(shot.pixels, shot.labels, shot.shadow)
    caption = caption_of(attributes(spec))
    if not photographs:
        return tile_of(cutout, caption, labels=False)
    seen = photograph([cutout], np.random.default_rng(shot.view.seed), size=quality.size)
    return Tile(Image.fromarray(seen.pixels), caption)
