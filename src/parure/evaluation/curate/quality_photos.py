"""Faultless photos to calibrate on: drawn designs photographed without any fault, and the sample shop.

Each knows its piece and what it lies on. Designs are split into two halves by their name, one to fit and one to report,
so no design is in both. `varied` ones teach what a ground is: in any light, of any tint, bodies near and far.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from zlib import crc32

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray
from PIL import Image, ImageFilter

from parure.images import Pixels
from parure.render.dataset.store import iter_records, read_cutout
from parure.render.photograph import Cutout, Style, photograph
from parure.render.photograph.grounds import lay
from parure.sample import shop_path

__all__ = ["CleanPhoto", "cut_out", "drawn_photos", "shop_photos"]

_FAULTS = (
    "close_up", "cut_by_edge", "several", "collage", "props", "blurred_things", "depth_of_field", "motion_blur",
    "glare", "shrink", "watermark", "text", "dimensions", "border", "white_balance", "scratches", "dust",
    "fingerprints",
)  # fmt: skip
_LIGHT = ("exposure", "vignette", "bloom")
_WHITE = {"white": 1.0}
_EVEN = {"grey": 1.0}
_FINE = {"grey": 1.0, "linen": 0.2, "velvet": 0.2}  # one tone, at most a fine texture
_SCENES = dict.fromkeys(("wood", "marble", "silk", "stone", "slate", "leaf", "room", "paper", "sand"), 1.0)
_SIDE = 256  # px: as large as the pieces are drawn, so that none is blurred by enlarging
_SHOP_SIDE = 384
_AIR = 4  # px between a whole piece and the frame


@dataclass(frozen=True, eq=False)
class CleanPhoto:
    """`piece` (h, w) is True on the piece, None where that is not known. `background`: white, plain, scene or worn.

    `sharp`: the piece was not enlarged from what was drawn, which would blur it. `entire`: all of it was drawn.
    """

    pixels: Pixels
    piece: NDArray[np.bool_] | None
    background: str
    design: str
    sharp: bool = True
    entire: bool = True

    @property
    def whole(self) -> bool:
        """The piece is known to stand free of the frame."""
        if self.piece is None or not self.entire:
            return False
        inside = self.piece[_AIR:-_AIR, _AIR:-_AIR]
        return int(inside.sum()) == int(self.piece.sum())


def drawn_photos(root: Path, count: int, *, report: bool, varied: bool = False) -> Iterator[CleanPhoto]:
    """Of three about one on white, one on another even ground, one in a scene; and what is worn. Raises `NotFound`."""
    random = np.random.default_rng((report, varied))
    yield from islice(_all_drawn(root, report, random, varied), count)


def _all_drawn(root: Path, report: bool, random: Generator, varied: bool) -> Iterator[CleanPhoto]:
    for record in iter_records(root):
        if crc32(record.id.encode()) % 2 != report:
            continue
        for taken in record.pictures:
            photo = _photo(read_cutout(root, taken.name), str(taken.view.get("pose", "as_built")), random, varied)
            if photo.piece is not None and photo.piece.mean() > 0.002:
                yield replace(photo, design=record.id)


def _photo(cutout: Cutout, pose: str, random: Generator, varied: bool) -> CleanPhoto:
    background = {"worn": "worn", "displayed": "scene"}.get(pose) or str(random.choice(["white", "plain", "scene"]))
    if varied and pose == "worn" and random.random() < 0.5:
        return _reaching_in(cutout, random)
    grounds = {"white": _WHITE, "plain": _FINE if varied else _EVEN}.get(background, _SCENES)
    if pose != "as_built" and random.random() < 0.5:
        grounds = {**_WHITE, **_EVEN}
    plain_light = not varied or random.random() < 0.4
    style = Style(grounds=grounds).without(*_FAULTS, *(_LIGHT if plain_light else ()))
    if varied and background == "scene":
        style = replace(style, props=0.4, blurred_things=0.2)
    scene = photograph([cutout], random, size=_SIDE, style=style)
    pixels = scene.pixels
    if varied and background != "white":
        pixels = _tinted(pixels, random)
    piece, drawn = (scene.labels & 15) > 0, (cutout.labels & 15) > 0
    rim = (drawn[0], drawn[-1], drawn[:, 0], drawn[:, -1])
    sharp, entire = bool(piece.sum() < 0.8 * drawn.sum()), not any(side.any() for side in rim)
    return CleanPhoto(pixels, piece, background, "", sharp=sharp, entire=entire)


def _reaching_in(cutout: Cutout, random: Generator) -> CleanPhoto:
    """A body that comes in from an edge, as hands do, over white, another even ground or something out of focus."""
    side = int(_SIDE * random.uniform(0.45, 0.95))
    size = (int(_SIDE * random.uniform(1, 1.4)), _SIDE)
    tone = 255 if random.random() < 0.6 else int(random.integers(30, 255))
    picture = Image.new("RGB", size, (tone, tone, tone))
    if random.random() < 0.5:
        kind, number = str(random.choice(list(_SCENES))), int(random.integers(16))
        picture = lay(kind, number, random, (size[1], size[0]))
        picture = picture.filter(ImageFilter.GaussianBlur(float(random.uniform(0, 5))))
    small = Image.fromarray(cutout.pixels).resize((side, side), Image.Resampling.BICUBIC)
    left, top = int(random.integers(0, picture.width - side + 1)), int(random.choice((0, _SIDE - side)))
    picture.paste(small.convert("RGB"), (left, top), small.getchannel("A"))
    labels = np.zeros((picture.height, picture.width), np.uint8)
    own = Image.fromarray(cutout.labels).resize((side, side), Image.Resampling.NEAREST)
    labels[top : top + side, left : left + side] = np.asarray(own)
    bright = np.asarray(picture, np.float32) * random.uniform(0.9, 1.35)
    return CleanPhoto(np.clip(bright, 0, 255).astype(np.uint8), (labels & 15) > 0, "worn", "")


def _tinted(pixels: Pixels, random: Generator) -> Pixels:
    """Another tint, a slope of light, some noise: grounds of every colour."""
    height, width = pixels.shape[:2]
    tint = 1 - random.uniform(0, 0.35) * random.random(3)
    angle, slope = random.uniform(0, 2 * np.pi), random.uniform(0, 0.35)
    ramp = np.cos(angle) * np.linspace(-1, 1, width)[None] + np.sin(angle) * np.linspace(-1, 1, height)[:, None]
    light = 1 - slope * (ramp * 0.35 + 0.5)
    noise = random.normal(0, random.uniform(0, 4), (height, width, 1))
    return np.asarray(np.clip(pixels * tint * light[..., None] + noise, 0, 255), np.uint8)


def cut_out(photo: CleanPhoto, random: Generator) -> CleanPhoto:
    """The piece alone on pure white, as many shops show it: as large as it was, or smaller, or filling the picture."""
    assert photo.piece is not None
    mask = Image.fromarray(photo.piece).convert("L").filter(ImageFilter.MaxFilter(3))
    picture = Image.new("RGB", mask.size, "white")
    picture.paste(Image.fromarray(photo.pixels), mask=mask.filter(ImageFilter.GaussianBlur(0.7)))
    side = max(picture.size)
    box = mask.getbbox()
    share = float(random.uniform(0.35, 1)) if random.random() < 0.5 else 1.0
    if box and random.random() < 0.25:
        picture, share = picture.crop(box), share * 0.95
    scale = min(1.0, share * side / max(picture.size))
    size = (max(1, round(picture.width * scale)), max(1, round(picture.height * scale)))
    whole = Image.new("RGB", (side, side), "white")
    whole.paste(picture.resize(size, Image.Resampling.BICUBIC), ((side - size[0]) // 2, (side - size[1]) // 2))
    return replace(photo, pixels=np.asarray(whole), piece=None, background="white", sharp=False)


def shop_photos(*, report: bool) -> Iterator[CleanPhoto]:
    """The sample shop's photos, split by product."""
    for path in sorted((shop_path() / "photos").glob("*.webp")):
        product = path.stem.rsplit("-", 1)[0]
        if crc32(product.encode()) % 2 != report:
            continue
        with Image.open(path) as image:
            pixels = np.asarray(image.convert("RGB").resize((_SHOP_SIDE, _SHOP_SIDE), Image.Resampling.BICUBIC))
        yield CleanPhoto(pixels, None, _rim(pixels), product)


def _rim(pixels: Pixels) -> str:
    """ "white" where the outermost pixels are; else unknown."""
    rim = np.concatenate([pixels[:3].reshape(-1, 3), pixels[-3:].reshape(-1, 3)])
    return "white" if np.median(rim, axis=0).min() >= 250 else ""
