"""Bytes to a `Header` or a `Picture`, or an `ImageError` with its reason; nothing else comes out, whatever goes in.

The order is what makes it safe: byte cap, format by content, header, pixel cap, and only then pixels. Readers are
called directly, not through `PIL.Image.open`: the format is known, and no global switch of Pillow is touched.
JPEG is scaled while it is decoded (in the DCT, by 2, 4 or 8); other formats are decoded, then reduced.
"""

from __future__ import annotations

import contextlib
import importlib
import io
from collections.abc import Iterator

import numpy as np
from PIL import Image, ImageFile

from parure.errors import ImageError, ImageReason
from parure.images.claims import check_bytes, check_evidence, check_size, webp_canvas
from parure.images.colour import eight_bits, over_white, to_srgb
from parure.images.formats import FORMATS, is_cut_short, sniff
from parure.images.orientation import exif_orientation, upright
from parure.images.picture import Header, Limits, Picture, Pixels
from parure.images.png import without_luggage
from parure.images.quiet import quiet_readers
from parure.images.resize import fit_size, shrink

__all__ = ["decode", "read_header"]

_DEFAULT = Limits()


def read_header(data: bytes, limits: Limits = _DEFAULT) -> Header:
    """Format and size without decoding a pixel. Raises `ImageError`."""
    with _opened(data, limits) as (_, header):
        return header


def decode(data: bytes, *, limits: Limits = _DEFAULT, shrink_to: int | None = None, quick: bool = False) -> Picture:
    """The picture in sRGB, upright, alpha over white. Raises `ImageError`.

    With `shrink_to` the longest side of the result is exactly min(its original length, `shrink_to`); the header still
    tells the original size; `quick` shrinks in less time, to other pixels. Pillow's readers release the GIL, so threads
    scale.
    """
    if shrink_to is not None and shrink_to < 1:
        raise ValueError(f"shrink_to={shrink_to} must be at least 1 pixel.")
    with _opened(data, limits) as (image, header):
        if shrink_to:
            image.draft(None, fit_size(*image.size, shrink_to))  # does nothing unless JPEG
        image.load()
        check_size(image.size, Limits(limits.max_bytes, limits.max_pixels, 1))  # HEIC may hold more than it said
        turn = 1 if header.format == "tiff" else header.orientation  # Pillow turns TIFF by itself
        plain = eight_bits(image)
        small = shrink(plain, shrink_to, quick=quick) if shrink_to else plain
        return Picture(_finished(small, image.info.get("icc_profile"), turn), header)


def _finished(plain: Image.Image, profile: bytes | None, orientation: int) -> Pixels:
    alpha = plain.getchannel("A") if plain.mode in {"LA", "RGBA"} else None
    colour = plain if alpha is None else plain.convert(plain.mode.removesuffix("A"))
    rgb = over_white(to_srgb(colour, profile), alpha)
    pixels = np.ascontiguousarray(np.asarray(upright(rgb, orientation)))
    pixels.flags.writeable = False
    return pixels


@contextlib.contextmanager
def _opened(data: bytes, limits: Limits) -> Iterator[tuple[ImageFile.ImageFile, Header]]:
    """The image before its pixels are read, and its header, both within the limits."""
    check_bytes(data, limits)
    name = sniff(data)
    with _refusals(name, data), quiet_readers():
        if name == "webp":
            check_size(webp_canvas(data), limits)  # its reader takes memory for the canvas when it opens
        with _reader(name)(io.BytesIO(without_luggage(data) if name == "png" else data)) as image:
            header = _header(name, image)
            check_size(image.size, limits)
            check_evidence(name, image, data)
            yield image, header


def _reader(name: str) -> type[ImageFile.ImageFile]:
    module, _, attribute = FORMATS[name].reader.partition(":")
    reader: type[ImageFile.ImageFile] = getattr(importlib.import_module(module), attribute)
    return reader


def _header(name: str, image: ImageFile.ImageFile) -> Header:
    width, height = image.size
    if name == "tiff":  # Pillow gives the size as shown
        return Header(name, width, height, _tiff_orientation(image))
    orientation = 1 if name == "heic" else exif_orientation(image.info.get("exif") or b"")
    return Header(name, *((height, width) if orientation >= 5 else (width, height)), orientation)


def _tiff_orientation(image: ImageFile.ImageFile) -> int:
    value = getattr(image, "tag_v2", {}).get(274)
    return value if isinstance(value, int) and 1 <= value <= 8 else 1


@contextlib.contextmanager
def _refusals(name: str, data: bytes) -> Iterator[None]:
    """Whatever a reader raises (and on hostile bytes they raise nearly everything) as an `ImageError`."""
    try:
        yield
    except ImageError:
        raise
    except Exception as error:
        raise _refusal(error, name, data) from error


def _refusal(error: Exception, name: str, data: bytes) -> ImageError:
    reason = _reason(error, name, data)
    said = " ".join(str(error).split())[:160] or type(error).__name__  # libheif ends its messages with a line feed
    shown = name.upper()
    return ImageError(
        reason,
        {
            ImageReason.TOO_MANY_PIXELS: f"This {shown} needs more memory than there is ({said}). Export it smaller.",
            ImageReason.UNSUPPORTED_FORMAT: f"This is a rare kind of {shown} ({said}). Export it as JPEG or PNG.",
            ImageReason.TRUNCATED: f"This {shown} is cut short. Copy it again from its source.",
            ImageReason.CORRUPT: f"This {shown} is damaged ({said}). Export it again.",
        }[reason],
    )


def _reason(error: Exception, name: str, data: bytes) -> ImageReason:
    words = str(error).lower()
    if isinstance(error, MemoryError | Image.DecompressionBombError) or "maximum image size" in words:
        return ImageReason.TOO_MANY_PIXELS
    if "unknown pixel mode" in words or "unsupported" in words or "not supported" in words:
        return ImageReason.UNSUPPORTED_FORMAT
    if "truncated" in words or is_cut_short(name, data):
        return ImageReason.TRUNCATED
    return ImageReason.CORRUPT
