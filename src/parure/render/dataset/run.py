"""Making a data set on all cores, and going on where it was stopped.

Every process makes whole designs; one is finished when its JSON is written. A design that cannot be built or traced is
told and left out: one odd draw must not stop a run of a day.
"""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path

from parure.render.dataset.shoot import shoot, stone_count
from parure.render.dataset.store import design_path, save_design, save_shot
from parure.render.spec import DesignSpec, draw_design
from parure.render.tracer import Quality

__all__ = ["Outcome", "Plan", "make", "missing"]

_RECYCLE = 400  # designs a process makes before it is replaced: the renderer keeps what it compiled


@dataclass(frozen=True)
class Plan:
    """Designs `first` to `first + count - 1` of the list that `prefix` names, `views` pictures of each."""

    root: Path
    count: int
    first: int = 0
    prefix: str = "d"
    views: int = 4
    quality: Quality = Quality(256, 16, 12)


@dataclass(frozen=True)
class Outcome:
    """A finished design, or what went wrong with it."""

    design: str
    pictures: int
    error: str = ""


def missing(plan: Plan) -> list[int]:
    """The numbers of the designs that are not finished yet."""
    numbers = range(plan.first, plan.first + plan.count)
    return [n for n in numbers if not design_path(plan.root, f"{plan.prefix}{n:06d}").exists()]


def make(plan: Plan, *, jobs: int, told: Callable[[Outcome], None]) -> int:
    """Make what is missing with `jobs` processes, telling each outcome; gives the number of pictures made."""
    numbers = missing(plan)
    made = 0
    for outcome in _outcomes(plan, numbers, jobs):
        made += outcome.pictures
        told(outcome)
    return made


def _outcomes(plan: Plan, numbers: Sequence[int], jobs: int) -> Iterator[Outcome]:
    if jobs == 1:
        yield from (_make_one(plan, number) for number in numbers)
        return
    fresh = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(
        jobs, mp_context=fresh, initializer=os.nice, initargs=(5,), max_tasks_per_child=_RECYCLE
    ) as pool:
        waiting = [pool.submit(_make_one, plan, number) for number in numbers]
        try:
            for done in as_completed(waiting):
                yield done.result()
        finally:
            pool.shutdown(cancel_futures=True)


def _make_one(plan: Plan, number: int) -> Outcome:
    name = f"{plan.prefix}{number:06d}"
    try:
        spec = draw_design(number, prefix=plan.prefix)
        pictures = _save(plan, spec)
    except Exception as error:  # a draw nobody foresaw: told with its seed, so that it can be mended
        return Outcome(name, 0, f"{type(error).__name__}: {error}")
    return Outcome(name, pictures)


def _save(plan: Plan, spec: DesignSpec) -> int:
    taken = [save_shot(plan.root, spec, shot) for shot in shoot(spec, views=plan.views, quality=plan.quality)]
    save_design(plan.root, spec, stone_count(spec.piece.build()), taken)
    return len(taken)
