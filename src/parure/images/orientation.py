"""EXIF orientation: read from the raw block, and undone on pixels.

Read here and not by Pillow: only one tag is wanted, from blocks that are often damaged, and a damaged block must
cost no more than the orientation. Values: EXIF 2.32, tag 0x0112; 1 is upright.
"""

from __future__ import annotations

import struct

from PIL import Image

__all__ = ["exif_orientation", "upright"]

_TAG = 0x0112
_SHORT = 3

_TRANSPOSE = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


def exif_orientation(block: bytes) -> int:
    """Orientation 1 to 8 from an EXIF block, with or without its "Exif" prefix; 1 if there is none or it is damaged."""
    block = block.removeprefix(b"Exif\0\0")
    order = {b"II": "<", b"MM": ">"}.get(block[:2])
    if order is None:
        return 1
    try:
        (at,) = struct.unpack_from(order + "L", block, 4)
        (entries,) = struct.unpack_from(order + "H", block, at)
        for i in range(entries):
            tag, kind, _, value = struct.unpack_from(order + "HHLH", block, at + 2 + 12 * i)
            if tag == _TAG and kind == _SHORT:
                return value if 1 <= value <= 8 else 1
    except struct.error:  # points outside the block
        pass
    return 1


def upright(image: Image.Image, orientation: int) -> Image.Image:
    """The image turned and mirrored as its orientation asks."""
    return image.transpose(_TRANSPOSE[orientation]) if orientation in _TRANSPOSE else image
