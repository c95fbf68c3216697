"""New photos against all that are known already: at once, since no pair of known ones is looked at.

A whole search (`duplicates.find_duplicates`) takes minutes for an archive; a few photos that came since are compared
with their own candidates alone. What is known stays, however good the new photo is: whether a better copy shall take
its place is not for a search to say.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from parure.curate.duplicates import Tier
from parure.curate.duplicates_candidates import PATIENCE, near_hashes
from parure.curate.duplicates_memory import SearchMemory
from parure.curate.duplicates_neighbours import LEAST_SIMILARITY
from parure.curate.duplicates_prints import DIMENSION
from parure.curate.same_picture import Comparison, Likeness, Look, compare, look_at
from parure.curate.values import Fingerprints, Scanned
from parure.errors import ImageError
from parure.images import Pixels

__all__ = ["Known", "KnownCopy", "KnownPhotos", "find_known"]

_NEAREST = 12  # by embedding
_LOOKS = 100  # kept at a time, a quarter of a megabyte each


@dataclass(frozen=True, slots=True)
class Known:
    """`place` is where it lies, as shown to people and as `picture` is asked for it."""

    place: str
    sha256: str
    pixels: int = 0
    style: str | None = None


@dataclass(frozen=True)
class KnownCopy:
    """A new file repeats `known`. `comparison` is None for same bytes."""

    tier: Tier
    known: Known
    comparison: Comparison | None = None
    larger: bool = False  # the new one has more pixels


@dataclass
class KnownPhotos:
    """Photos with their fingerprints, found by content, by hash, and by embedding."""

    photos: Sequence[Known]
    prints: Sequence[Fingerprints]  # in the same order
    by_content: dict[str, Known] = field(init=False)
    _seen: list[int] = field(init=False)  # positions of those that can be compared
    _hashes: NDArray[np.uint64] = field(init=False)
    _vectors: NDArray[np.float32] = field(init=False)

    def __post_init__(self) -> None:
        self.by_content = {known.sha256: known for known in reversed(self.photos)}
        self._seen = [at for at, each in enumerate(self.prints) if each.turned and each.embedding is not None]
        self._hashes = np.array([int(self.prints[at].turned[0], 16) for at in self._seen], np.uint64)
        rows = [self.prints[at].embedding for at in self._seen]
        vectors = np.array(rows, np.float32).reshape(len(rows), DIMENSION)
        self._vectors = vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-6)

    def candidates(self, prints: Fingerprints) -> list[Known]:
        """Worth a closer look, the most promising first."""
        promise: dict[int, float] = {}
        for at, value in (*self._by_hash(prints), *self._by_embedding(prints)):
            promise[at] = max(value, promise.get(at, 0.0))
        ranked = sorted(promise.items(), key=lambda each: (-each[1], each[0]))
        return [self.photos[self._seen[at]] for at, _ in ranked]

    def _by_hash(self, prints: Fingerprints) -> Iterable[tuple[int, float]]:
        views = np.array([int(view, 16) for view in prints.turned], np.uint64)
        if not len(self._hashes) or not len(views) or not views[0]:  # 0: one flat colour
            return
        for rows in near_hashes(self._hashes, views):
            for _, at, bits in rows.tolist():
                yield at, 1.0 - bits / 64

    def _by_embedding(self, prints: Fingerprints) -> Iterable[tuple[int, float]]:
        if prints.embedding is None or not len(self._vectors):
            return
        vector: NDArray[Any] = prints.embedding.astype(np.float32)
        alike = self._vectors @ (vector / max(1e-6, float(np.linalg.norm(vector))))
        for at in np.argsort(-alike)[:_NEAREST].tolist():
            if alike[at] >= LEAST_SIMILARITY:
                yield at, min(1.0, float(alike[at]))


def find_known(
    files: Iterable[Scanned],
    known: KnownPhotos,
    picture: Callable[[Scanned | Known], Pixels],
    *,
    apart: Callable[[str, str], bool] = lambda one, other: False,
    memory: SearchMemory | None = None,
    progress: Callable[[int], None] = lambda done: None,
) -> dict[str, KnownCopy]:
    """By path, of those files that repeat a known one. `apart` says of two hashes whether a person wants both.

    What `memory` holds of earlier searches is not looked at again, and what is found out is added to it.
    `picture` may raise `ImageError` or `OSError`: then this pair is not compared. Raises `MissingExtra`.
    """
    found: dict[str, KnownCopy] = {}
    compared = _Compared(picture, memory or SearchMemory())
    for done, file in enumerate(files, start=1):
        same = known.by_content.get(file.fingerprints.sha256) if file.fingerprints.sha256 else None
        copy = KnownCopy(Tier.SAME_BYTES, same) if same else _same_picture(file, known, compared, apart)
        if copy is not None:
            found[file.path] = copy
        progress(done)
    return found


def _same_picture(
    file: Scanned, known: KnownPhotos, compared: _Compared, apart: Callable[[str, str], bool]
) -> KnownCopy | None:
    if file.measures is None:
        return None
    pixels = file.measures.width * file.measures.height
    in_vain = 0
    for other in known.candidates(file.fingerprints):
        if in_vain == PATIENCE:
            return None
        if apart(file.fingerprints.sha256, other.sha256):
            continue
        told = compared.told(other, file)
        if told is not None and told.likeness is Likeness.SAME:
            return KnownCopy(Tier.SAME_PICTURE, other, told, pixels > other.pixels)
        in_vain += told is None or told.likeness is Likeness.OTHER
    return None


@dataclass
class _Compared:
    """None for what cannot be read now."""

    picture: Callable[[Scanned | Known], Pixels]
    memory: SearchMemory
    _kept: OrderedDict[str, Look | None] = field(default_factory=OrderedDict)

    def told(self, known: Known, file: Scanned) -> Comparison | None:
        """From the known photo to the file."""
        pair = known.sha256, file.fingerprints.sha256
        told = self.memory.told(*pair)
        if told is None and (there := self._look(known, pair[0])) and (here := self._look(file, pair[1])):
            told = compare(there, here)
            self.memory.tell(*pair, told)
        return told

    def _look(self, photo: Scanned | Known, sha256: str) -> Look | None:
        if sha256 not in self._kept:
            try:
                self._kept[sha256] = look_at(self.picture(photo))
            except (ImageError, OSError):
                self._kept[sha256] = None
            if len(self._kept) > _LOOKS:
                self._kept.popitem(last=False)
        return self._kept[sha256]
