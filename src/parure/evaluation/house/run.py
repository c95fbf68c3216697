"""All sections in the order of the report; one whose data or weights are absent is skipped and says why."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from time import perf_counter

from parure.errors import MissingExtra, ModelError, NotFound
from parure.evaluation.figures import Section
from parure.evaluation.house import (
    pieces,
    probabilities,
    real_reading,
    same_product,
    screenshots,
    text,
    unseen,
    verdicts,
)
from parure.evaluation.house.bench import Bench

__all__ = ["SECTIONS", "HouseFigures", "Part", "measure_house"]


@dataclass(frozen=True)
class Part:
    """`needs` names the fields of a `Bench` without which there is nothing to measure; of `any_of` one is enough."""

    id: str
    title: str
    measure: Callable[[Bench], Section]
    needs: tuple[str, ...] = ()
    any_of: tuple[str, ...] = ()


SECTIONS: tuple[Part, ...] = (
    Part(same_product.ID, same_product.TITLE, same_product.measure, ("real",)),
    Part(real_reading.TYPE_ID, real_reading.TYPE_TITLE, real_reading.measure_type, ("real",)),
    Part(real_reading.METAL_ID, real_reading.METAL_TITLE, real_reading.measure_metal, ("real",)),
    Part(unseen.ID, unseen.TITLE, unseen.measure, ("renders",)),
    Part(text.ID, text.TITLE, text.measure, ("renders",)),
    Part(screenshots.ID, screenshots.TITLE, screenshots.measure, ("sample",)),
    Part(pieces.ID, pieces.TITLE, pieces.measure, any_of=("renders", "real")),
    Part(probabilities.ID, probabilities.TITLE, probabilities.measure, any_of=("renders", "real")),
    Part(verdicts.ID, verdicts.TITLE, verdicts.measure, ("real",)),
)

_ASK = {
    "real": "the folder of real photos was not given (--real)",
    "renders": "no folder of held-out renders was given (--renders)",
    "sample": "the sample shop was not asked for (--sample)",
}


@dataclass(frozen=True)
class HouseFigures:
    """`model` and `baselines` are versions; `seconds` the time of the whole run."""

    model: str
    baselines: tuple[str, ...]
    half: str
    sections: tuple[Section, ...]
    seconds: float


def measure_house(bench: Bench, *, parts: tuple[Part, ...] = SECTIONS) -> HouseFigures:
    """Measure what there is data for."""
    began = perf_counter()
    sections = tuple(_measured(part, bench) for part in parts)
    versions = tuple(model.version for model in bench.baselines)
    return HouseFigures(bench.model.version, versions, bench.half, sections, perf_counter() - began)


def _measured(part: Part, bench: Bench) -> Section:
    missing = [name for name in part.needs if not getattr(bench, name)]
    if part.any_of and not any(getattr(bench, name) for name in part.any_of):
        missing = list(part.any_of)
    if missing:
        return Section(part.id, part.title, skipped=" and ".join(_ASK[name] for name in missing).capitalize() + ".")
    try:
        return part.measure(bench)
    except (MissingExtra, ModelError, NotFound) as error:
        return Section(part.id, part.title, skipped=str(error))
