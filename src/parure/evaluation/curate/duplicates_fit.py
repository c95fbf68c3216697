"""Fits the words of `parure.curate.duplicates_prints`: `python -m parure.evaluation.curate.duplicates_fit ARCHIVE OUT`.

ARCHIVE is a folder of pictures, such as `duplicates_archive.make_archive` writes; nobody says which belong together.
Axes and projection are principal components, each divided by a root of its deviation, so that what all jewellery has
in common counts less.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from parure import images
from parure.curate.duplicates_frame import unframed
from parure.curate.duplicates_points import describe_points
from parure.curate.duplicates_prints import DIMENSION, Words, gather

__all__ = ["fit_words", "main", "save_words"]

Floats = NDArray[Any]

_WORDS = 48
_AXES = 24
_ROUNDS = 12
_SAMPLE = 30_000


def main() -> None:
    archive, out = (Path(given) for given in sys.argv[1:3])
    files = sorted(archive.rglob("*.jpg"))
    contents = (unframed(images.decode(file.read_bytes(), shrink_to=384).pixels).pixels for file in files)
    save_words(fit_words([describe_points(content) for content in contents]), out)


def fit_words(pictures: list[NDArray[np.float32]], *, seed: int = 0) -> Words:
    """`pictures` holds the descriptions (n, d) of one picture each."""
    random = np.random.default_rng(seed)
    everything = np.concatenate(pictures)
    mean = everything.mean(axis=0)
    axes = _components(everything - mean, _AXES, power=0.25)
    sample = ((everything - mean) @ axes)[random.permutation(len(everything))[:_SAMPLE]]
    words = _cluster(sample, random)
    rows = np.stack([gather(words, (points - mean) @ axes) for points in pictures])
    centre = rows.mean(axis=0)
    projection = _components(rows - centre, DIMENSION, power=0.25)
    return Words(*(np.asarray(part, np.float32) for part in (mean, axes, words, centre, projection)))


def save_words(words: Words, out: Path) -> None:
    """Half precision: the answers differ in the third decimal."""
    np.savez_compressed(out, **{name: part.astype(np.float16) for name, part in vars(words).items()})


def _components(rows: Floats, count: int, *, power: float) -> Floats:
    """(d, count): the directions of largest variance, each divided by its variance to this power."""
    variance, directions = np.linalg.eigh(rows.T @ rows / len(rows))
    return np.asarray(directions[:, ::-1][:, :count] / (variance[::-1][:count] + 1e-6) ** power)


def _cluster(points: Floats, random: np.random.Generator) -> Floats:
    """(k, c) means, after k-means by Lloyd's rule; a word without points starts anew at one of them."""
    words = points[random.choice(len(points), _WORDS, replace=False)]
    for _ in range(_ROUNDS):
        nearest = ((words**2).sum(axis=1) - 2 * points @ words.T).argmin(axis=1)
        taken = [points[nearest == word] for word in range(_WORDS)]
        spare = points[random.choice(len(points), _WORDS)]
        words = np.stack([own.mean(axis=0) if len(own) else new for own, new in zip(taken, spare, strict=True)])
    return words


if __name__ == "__main__":
    main()
