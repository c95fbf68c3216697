"""Sketches of many pictures, in a file without a name that goes with the process: some 15 kB each."""

from __future__ import annotations

import errno
import os
import struct
from tempfile import TemporaryFile, gettempdir

import numpy as np

from parure.curate.same_picture import Sketch
from parure.curate.same_picture_points import Points
from parure.errors import StorageFull

__all__ = ["Sketches"]

_THUMBNAIL = 32
_HEAD = struct.Struct("<HHH")  # height, width, points


class Sketches:
    """Read by any thread, written by one. To be closed."""

    def __init__(self) -> None:
        self._file = TemporaryFile(prefix="parure-duplicates-", buffering=0)  # noqa: SIM115 - lives as long as this
        self._places: dict[int, tuple[int, int]] = {}  # offset and length of each
        self._end = 0

    def close(self) -> None:
        self._file.close()

    def __contains__(self, position: int) -> bool:
        return position in self._places

    def put(self, position: int, sketch: Sketch) -> None:
        """Raises `StorageFull`."""
        points = sketch.points
        head = _HEAD.pack(*sketch.shape, len(points.places))
        data = head + sketch.thumbnail.tobytes() + points.places.tobytes() + points.levels.tobytes()
        try:
            written = os.pwrite(self._file.fileno(), data, self._end)
        except OSError as error:
            if error.errno != errno.ENOSPC:
                raise
            written = 0
        if written < len(data):
            raise StorageFull(f"The disk of {gettempdir()} is full. Free some space, or set TMPDIR to a larger one.")
        self._places[position] = self._end, len(data)
        self._end += len(data)

    def get(self, position: int) -> Sketch:
        offset, length = self._places[position]
        data = os.pread(self._file.fileno(), length, offset)
        height, width, count = _HEAD.unpack_from(data)
        at = _HEAD.size
        thumbnail = np.frombuffer(data, np.float16, _THUMBNAIL**2, at).reshape(_THUMBNAIL, _THUMBNAIL)
        at += thumbnail.nbytes
        places = np.frombuffer(data, np.float32, 2 * count, at).reshape(count, 2)
        levels = np.frombuffer(data, np.uint8, 128 * count, at + places.nbytes).reshape(count, 128)
        return Sketch((height, width), thumbnail, Points(places, levels))
