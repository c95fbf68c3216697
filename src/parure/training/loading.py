"""Batches made by other processes while this one learns, in the order asked for."""

from __future__ import annotations

from collections.abc import Iterator

from torch.utils.data import DataLoader

from parure.training.dataset import Batch, TrainingSteps

__all__ = ["stream"]

_AHEAD = 3  # batches that wait for each worker


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
