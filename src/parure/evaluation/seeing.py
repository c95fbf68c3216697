"""What models see on a set of pictures, kept in a folder so that a second run does not look again.

Unusual: of part masks only the small layouts are kept; 4,500 masks would fill the memory of a laptop.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from time import perf_counter
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from parure.regions import Box
from parure.search.traits import LAYOUT_SIDE, Layout, Traits, traits_of
from parure.vision import Encoder, Pixels, Vectors
from parure.vision.analysis import PART_VECTORS, Analyser, Analysis, Belief, Detection

__all__ = ["CHUNK", "Progress", "Seen", "Shelf", "Sight", "chunks", "see", "seen_of", "vectors_of"]

CHUNK = 32  # pictures in memory at a time
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Seen:
    """Of one picture: what the main piece is, the crop it was read on, and every piece found."""

    traits: Traits
    crop: Box
    detections: tuple[Detection, ...]

    @property
    def beliefs(self) -> tuple[Belief, ...]:
        return self.traits.beliefs

    def value(self, attribute: str) -> str:
        """The value told, or "" where it cannot tell or does not know the attribute."""
        return next((belief.value for belief in self.beliefs if belief.attribute == attribute), "")


@dataclass(frozen=True, eq=False)
class Sight:
    """What one model saw, a row per picture: `vectors` (n, d) are what a photo is found by and searched with. `seen` is
    empty for encoders that find no pieces."""

    version: str
    vectors: Vectors
    seen: tuple[Seen, ...]
    milliseconds: float  # per picture, decoding left out

    @property
    def traits(self) -> Sequence[Traits]:
        """One for each picture, empty ones of encoders that find no pieces."""
        return [each.traits for each in self.seen] or [Traits()] * len(self.vectors)


class Shelf:
    """Sights by model version and set of pictures, as .npz files in a folder; None keeps nothing."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder

    def get(self, version: str, pictures: str) -> Sight | None:
        path = self._path(version, pictures)
        if path is None or not path.exists():
            return None
        try:
            with path.open("rb") as file, np.load(file, allow_pickle=False) as data:
                shown = zip(json.loads(str(data["seen"])), data["parts"], data["layouts"], strict=True)
                seen = tuple(_read_seen(*each) for each in shown)
                return Sight(version, np.asarray(data["vectors"], np.float32), seen, float(data["milliseconds"]))
        except (OSError, ValueError, KeyError, TypeError, BadZipFile):
            return None  # written by another version of this program, or cut off: looked at again

    def put(self, sight: Sight, pictures: str) -> None:
        path = self._path(sight.version, pictures)
        if path is None:
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_suffix(".part.npz")
        told, parts, layouts = _columns(sight)
        np.savez(
            part,
            vectors=sight.vectors,
            milliseconds=np.array(sight.milliseconds),
            seen=np.array(told),
            parts=parts,
            layouts=layouts,
        )
        part.replace(path)

    def _path(self, version: str, pictures: str) -> Path | None:
        name = hashlib.sha256(f"{version}\0{pictures}".encode()).hexdigest()[:24]
        return self._folder / f"{name}.npz" if self._folder else None


def see(models: Sequence[Encoder], pictures: Iterable[Sequence[Pixels]], *, told: Callable[[int], None]) -> list[Sight]:
    """One sight per model from chunks of pictures, each made once for all models; `told` hears how many are done."""
    vectors: list[list[Vectors]] = [[] for _ in models]
    seen: list[list[Seen]] = [[] for _ in models]
    seconds, done = [0.0] * len(models), 0
    for chunk in pictures:
        for place, model in enumerate(models):
            began = perf_counter()
            rows, found = _look(model, chunk)
            seconds[place] += perf_counter() - began
            vectors[place].append(rows)
            seen[place] += found
        done += len(chunk)
        told(done)
    return [
        Sight(model.version, _stacked(rows, model.dimension), tuple(found), 1000 * spent / max(1, done))
        for model, rows, found, spent in zip(models, vectors, seen, seconds, strict=True)
    ]


def seen_of(analysis: Analysis) -> Seen:
    main = analysis.main
    found = tuple(piece.detection for piece in analysis.pieces if piece.detection.score > 0)
    return Seen(traits_of(main.reading), main.crop, found)


def vectors_of(analyses: Sequence[Analysis]) -> NDArray[np.float32]:
    return np.stack([analysis.embedding for analysis in analyses]).astype(np.float32)


def chunks(pictures: Iterable[Pixels], size: int = CHUNK) -> Iterator[list[Pixels]]:
    held: list[Pixels] = []
    for picture in pictures:
        held.append(picture)
        if len(held) == size:
            yield held
            held = []
    if held:
        yield held


def _look(model: Encoder, pictures: Sequence[Pixels]) -> tuple[Vectors, list[Seen]]:
    if not isinstance(model, Analyser):
        return model.encode_images(pictures), []
    analyses = model.analyse_images(pictures)
    return vectors_of(analyses), [seen_of(analysis) for analysis in analyses]


def _stacked(rows: Sequence[Vectors], dimension: int) -> NDArray[np.float32]:
    return np.concatenate(rows) if rows else np.zeros((0, dimension), np.float32)


def _columns(sight: Sight) -> tuple[str, NDArray[np.float16], NDArray[np.uint8]]:
    """What was seen: JSON of what is short, part vectors with NaN for a part that was not, layouts with zeros."""
    known = [vector for each in sight.seen for vector in each.traits.parts.values()]
    nothing = np.full(known[0].shape if known else (1,), np.nan, np.float16)
    empty = np.zeros((LAYOUT_SIDE, LAYOUT_SIDE), np.uint8)
    told = [
        {"beliefs": [asdict(b) for b in each.beliefs], "crop": asdict(each.crop),
         "detections": [asdict(d) for d in each.detections]}
        for each in sight.seen
    ]  # fmt: skip
    parts = [[each.traits.parts.get(part, nothing) for part in PART_VECTORS] for each in sight.seen]
    layouts = [empty if each.traits.layout is None else each.traits.layout for each in sight.seen]
    return json.dumps(told), np.array(parts, np.float16), np.array(layouts, np.uint8)


def _read_seen(raw: dict[str, object], parts: NDArray[np.float16], layout: Layout) -> Seen:
    beliefs, detections = raw["beliefs"], raw["detections"]
    if not isinstance(beliefs, list) or not isinstance(detections, list):
        raise TypeError("beliefs and detections must be lists")
    held = tuple(Belief(**{**b, "others": tuple((value, p) for value, p in b["others"])}) for b in beliefs)
    vectors = {
        part: row.astype(np.float32) for part, row in zip(PART_VECTORS, parts, strict=True) if not np.isnan(row).any()
    }
    return Seen(
        Traits(held, vectors, layout if layout.any() else None),
        _box(raw["crop"]),
        tuple(Detection(_box(d["box"]), d["type"], d["score"]) for d in detections),
    )


def _box(raw: object) -> Box:
    if not isinstance(raw, dict):
        raise TypeError("a box must be an object")
    return Box(**raw)
