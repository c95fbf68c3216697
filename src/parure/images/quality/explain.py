"""The picture that shows why: for each measure a panel with the photo, what the measure looked at, and its figure.

Unusual: nothing is kept from measuring. The photo is looked at again, so that a panel cannot disagree with the code
that measures.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from parure.images.picture import Picture
from parure.images.quality.background import BACKGROUNDS, skin
from parure.images.quality.exposure import burnt
from parure.images.quality.framing import Seam, find_seams, touching
from parure.images.quality.ground import Ground, find_ground
from parure.images.quality.lettering import CELL, measure_lettering
from parure.images.quality.measure import MEASURES, Measured, measure
from parure.images.quality.sharpness import on_piece, steepness
from parure.images.quality.view import View

__all__ = ["explain"]

Mask = NDArray[np.bool_]
Colour = tuple[int, int, int]

_ALARM, _CALM, _INK, _PAPER = (213, 94, 0), (0, 114, 178), (32, 32, 36), (255, 255, 255)
_LINE = 22  # px of the caption
_ACROSS = 4  # panels in a row


@dataclass(frozen=True, eq=False)
class _Seen:
    view: View
    ground: Ground
    measured: Measured
    picture: Picture


def explain(picture: Picture, names: Sequence[str] = ()) -> Image.Image:
    """Panels for the measures named, by default for all, four in a row. Raises `ValueError` for an unknown name."""
    unknown = set(names) - set(_PAINTERS)
    if unknown:
        raise ValueError(f"There is no measure {', '.join(sorted(unknown))}. There is: {', '.join(_PAINTERS)}.")
    view = View.of(picture.pixels)
    seen = _Seen(view, find_ground(view), measure(picture), picture)
    panels = [_panel(seen, name) for name in names or _PAINTERS]
    wide, high = panels[0].size
    columns = min(_ACROSS, len(panels))
    sheet = Image.new("RGB", (wide * columns, high * -(-len(panels) // columns)), _PAPER)
    for at, panel in enumerate(panels):
        sheet.paste(panel, (at % columns * wide, at // columns * high))
    return sheet


def _panel(seen: _Seen, name: str) -> Image.Image:
    height, width = seen.view.grey.shape
    photo = Image.fromarray(seen.picture.pixels).resize((width, height), Image.Resampling.BICUBIC)
    photo = _PAINTERS[name](seen, photo)
    panel = Image.new("RGB", (width + 4, height + _LINE + 4), _PAPER)
    panel.paste(photo, (2, 2))
    draw = ImageDraw.Draw(panel)
    draw.text((4, height + 4), _caption(seen.measured, name), fill=_INK, font=ImageFont.load_default(13))
    return panel


def _caption(measured: Measured, name: str) -> str:
    if name == "background":
        shares = (f"{each} {measured.scores[each]:.2f}" for each in BACKGROUNDS)
        return f"{measured.background}: " + ", ".join(shares)
    low = next(each.low for each in MEASURES if each.name == name)
    return f"{name} {measured.scores[name]:.2f} ({'low' if low else 'high'} is bad)"


def _sharpness(seen: _Seen, photo: Image.Image) -> Image.Image:
    """Strong edges of the piece from orange (soft) to blue (sharp)."""
    steep, piece = steepness(seen.view), on_piece(seen.view, seen.ground)
    share = np.clip(steep / 0.7, 0, 1)[..., None]
    colour = (1 - share) * np.array(_ALARM) + share * np.array(_CALM)
    pixels = np.asarray(photo.convert("L").convert("RGB")) // 2 + 127
    shown = (steep > 0) & piece
    return Image.fromarray(np.where(shown[..., None], colour, pixels).astype(np.uint8))


def _resolution(seen: _Seen, photo: Image.Image) -> Image.Image:
    x, y, wide, high = seen.ground.box or (0.0, 0.0, 1.0, 1.0)
    header = seen.picture.header
    draw = ImageDraw.Draw(photo)
    corner = (x * photo.width, y * photo.height)
    draw.rectangle((*corner, (x + wide) * photo.width - 1, (y + high) * photo.height - 1), outline=_CALM, width=2)
    _plate(draw, corner, f"{wide * header.width:.0f} x {high * header.height:.0f} px in the file")
    return photo


def _tones(seen: _Seen, photo: Image.Image) -> Image.Image:
    """How many pixels of the piece have which tone, drawn over the photo's foot."""
    piece = seen.ground.piece
    tones = seen.view.bright[piece] if piece.any() else seen.view.bright.ravel()
    counts = np.bincount(tones >> 2, minlength=64).astype(float)
    draw = ImageDraw.Draw(photo)
    foot, step = photo.height - 1, photo.width / 64
    for tone, share in enumerate(np.sqrt(counts / counts.max())):
        colour = _ALARM if tone in {0, 1, 62, 63} else _CALM
        draw.rectangle((tone * step, foot - share * photo.height / 3, (tone + 0.8) * step, foot), fill=colour)
    return photo


