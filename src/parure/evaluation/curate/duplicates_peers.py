"""Other ways to find copies, on the same files: imagededup itself, and a perceptual hash by its recipe.

imagededup brings torch and wants its own versions, so it runs in an interpreter of its own, given as a path; only
that way are its numbers its own. Where there is none, the hash of the same recipe stands in, and says so.
"""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from parure.errors import ModelError

__all__ = ["Peer", "hash_by_recipe", "imagededup"]

_SCRIPT = Path(__file__).with_name("imagededup_pairs.py")
_BITS = 10  # imagededup's default
_SIDE, _LOW = 32, 8
_BLOCK = 256


@dataclass(frozen=True, eq=False)
class Peer:
    """`pairs` of paths below the archive that it calls duplicates."""

    name: str
    pairs: frozenset[frozenset[str]]


def hash_by_recipe(archive: Path, paths: Sequence[str]) -> Peer:
    """64 bits of the 8 x 8 lowest frequencies against their median, the constant one left out of it; 10 bits apart."""
    hashes = np.array([_hash(archive / path) for path in paths], np.uint64)
    pairs = {frozenset((paths[one], paths[other])) for one, other in _near(hashes)}
    return Peer("pHash (our own, imagededup's recipe)", frozenset(pairs))


def _hash(path: Path) -> int:
    with Image.open(path) as image:
        small = np.asarray(image.convert("RGB").resize((_SIDE, _SIDE), Image.Resampling.LANCZOS).convert("L"), float)
    samples = np.arange(_SIDE)
    rows = np.cos(np.pi * np.arange(_LOW)[:, None] * (2 * samples + 1) / (2 * _SIDE))
    low = (rows @ small @ rows.T).ravel()
    return int.from_bytes(np.packbits(low >= np.median(low[1:])).tobytes(), "big")


def _near(hashes: NDArray[np.uint64]) -> Iterator[tuple[int, int]]:
    """All pairs, the plain way: this is the peer, not the product."""
    for start in range(0, len(hashes), _BLOCK):
        bits = np.bitwise_count(hashes[start : start + _BLOCK, None] ^ hashes[None, :])
        for one, other in np.argwhere(bits <= _BITS):
            if start + one < other:
                yield start + int(one), int(other)


def imagededup(python: Path, archive: Path, paths: Sequence[str]) -> tuple[tuple[Peer, ...], tuple[str, ...]]:
    """Its hash and its network at their default thresholds, and what it said where one could not run.

    Raises `ModelError` where `python` has no imagededup.
    """
    asked = json.dumps({"archive": str(archive.resolve()), "paths": list(paths)})
    done = subprocess.run([str(python), str(_SCRIPT)], input=asked, capture_output=True, text=True, check=False)
    if done.returncode:
        last = (done.stderr.strip().splitlines() or ["it said nothing"])[-1]
        raise ModelError(f"imagededup did not run in {python}: {last}")
    told = json.loads(done.stdout.splitlines()[-1])
    peers = [
        Peer(f"imagededup {name}", frozenset(frozenset(pair) for pair in pairs))
        for name, pairs in told["pairs"].items()
    ]
    return tuple(peers), tuple(f"imagededup {name} did not run: {why}" for name, why in told["failed"].items())
