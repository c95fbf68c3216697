"""Small pictures of four known colours, in any format, and hand-made colour profiles: what the tests here look at.

The two HEIC files were written by x265 through pillow-heif from `quadrants()`: the decoder that Parure installs
cannot write. `turned.heic` is the same with EXIF orientation 6, which the writer stores as a rotation of the container.
"""

from __future__ import annotations

import io
import struct
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

DATA = Path(__file__).parent / "data"
RED, GREEN, BLUE, YELLOW = (220, 30, 30), (30, 200, 60), (40, 60, 220), (240, 220, 40)
COLOURS = (RED, GREEN, BLUE, YELLOW)  # top left, top right, bottom left, bottom right
LOSSLESS = {"WEBP": {"lossless": True}, "JPEG": {"quality": 95, "subsampling": 0}, "AVIF": {"subsampling": "4:4:4"}}


def quadrants(width: int = 64, height: int = 48) -> Image.Image:
    """RGB, four flat quarters."""
    pixels = np.zeros((height, width, 3), np.uint8)
    halves = (slice(0, height // 2), slice(height // 2, None)), (slice(0, width // 2), slice(width // 2, None))
    for i, colour in enumerate(COLOURS):
        pixels[halves[0][i // 2], halves[1][i % 2]] = colour
    return Image.fromarray(pixels)


def encoded(image: Image.Image, name: str, **options: Any) -> bytes:
    """The image as a file of that Pillow format, as true to its colours as the format allows."""
    stream = io.BytesIO()
    image.save(stream, name, **{**LOSSLESS.get(name, {}), **options})
    return stream.getvalue()


def photo(width: int, height: int, seed: int = 0) -> Image.Image:
    """RGB with structure at several scales and some grain, as a photograph has."""
    random = np.random.default_rng(seed)
    coarse = Image.fromarray(random.integers(0, 256, (8, 8, 3), np.uint8)).resize((width, height), 3)
    grain = random.normal(0, 6, (height, width, 1))
    return Image.fromarray((np.asarray(coarse) + grain).clip(0, 255).astype(np.uint8))


def centres(pixels: np.ndarray) -> list[tuple[int, ...]]:
    """The colour in the middle of each quarter, in the order of `COLOURS`."""
    height, width = pixels.shape[:2]
    return [tuple(pixels[int(height * y), int(width * x)].tolist()) for y in (0.25, 0.75) for x in (0.25, 0.75)]


def assert_colours(found: Any, expected: Any, tolerance: int = 0) -> None:
    np.testing.assert_allclose(np.array(found, int), np.array(expected, int), atol=tolerance)


# D50 columns (X, Y, Z of the red, green and blue primary): sRGB from IEC 61966-2-1, Adobe RGB (1998) from its
# specification, both adapted by Bradford.
SRGB = ((0.43607, 0.22249, 0.01392), (0.38515, 0.71687, 0.09708), (0.14307, 0.06061, 0.71410))
ADOBE = ((0.60974, 0.31111, 0.01947), (0.20528, 0.62567, 0.06087), (0.14919, 0.06322, 0.74457))
ADOBE_GAMMA = 563 / 256


def rgb_profile(primaries: tuple[tuple[float, float, float], ...], gamma: float) -> bytes:
    """A version 2 matrix profile; ICC.1:2001-04, sections 6.3 to 6.5."""
    curve = b"curv" + struct.pack(">xxxxLHxx", 1, round(gamma * 256))
    columns = {f"{c}XYZ".encode(): _xyz(*xyz) for c, xyz in zip("rgb", primaries, strict=True)}
    return _profile(b"mntr", b"RGB ", b"XYZ ", columns | dict.fromkeys((b"rTRC", b"gTRC", b"bTRC"), curve))


def grey_profile(gamma: float) -> bytes:
    return _profile(b"mntr", b"GRAY", b"XYZ ", {b"kTRC": b"curv" + struct.pack(">xxxxLHxx", 1, round(gamma * 256))})


def cmyk_profile(cyan: tuple[int, int, int]) -> bytes:
    """A printer whose full cyan has that Lab colour (8-bit coding), whose black is black and whose paper is white."""
    ramp = bytes(range(256))
    white, black = (255, 128, 128), (0, 128, 128)
    corners = [black if k else (cyan if c else white) for c in (0, 1) for _ in range(4) for k in (0, 1)]
    identity = struct.pack(">9l", *(65536 if i % 4 == 0 else 0 for i in range(9)))
    table = b"mft1\0\0\0\0" + bytes([4, 3, 2, 0]) + identity + ramp * 4 + bytes(sum(corners, ())) + ramp * 3
    return _profile(b"prtr", b"CMYK", b"Lab ", {b"A2B0": table})


def _xyz(x: float, y: float, z: float) -> bytes:
    return b"XYZ \0\0\0\0" + struct.pack(">3l", *(round(value * 65536) for value in (x, y, z)))


def _profile(kind: bytes, space: bytes, connection: bytes, tags: dict[bytes, bytes]) -> bytes:
    tags = {b"wtpt": _xyz(0.9642, 1, 0.8249), **tags}
    at, table, body = 128 + 4 + 12 * len(tags), b"", b""
    for name, content in tags.items():
        table += name + struct.pack(">LL", at + len(body), len(content))
        body += content + b"\0" * (-len(content) % 4)
    head = struct.pack(">LxxxxL", at + len(body), 0x02400000) + kind + space + connection + b"\0" * 12 + b"acsp"
    head = head.ljust(68, b"\0") + struct.pack(">3l", 63190, 65536, 54061)  # D50
    return head.ljust(128, b"\0") + struct.pack(">L", len(tags)) + table + body