def _clipped(seen: _Seen, photo: Image.Image) -> Image.Image:
    return _marked(photo, burnt(seen.view, seen.ground), _ALARM)


def _cut(seen: _Seen, photo: Image.Image) -> Image.Image:
    photo = _marked(photo, seen.ground.piece, _CALM, strength=0.4)
    draw = ImageDraw.Draw(photo)
    right, bottom = photo.width - 1, photo.height - 1
    sides = ((0, 0, 0, bottom), (right, 0, right, bottom), (0, 0, right, 0), (0, bottom, right, bottom))
    for share, line in zip(touching(seen.ground), sides, strict=True):
        if share > 0:
            draw.line(line, fill=_ALARM, width=6)
    return photo


def _cast(seen: _Seen, photo: Image.Image) -> Image.Image:
    """The ground's tone beside pure white, and its tint made four times as strong."""
    tone = seen.ground.tone
    strong = np.clip(tone.mean() + 4 * (tone - tone.mean()), 0, 255)
    draw = ImageDraw.Draw(photo)
    side = photo.width // 6
    for at, colour in enumerate((np.full(3, 255.0), tone, strong)):
        fill = (int(colour[0]), int(colour[1]), int(colour[2]))
        draw.rectangle((at * side, photo.height - side, (at + 1) * side, photo.height), fill=fill, outline=_INK)
    return photo


def _text(seen: _Seen, photo: Image.Image) -> Image.Image:
    return _cells(photo, measure_lettering(seen.view, seen.ground).text_cells)


def _watermark(seen: _Seen, photo: Image.Image) -> Image.Image:
    return _cells(photo, measure_lettering(seen.view, seen.ground).watermark_cells)


def _cells(photo: Image.Image, cells: NDArray[np.float32]) -> Image.Image:
    if not cells.size:
        return photo
    mask = np.zeros((photo.height, photo.width), np.bool_)
    large = np.kron(cells > 0.5, np.ones((CELL, CELL), np.bool_))
    mask[: large.shape[0], : large.shape[1]] = large
    return _marked(photo, mask, _ALARM, strength=0.5)


def _border(seen: _Seen, photo: Image.Image) -> Image.Image:
    return _seams(photo, find_seams(seen.view).outer)


def _collage(seen: _Seen, photo: Image.Image) -> Image.Image:
    return _seams(photo, (find_seams(seen.view).inner,))


def _seams(photo: Image.Image, seams: Sequence[Seam]) -> Image.Image:
    draw = ImageDraw.Draw(photo)
    for seam in seams:
        at = seam.at * (photo.height if seam.across else photo.width)
        line = (0, at, photo.width, at) if seam.across else (at, 0, at, photo.height)
        draw.line(line, fill=_ALARM if seam.share > 0.5 else _CALM, width=2)
        _plate(draw, (line[0] + 2, line[1] + 2), f"{seam.share:.2f}")
    return photo


def _background(seen: _Seen, photo: Image.Image) -> Image.Image:
    """What is taken for ground in blue, what has the colour of skin in orange."""
    photo = _marked(photo, ~seen.ground.piece, _CALM, strength=0.3)
    return _marked(photo, skin(seen.view).view(np.bool_), _ALARM, strength=0.4)


def _marked(photo: Image.Image, mask: Mask, colour: Colour, *, strength: float = 1.0) -> Image.Image:
    """The photo with a colour where the mask, of any size, is True."""
    plane = Image.fromarray(mask.view(np.uint8) * np.uint8(round(255 * strength)))
    return Image.composite(
        Image.new("RGB", photo.size, colour), photo, plane.resize(photo.size, Image.Resampling.NEAREST)
    )


def _plate(draw: ImageDraw.ImageDraw, at: tuple[float, float], words: str) -> None:
    font = ImageFont.load_default(12)
    draw.rectangle(draw.textbbox(at, words, font=font), fill=_PAPER)
    draw.text(at, words, fill=_INK, font=font)


_PAINTERS: dict[str, Callable[[_Seen, Image.Image], Image.Image]] = {
    "sharpness": _sharpness,
    "resolution": _resolution,
    "dark": _tones,
    "washed": _tones,
    "clipped": _clipped,
    "cut": _cut,
    "cast": _cast,
    "text": _text,
    "watermark": _watermark,
    "border": _border,
    "collage": _collage,
    "background": _background,
}
