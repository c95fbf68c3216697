"""A folder of photos with a manifest that says which product each shows: one JSON object a line, `file` and
`product_id` (may be missing); other fields are not looked at."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import Any

import numpy as np
from numpy.typing import NDArray

from parure import images
from parure.errors import ImageError, IntakeError
from parure.evaluation.methods import Method
from parure.vision import Pixels

__all__ = ["Described", "LabelledPhoto", "describe_photos", "read_photo_set"]

CHUNK = 32  # photos in memory at a time


@dataclass(frozen=True)
class LabelledPhoto:
    path: Path
    product: str | None


@dataclass(frozen=True, eq=False)
class Described:
    """`rows` has one array per method with a row per photo of `photos`; `milliseconds` per photo, by method.

    `refused` are photos that are no pictures, with the reason; they are in no figure.
    """

    photos: tuple[LabelledPhoto, ...]
    rows: tuple[NDArray[Any], ...]
    milliseconds: tuple[float, ...]
    refused: tuple[tuple[Path, str], ...]


def read_photo_set(folder: Path, manifest: Path | None = None) -> list[LabelledPhoto]:
    """The photos of `manifest` (default: `manifest.jsonl` in the folder). Raises `IntakeError` naming the line."""
    manifest = manifest or folder / "manifest.jsonl"
    try:
        lines = manifest.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise IntakeError(f"The manifest {manifest} cannot be read: {error}.") from error
    rows = [(number, line) for number, line in enumerate(lines, 1) if line.strip()]
    return [_labelled(folder, line, f"{manifest}, line {number}") for number, line in rows]


def describe_photos(
    photos: Sequence[LabelledPhoto], methods: Sequence[Method], progress: Callable[[int, int], None]
) -> Described:
    """Decode every photo once, as the product does, and describe it by every method."""
    side = 2 * max(method.input_side for method in methods)
    kept: list[LabelledPhoto] = []
    refused: list[tuple[Path, str]] = []
    parts: list[list[NDArray[Any]]] = [[] for _ in methods]
    seconds = [0.0] * len(methods)
    for start in range(0, len(photos), CHUNK):
        pictures = list(_decoded(photos[start : start + CHUNK], side, refused))
        kept += [photo for photo, _ in pictures]
        for index, method in enumerate(methods if pictures else ()):
            began = perf_counter()
            parts[index].append(method.describe([pixels for _, pixels in pictures]))
            seconds[index] += perf_counter() - began
        progress(min(start + CHUNK, len(photos)), len(photos))
    if not kept:
        raise IntakeError("None of the photos could be read.")
    milliseconds = tuple(1000 * spent / len(kept) for spent in seconds)
    return Described(tuple(kept), tuple(np.concatenate(part) for part in parts), milliseconds, tuple(refused))


def _decoded(
    photos: Sequence[LabelledPhoto], side: int, refused: list[tuple[Path, str]]
) -> Iterator[tuple[LabelledPhoto, Pixels]]:
    for photo in photos:
        try:
            yield photo, images.decode(photo.path.read_bytes(), shrink_to=side).pixels
        except OSError as error:
            refused.append((photo.path, error.strerror or str(error)))
        except ImageError as error:
            refused.append((photo.path, str(error)))


def _labelled(folder: Path, line: str, place: str) -> LabelledPhoto:
    try:
        row = json.loads(line)
        file, product = row["file"], row.get("product_id")
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise IntakeError(f'{place}: expected a JSON object with "file" and, if known, "product_id".') from error
    if not isinstance(file, str) or not (product is None or isinstance(product, str)):
        raise IntakeError(f'{place}: "file" and "product_id" must be text.')
    return LabelledPhoto(folder / file, product)
