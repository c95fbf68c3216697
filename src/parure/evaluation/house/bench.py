"""What a run measures, with which models, and what they saw. Each set of pictures is looked at once for all."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import numpy as np

from parure import images
from parure.errors import ImageError, IntakeError
from parure.evaluation.made_photos import HeldOut, MadePhoto, PartOverlap, part_overlap
from parure.evaluation.real_photos import Half, RealPhoto, in_half, read_real_photos
from parure.evaluation.seeing import CHUNK, Progress, Seen, Shelf, Sight, chunks, see, seen_of, vectors_of
from parure.search.verdict import VerdictModel
from parure.vision import Encoder, Pixels
from parure.vision.analysis import Analyser

__all__ = ["Bench", "MadeSights", "Quiet", "RealSights", "Stage"]

Stage = Callable[[str], AbstractContextManager[Progress]]


@contextmanager
def Quiet(label: str) -> Iterator[Progress]:  # noqa: N802  (stands where a class of progress bars does)
    """Progress that nobody watches."""
    yield lambda done, total: None


@dataclass(frozen=True, eq=False)
class RealSights:
    """Real photos that could be read, the model's sight of them and those of the baselines, in one order."""

    photos: tuple[RealPhoto, ...]
    model: Sight
    baselines: tuple[Sight, ...]
    asked: tuple[int, ...]  # positions of the photos of the half that is measured
    refused: int

    def where(self, wanted: Callable[[RealPhoto], bool]) -> list[int]:
        return [place for place in self.asked if wanted(self.photos[place])]


@dataclass(frozen=True, eq=False)
class MadeSights:
    """Two photographs of each held-out design: `model.vectors` holds the first of all designs, then the second.

    `truth` in the same order; `parts` per photograph, empty for a model that finds no pieces.
    """

    designs: HeldOut
    truth: tuple[Mapping[str, str], ...]
    model: Sight
    baselines: tuple[Sight, ...]
    parts: tuple[PartOverlap, ...]

    @property
    def count(self) -> int:
        return len(self.designs.records)


@dataclass(frozen=True, eq=False)
class Bench:
    """`real`, `renders` and `localiser` are paths that the caller gave; sections without their data are skipped."""

    model: Encoder
    baselines: tuple[Encoder, ...] = ()
    real: Path | None = None
    renders: Path | None = None
    sample: bool = True
    half: Half = "all"
    designs: int = 1000
    localiser: Path | None = None
    verdicts: VerdictModel | None = None
    shelf: Shelf = field(default_factory=lambda: Shelf(None))
    stage: Stage = Quiet

    @property
    def analyser(self) -> Analyser | None:
        return self.model if isinstance(self.model, Analyser) else None

    @cached_property
    def real_sights(self) -> RealSights:
        """Raises `IntakeError` where the folder has no manifest or no photo that can be read."""
        assert self.real is not None
        return _look_at_real(self, self.real)

    @cached_property
    def made_sights(self) -> MadeSights:
        """Raises `NotFound` where the folder has no finished design."""
        assert self.renders is not None
        return _look_at_made(self, HeldOut.read(self.renders, self.designs))

    @property
    def side(self) -> int:
        """Longest side in pixels that photos are decoded to, as the product does."""
        return 2 * max(model.input_side for model in (self.model, *self.baselines))


def _look_at_real(bench: Bench, folder: Path) -> RealSights:
    every = read_real_photos(folder)
    kept = [photo for photo in every if _readable(photo.path)]
    if not kept:
        raise IntakeError(f"None of the {len(every)} photos that {folder / 'manifest.jsonl'} names could be read.")
    models = (bench.model, *bench.baselines)
    name = _name_of(kept, bench.side)
    sights = {model.version: bench.shelf.get(model.version, name) for model in models}
    missing = [model for model in models if sights[model.version] is None]
    if missing:
        with bench.stage("Real photos") as progress:
            fresh = see(missing, chunks(_decoded(kept, bench.side)), told=lambda done: progress(done, len(kept)))
        for made in fresh:
            bench.shelf.put(made, name)
            sights[made.version] = made
    asked = tuple(place for place, photo in enumerate(kept) if in_half(photo, bench.half))
    held = [sight for model in models if (sight := sights[model.version]) is not None]
    return RealSights(tuple(kept), held[0], tuple(held[1:]), asked, len(every) - len(kept))


def _readable(path: Path) -> bool:
    try:
        images.decode(path.read_bytes(), shrink_to=64)
    except (OSError, ImageError):
        return False
    return True


def _decoded(photos: Sequence[RealPhoto], side: int) -> Iterator[Pixels]:
    return (images.decode(photo.path.read_bytes(), shrink_to=side).pixels for photo in photos)


def _name_of(photos: Sequence[RealPhoto], side: int) -> str:
    """Names the set by its files' names, sizes and times: enough to see that one was changed."""
    stats = [(photo.path.name, photo.path.stat()) for photo in photos]
    told = "\n".join(f"{name} {stat.st_size} {stat.st_mtime_ns}" for name, stat in stats)
    return hashlib.sha256(f"{side}\n{told}".encode()).hexdigest()


def _look_at_made(bench: Bench, designs: HeldOut) -> MadeSights:
    total = 2 * len(designs.records)
    places = [(design, picture) for picture in (0, 1) for design in range(len(designs.records))]
    truth: list[Mapping[str, str]] = []
    parts: list[PartOverlap] = []
    own: list[Sight] = []
    others: list[list[Sight]] = []
    with bench.stage("Held-out designs") as progress:
        for start in range(0, total, CHUNK):
            made = [designs.photo(*place) for place in places[start : start + CHUNK]]
            pictures = [photo.scene.pixels for photo in made]
            sight, overlaps = _look(bench, made)
            own.append(sight)
            parts += overlaps
            others.append(see(bench.baselines, [pictures], told=lambda _: None))
            truth += [photo.truth for photo in made]  # 2,000 scenes would be half a gigabyte
            progress(min(start + CHUNK, total), total)
    baselines = [_joined([chunk[place] for chunk in others]) for place in range(len(bench.baselines))]
    return MadeSights(designs, tuple(truth), _joined(own), tuple(baselines), tuple(parts))


def _look(bench: Bench, made: Sequence[MadePhoto]) -> tuple[Sight, list[PartOverlap]]:
    pictures = [photo.scene.pixels for photo in made]
    if bench.analyser is None:
        return see([bench.model], [pictures], told=lambda _: None)[0], []
    analyses = bench.analyser.analyse_images(pictures)
    seen: tuple[Seen, ...] = tuple(map(seen_of, analyses))
    overlaps = [part_overlap(photo.scene, each.main) for photo, each in zip(made, analyses, strict=True)]
    return Sight(bench.model.version, vectors_of(analyses), seen, 0.0), overlaps


def _joined(sights: Sequence[Sight]) -> Sight:
    seen = tuple(each for sight in sights for each in sight.seen)
    return Sight(sights[0].version, np.concatenate([sight.vectors for sight in sights]), seen, 0.0)
