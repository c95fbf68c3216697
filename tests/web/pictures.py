"""Small generated photographs that differ by seed."""

from __future__ import annotations

import io

import numpy as np
from PIL import Image, ImageDraw


def jpeg(seed: int = 0, *, size: tuple[int, int] = (160, 120), format: str = "JPEG") -> bytes:
    """A coloured ellipse on white with a little noise: enough for hashes and colours to tell seeds apart."""
    rng = np.random.default_rng(seed)
    width, height = size
    image = Image.new("RGB", size, "white")
    draw = ImageDraw.Draw(image)
    for _ in range(4):
        x, y = rng.uniform(0.1, 0.6, 2) * (width, height)
        w, h = rng.uniform(0.15, 0.4, 2) * (width, height)
        draw.ellipse((x, y, x + w, y + h), fill=tuple(int(c) for c in rng.integers(0, 256, 3)))
    noisy = np.asarray(image, np.int16) + rng.integers(-4, 5, (height, width, 1))
    buffer = io.BytesIO()
    Image.fromarray(noisy.clip(0, 255).astype(np.uint8)).save(buffer, format)
    return buffer.getvalue()
