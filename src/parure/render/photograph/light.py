"""Light around the piece: shadows and mirror images on the ground, glare and bloom in the lens, vignette.

Everything works on 8-bit pictures through the imaging library's own arithmetic, an order faster than on arrays.
"""

from __future__ import annotations

import numpy as np
from numpy.random import Generator
from PIL import Image, ImageChops, ImageFilter

from parure.render.photograph.noise import Shape, coordinates, stretch

__all__ = ["bloom", "cast_shadow", "darken", "glare", "reflection", "soften", "vignette"]


def soften(picture: Image.Image, radius: float) -> Image.Image:
    """A Gaussian blur; wide ones are made on a smaller copy, where they cost little and look the same."""
    step = 4 if radius > 6 else 2 if radius > 2 else 1
    if step == 1:
        return picture.filter(ImageFilter.GaussianBlur(radius))
    small = picture.resize((max(2, picture.width // step), max(2, picture.height // step)), Image.Resampling.BOX)
    return small.filter(ImageFilter.GaussianBlur(radius / step)).resize(picture.size, Image.Resampling.BILINEAR)


def darken(scene: Image.Image, light: Image.Image) -> Image.Image:
    """The scene under `light` (L, 255 leaves it as it is)."""
    return ImageChops.multiply(scene, Image.merge("RGB", (light, light, light)))


def cast_shadow(scene: Image.Image, cover: Image.Image, random: Generator) -> Image.Image:
    """The piece's own outline, moved away from the lamp and blurred with the distance."""
    reach = random.uniform(0.01, 0.06) * scene.height
    angle, strength = random.uniform(0.1, 0.9) * np.pi, random.uniform(0.15, 0.55)
    moved = cover.transform(
        cover.size, Image.Transform.AFFINE, (1, 0, -reach * np.cos(angle), 0, 1, -reach * np.sin(angle))
    )
    shade = soften(moved, 0.6 + reach * random.uniform(0.2, 0.7))
    return darken(scene, shade.point([round(255 - strength * value) for value in range(256)]))


def reflection(scene: Image.Image, piece: Image.Image, random: Generator) -> Image.Image:
    """The piece (RGBA, of the scene's size) upside down below itself, fading out, as on acrylic or polished stone."""
    box = piece.getchannel("A").getbbox()
    if box is None or box[3] >= scene.height:
        return scene
    mirrored = piece.crop(box).transpose(Image.Transpose.FLIP_TOP_BOTTOM)
    rows = np.arange(mirrored.height, dtype=np.float32) / max(1, mirrored.height)
    fade = np.clip(1 - rows / random.uniform(0.4, 0.9), 0, 1) * random.uniform(0.15, 0.4)
    faded = np.asarray(mirrored.getchannel("A")) * fade[:, None]
    result = scene.copy()
    result.paste(mirrored.convert("RGB"), (box[0], box[3] - 1), Image.fromarray(faded.astype(np.uint8)))
    return result


def vignette(picture: Image.Image, random: Generator) -> Image.Image:
    x, y = coordinates((48, 48))
    fall = 1 - random.uniform(0.12, 0.5) * (x**2 + y**2) * random.uniform(1, 2)
    mask = stretch(np.asarray(fall * 255, np.float32), (picture.height, picture.width))
    return darken(picture, Image.fromarray(np.clip(mask, 0, 255).astype(np.uint8)))


def glare(picture: Image.Image, random: Generator) -> Image.Image:
    """A lamp or window that shines into the lens: a veil on one side, or a few soft spots."""
    x, y = coordinates((40, 40))
    light = np.zeros((40, 40), np.float32)
    for _ in range(int(random.integers(1, 4))):
        away_x, away_y, size = random.uniform(-0.6, 0.6), random.uniform(-0.6, 0.6), random.uniform(0.05, 0.4)
        light += random.uniform(30, 130) * np.exp(-((x - away_x) ** 2 + (y - away_y) ** 2) / size**2)
    veil = Image.fromarray(np.clip(stretch(light, _shape(picture)), 0, 255).astype(np.uint8))
    return ImageChops.screen(picture, Image.merge("RGB", (veil, veil, veil.point([int(v * 0.9) for v in range(256)]))))


def bloom(picture: Image.Image, random: Generator) -> Image.Image:
    """Highlights spill over. What is white all over (a white ground) hardly does: only what stands out from it."""
    threshold = 215
    half = picture.reduce(2)
    high = half.point([max(0, value - threshold) * 255 // (255 - threshold) for value in range(256)] * 3)
    around = soften(high, random.uniform(3.6, 7))
    sparks = soften(ImageChops.subtract(high, around), random.uniform(0.6, 1.8))
    gain = random.uniform(0.4, 1.1)
    spill = sparks.point([int(min(255, value * gain)) for value in range(256)] * 3)
    return ImageChops.screen(picture, spill.resize(picture.size, Image.Resampling.BILINEAR))


def _shape(picture: Image.Image) -> Shape:
    return picture.height, picture.width
