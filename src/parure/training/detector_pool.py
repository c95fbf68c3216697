"""Scenes kept on disk: one process makes them in the order of their numbers while another trains on those that are
there.

Unusual: which scenes a step draws from is fixed by the step's number, and a step waits for a scene that is late; so a
run is repeated exactly, however fast the pool filled.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import numpy as np
from PIL import Image

from parure.errors import ModelError
from parure.training.detector_scenes import Example, Scenes

__all__ = ["Pool", "fill"]

_QUALITY = 95
_READ_AGAIN = 250  # scenes
_PATIENCE = 900.0  # seconds a step waits for a scene


class Pool:
    """A folder of scenes by number."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def path(self, number: int) -> Path:
        return self._folder / f"{number // 1000:03d}" / f"{number:06d}.npz"

    def save(self, number: int, example: Example) -> None:
        buffer, packed = BytesIO(), BytesIO()
        Image.fromarray(example.pixels).save(buffer, "JPEG", quality=_QUALITY, subsampling=0)
        picture = np.frombuffer(buffer.getvalue(), np.uint8)
        np.savez(packed, picture=picture, corners=example.corners, classes=example.classes)
        path = self.path(number)
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_suffix(".part")
        part.write_bytes(packed.getvalue())
        part.replace(path)

    def load(self, number: int) -> Example:
        """Waits for a scene that is being made. Raises `ModelError` when none comes."""
        path, waited = self.path(number), 0.0
        while not path.exists():
            if waited > _PATIENCE:
                raise ModelError(f"{path} does not appear. Start the process that fills the pool.")
            time.sleep(0.5)
            waited += 0.5
        with np.load(path) as stored, Image.open(BytesIO(stored["picture"].tobytes())) as image:
            return Example(np.asarray(image.convert("RGB")), stored["corners"], stored["classes"])


def fill(pool: Pool, scenes: Callable[[], Scenes], count: int, *, told: Callable[[int], None]) -> None:
    """Make the scenes 0 to `count` - 1 that are missing, telling how many are there.

    `scenes` is asked again now and then: a data set may grow while the pool does.
    """
    missing = [number for number in range(count) if not pool.path(number).exists()]
    for start in range(0, len(missing), _READ_AGAIN):
        source = scenes()
        for number in missing[start : start + _READ_AGAIN]:
            pool.save(number, source.scene(number))
        told(missing[min(start + _READ_AGAIN, len(missing)) - 1] + 1)
