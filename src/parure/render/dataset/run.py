"""Making a data set on all cores, and going on where it was stopped.

Every process makes whole designs; one is finished when its JSON is written. A design that cannot be built or traced is
told and left out: one odd draw must not stop a run of a day.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from parure.errors import RenderError
from parure.render.dataset.shoot import shoot, stone_count
from parure.render.dataset.store import agree_on, design_path, save_design, save_shot
from parure.render.spec import DesignSpec, draw_design
from parure.render.tracer import Quality

__all__ = ["Outcome", "Plan", "make", "missing"]

_RECYCLE = 400  # designs a process makes before all are replaced: the renderer keeps what it compiled
# A denoiser that pins its thread would pin that of every process to the same core.
_ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1", "OIDN_NUM_THREADS": "1"}
_ONE_THREAD |= {"OIDN_SET_AFFINITY": "0"}


@dataclass(frozen=True)
class Plan:
    """Designs `first` to `first + count - 1` of the list that `prefix` names, `views` pictures of each."""

    root: Path
    count: int
    first: int = 0
    prefix: str = "d"
    views: int = 4
    quality: Quality = Quality(256, 16, 12)

    @property
    def recipe(self) -> Mapping[str, object]:
        """What all designs of one folder have in common."""
        return {"views": self.views, **asdict(self.quality)}


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
    """Make what is missing with `jobs` processes, telling each outcome; gives the number of pictures made.

    On an interrupt the designs at hand are finished. 0 processes means this one, where an interrupt may be swallowed by
    the renderer: for tests and debugging. Raises `Conflict` where the folder holds pictures of another kind.
    """
    agree_on(plan.root, plan.recipe)
    numbers = missing(plan)
    made = 0
    for outcome in _outcomes(plan, numbers, jobs):
        made += outcome.pictures
        told(outcome)
    return made


def _outcomes(plan: Plan, numbers: Sequence[int], jobs: int) -> Iterator[Outcome]:
    if jobs == 0:
        yield from (_make_one(plan, number) for number in numbers)
        return
    share = _RECYCLE * jobs
    for start in range(0, len(numbers), share):
        yield from _by_processes(plan, numbers[start : start + share], jobs)


def _by_processes(plan: Plan, numbers: Sequence[int], jobs: int) -> Iterator[Outcome]:
    """A pool of its own: one that replaces its processes while tasks wait can wait for ever (CPython issue 115634).

    They are started afresh: a renderer does not survive a fork.
    """
    pool = ProcessPoolExecutor(jobs, mp_context=multiprocessing.get_context("spawn"), initializer=_polite)
    with _on_one_thread(), pool:
        waiting = [pool.submit(_make_one, plan, number) for number in numbers]
        try:
            for done in as_completed(waiting):
                yield done.result()
        except BrokenProcessPool as error:
            raise RenderError(
                "A process that rendered was ended, perhaps because memory ran out. What is finished is kept: run the"
                " same command again, with fewer --jobs if memory is short. If LLVM ERROR stands above, the LLVM"
                " library that was found cannot compile for this processor: name another in DRJIT_LIBLLVM_PATH."
            ) from error
        finally:
            pool.shutdown(cancel_futures=True)


def _polite() -> None:
    """A worker leaves interrupts to its parent, and the machine to whoever works at it.

    It leaves the terminal's process group, because the renderer brings a handler of its own, which would cut a picture
    short and save it as if it were whole.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.setpgid(0, 0)
    os.nice(5)


@contextmanager
def _on_one_thread() -> Iterator[None]:
    """Processes started meanwhile compute on one thread each: libraries read this when they are loaded."""
    before = {name: os.environ.get(name) for name in _ONE_THREAD}
    os.environ.update(_ONE_THREAD)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


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
