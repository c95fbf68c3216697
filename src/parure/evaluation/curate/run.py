"""All parts of `parure evaluate curate` in the order they are shown; one without its data is skipped and says so."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

from parure import settings
from parure.errors import MissingExtra, ModelError, NotFound
from parure.evaluation.curate import duplicates, quality, quality_sight
from parure.evaluation.figures import Section
from parure.evaluation.models import find_model
from parure.vision.analysis import Analyser

__all__ = ["PARTS", "CurateBench", "Part", "measure_curate"]

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class CurateBench:
    """What is measured on. `python` is an interpreter that has imagededup, `work` a folder for files that are made."""

    work: Path
    stage: Callable[[str], AbstractContextManager[Progress]]
    renders: Path | None = None
    real: Path | None = None
    labels: Path | None = None
    designs: int = 1000
    photos: int = 300
    python: Path | None = None
    encoder: str = ""


@dataclass(frozen=True)
class Part:
    id: str
    title: str
    measure: Callable[[CurateBench], tuple[Section, ...]]
    needs_renders: bool = False


def _duplicates(bench: CurateBench) -> tuple[Section, ...]:
    assert bench.renders is not None  # `needs_renders`
    trial = duplicates.Trial(bench.renders, bench.work / "duplicates", bench.designs, bench.python, bench.encoder)
    return (duplicates.measure_duplicates(trial, bench.stage),)


def _quality(bench: CurateBench) -> tuple[Section, ...]:
    with bench.stage("Faults") as progress:
        return quality.quality_report(
            bench.renders, bench.real, labels=bench.labels, photos=bench.photos, progress=progress
        )


def _sight(bench: CurateBench) -> tuple[Section, ...]:
    model = find_model(bench.encoder or settings.get().encoder)
    if not isinstance(model, Analyser):
        raise NotFound("The encoder finds no pieces. Name one that does, such as --encoder house-v1.")
    with bench.stage("Looking"):
        return (quality_sight.sight_report(model, bench.renders, bench.real, labels=bench.labels, photos=bench.photos),)


PARTS: tuple[Part, ...] = (
    Part(duplicates.ID, duplicates.TITLE, _duplicates, needs_renders=True),
    Part(quality.ID, quality.TITLE, _quality),
    Part(quality_sight.ID, quality_sight.TITLE, _sight),
)


def measure_curate(bench: CurateBench, only: tuple[str, ...] = ()) -> tuple[Section, ...]:
    """The parts named in `only`, or all."""
    return tuple(section for part in PARTS if not only or part.id in only for section in _measured(part, bench))


def _measured(part: Part, bench: CurateBench) -> tuple[Section, ...]:
    if part.needs_renders and bench.renders is None:
        return (Section(part.id, part.title, skipped="No folder of rendered designs was given (--renders)."),)
    try:
        return part.measure(bench)
    except (MissingExtra, ModelError, NotFound) as error:
        return (Section(part.id, part.title, skipped=str(error)),)
