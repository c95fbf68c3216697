"""What a file claims about itself, held against the limits and against its own length, before memory is spent on it."""

from __future__ import annotations

import struct

from PIL import Image

from parure.errors import ImageError, ImageReason
from parure.images.picture import Limits

__all__ = ["check_bytes", "check_evidence", "check_size", "webp_canvas"]

# The most pixels one byte of file can stand for, twice over or more, from how each format packs a blank picture:
# JPEG one bit for 8 x 8 pixels; PNG 8 pixels a byte, deflated by at most 1032; GIF 12 bits for a run of up to 4096;
# BMP two bytes for a run of 255.
_PIXELS_PER_BYTE = {"jpeg": 2048, "png": 16384, "gif": 8192, "bmp": 256}

# WebP, AVIF, HEIC and TIFF have no such bound: 38 bytes of WebP are 20 million white pixels, and 400 bytes of AVIF can
# claim 100 million and get them by scaling, at 900 MB of memory. One drawn ring on 20 million white pixels has under
# 1000 a byte, so a large picture far beyond that is blank or bait.
_LARGE = 16_000_000
_LARGE_PIXELS_PER_BYTE = 8192

_MOST_SCANS = 100  # of a progressive JPEG; encoders write about 10, and each one costs a pass over all blocks


def check_bytes(data: bytes, limits: Limits) -> None:
    if not data:
        raise ImageError(ImageReason.EMPTY, "The file is empty. Copy it again from its source.")
    if len(data) > limits.max_bytes:
        raise ImageError(
            ImageReason.TOO_MANY_BYTES,
            f"The file has {len(data) / 2**20:.1f} MB, more than the {limits.max_bytes / 2**20:.1f} MB allowed. "
            "Export it smaller, or raise the limit.",
        )


def check_size(size: tuple[int, int], limits: Limits) -> None:
    width, height = size
    if width * height > limits.max_pixels:
        raise ImageError(
            ImageReason.TOO_MANY_PIXELS,
            f"The picture is {width} x {height} = {width * height / 1e6:.1f} megapixels, more than the "
            f"{limits.max_pixels / 1e6:.1f} allowed. Export it smaller, or raise the limit.",
        )
    if min(size) < limits.min_side:
        raise ImageError(
            ImageReason.TOO_SMALL,
            f"The picture is {width} x {height} pixels; each side needs at least {limits.min_side}.",
        )


def check_evidence(name: str, image: Image.Image, data: bytes) -> None:
    """Refuses a size that so few bytes cannot hold, and a JPEG of so many passes that only time can be meant."""
    width, height = image.size
    density = width * height / len(data)
    blank = width * height > _LARGE and density > _LARGE_PIXELS_PER_BYTE
    if blank or density > _PIXELS_PER_BYTE.get(name, density):
        raise ImageError(
            ImageReason.TRUNCATED,
            f"The header promises {width} x {height} pixels, but {len(data)} bytes hold no photo of that size. "
            "Copy the file again from its source.",
        )
    if image.info.get("progressive") and data.count(b"\xff\xda") > _MOST_SCANS:
        raise ImageError(ImageReason.CORRUPT, f"This JPEG has more than {_MOST_SCANS} passes. Export it again.")


def webp_canvas(data: bytes) -> tuple[int, int]:
    """(width, height) from the first chunk; RFC 9649, sections 2.5 to 2.7."""
    kind, body = data[12:16], data[20:30]
    if len(body) < 10:
        raise ImageError(ImageReason.TRUNCATED, "This WEBP ends inside its header. Copy it again from its source.")
    if kind == b"VP8X":
        return int.from_bytes(body[4:7], "little") + 1, int.from_bytes(body[7:10], "little") + 1
    if kind == b"VP8L":
        bits = int.from_bytes(body[1:5], "little")
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    if kind == b"VP8 ":
        width, height = struct.unpack_from("<HH", body, 6)
        return width & 0x3FFF, height & 0x3FFF
    raise ImageError(ImageReason.CORRUPT, "This WEBP has no picture chunk. Export it again.")
