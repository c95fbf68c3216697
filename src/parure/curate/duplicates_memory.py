"""What a search for duplicates found out: the next one, after a few files came or went, compares only what is new.

Whether two contents are one picture depends on nothing but them, so it is asked once. The file is derived: without it
everything is compared again, with the same answer. It holds numbers in arrays, as half a million pairs are no rarity;
of pairs that are not alike, which are most, only that they are not.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import zipfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from parure.curate.duplicates_neighbours import Neighbours
from parure.curate.same_picture import Comparison, Likeness, Transform
from parure.curate.values import Fingerprints

__all__ = ["SearchMemory", "load_memory", "picture_id", "save_memory"]

_OTHER = Comparison(Likeness.OTHER)
_LIKENESSES = tuple(Likeness)
_COLUMNS = 9


@dataclass
class SearchMemory:
    """`neighbours` are those of the last search. Pairs are from the better file to the other, which is not the same as
    the other way round."""

    neighbours: Neighbours | None = None
    _alike: dict[int, Comparison] = field(default_factory=dict)
    _other: set[int] = field(default_factory=set)
    _used: set[int] = field(default_factory=set)

    def told(self, first: str, second: str) -> Comparison | None:
        """What was found of two contents. None: they were never compared."""
        pair = _pair(first, second)
        self._used.add(pair)
        return _OTHER if pair in self._other else self._alike.get(pair)

    def tell(self, first: str, second: str, told: Comparison) -> None:
        pair = _pair(first, second)
        if told.likeness is Likeness.OTHER:
            self._other.add(pair)
        else:
            self._alike[pair] = told

    def forget_unused(self) -> None:
        """What no search asked for since this was loaded."""
        self._other &= self._used
        self._alike = {pair: told for pair, told in self._alike.items() if pair in self._used}

    def arrays(self) -> dict[str, NDArray[np.generic]]:
        pairs = np.array(sorted(self._alike), np.uint64)
        rows = [_row(self._alike[pair]) for pair in pairs.tolist()]
        found: dict[str, NDArray[np.generic]] = {
            "other": np.array(sorted(self._other), np.uint64),
            "pairs": pairs,
            "told": np.array(rows, np.float64).reshape(len(rows), _COLUMNS),
        }
        if self.neighbours is not None:
            near = self.neighbours
            found |= {"ids": near.ids, "near": near.others, "scores": near.scores}
        return found


def picture_id(prints: Fingerprints) -> int:
    """Stands for a content and the embedding that it has now."""
    vector = b"" if prints.embedding is None else prints.embedding.tobytes()
    return int.from_bytes(hashlib.blake2b(prints.sha256.encode() + vector, digest_size=8).digest(), "big")


def load_memory(path: Path, method: str) -> SearchMemory:
    """An empty one where there is no file, or one that another method wrote, or a damaged one."""
    try:
        with path.open("rb") as file, np.load(file) as stored:  # numpy leaves a damaged one open
            if str(stored["method"]) != method:
                return SearchMemory()
            alike = {
                pair: _comparison(row)
                for pair, row in zip(stored["pairs"].tolist(), stored["told"].tolist(), strict=True)
            }
            near = None
            if "ids" in stored:
                near = Neighbours(stored["ids"], stored["near"], stored["scores"])
            return SearchMemory(near, alike, set(stored["other"].tolist()))
    except (OSError, KeyError, ValueError, IndexError, zipfile.BadZipFile, EOFError):
        return SearchMemory()


def save_memory(path: Path, memory: SearchMemory, method: str) -> None:
    """Whole or not at all; a disk that does not take it costs the next search its time, and no more."""
    aside = path.with_name(f"{path.stem}.{os.getpid()}.part.npz")
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        arrays: dict[str, Any] = {"method": np.array(method), **memory.arrays()}
        np.savez(aside, **arrays)
        aside.replace(path)
    with contextlib.suppress(OSError):
        aside.unlink(missing_ok=True)


def _pair(first: str, second: str) -> int:
    return int.from_bytes(hashlib.blake2b(f"{first}{second}".encode(), digest_size=8).digest(), "big")


def _row(told: Comparison) -> tuple[float, ...]:
    how = told.transform
    shape = (0.0,) * 5 if how is None else (1.0, float(how.mirrored), how.degrees, how.scale, how.stretch)
    return (float(_LIKENESSES.index(told.likeness)), told.overlap, told.agreement, told.recoloured, *shape)


def _comparison(row: list[float]) -> Comparison:
    likeness, overlap, agreement, recoloured, there, mirrored, degrees, scale, stretch = row
    how = Transform(bool(mirrored), degrees, scale, stretch) if there else None
    return Comparison(_LIKENESSES[int(likeness)], overlap, agreement, recoloured, how)
