"""Batches made by other processes while this one learns, in the order asked for."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import replace

import numpy as np
from torch.utils.data import DataLoader

from parure.training.dataset import Batch, TrainingSteps

__all__ = ["echoed", "stream"]

_AHEAD = 3  # batches that wait for each worker
_ECHO = 20  # steps until a batch comes again


def stream(steps: TrainingSteps, wanted: range, *, workers: int) -> Iterator[Batch]:
    """The batches of these steps; 0 workers means made here, one by one."""
    loader = DataLoader(
        steps,  # type: ignore[arg-type, unused-ignore]
        batch_size=None,
        sampler=list(wanted),
        num_workers=workers,
        prefetch_factor=_AHEAD if workers else None,
        collate_fn=_as_it_is,
    )
    return iter(loader)


def _as_it_is(batch: Batch) -> Batch:
    return batch


def echoed(batches: Iterable[Batch]) -> Iterator[Batch]:
    """Each batch, and some steps later its mirror image: making photographs costs as much as learning from them.

    Data echoing, Choi et al. 2019, whose examples come again as they were.
    """
    waiting: deque[Batch] = deque()
    for batch in batches:
        yield batch
        waiting.append(batch)
        if len(waiting) > _ECHO:
            yield _mirrored(waiting.popleft())
    yield from map(_mirrored, waiting)


def _mirrored(batch: Batch) -> Batch:
    pixels, parts = (np.ascontiguousarray(each[:, :, ::-1]) for each in (batch.pixels, batch.parts))
    return replace(batch, pixels=pixels, parts=parts)
