"""Data sets without a renderer: designs that are quick to build, and pictures of two discs whose colours
and places depend on the design, so that mix-ups show."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from zlib import crc32

import numpy as np

from parure.regions import PartClass
from parure.render.dataset.run import Outcome, Plan
from parure.render.dataset.shoot import Shot, view_of
from parure.render.spec import DesignSpec, drawn, stream
from parure.render.tracer import Quality

__all__ = ["fake_shoot", "fake_shot", "quick_design", "quick_outcome"]

_QUICK = ("Charm", "LetterPendant", "HoopEarrings", "PlateStuds")


def quick_design(number: int, *, prefix: str = "t") -> DesignSpec:
    """Stands for `draw_design`: families of the list in turn."""
    name = f"{prefix}{number:06d}"
    return drawn(name, _QUICK[number % len(_QUICK)], stream(name))


def fake_shot(spec: DesignSpec, number: int, size: int) -> Shot:
    """A pair: instance 0 with a stone in it, instance 1 plain; the label is 0 exactly where alpha is."""
    seed = crc32(f"{spec.id}{number}".encode())
    y, x = np.mgrid[0:size, 0:size] / size
    labels = np.zeros((size, size), np.uint8)
    left, right = np.hypot(x - 0.28, y - 0.5), np.hypot(x - 0.74, y - 0.4 - seed % 7 / 70)
    labels[left < 0.2] = PartClass.METAL
    labels[left < 0.08] = PartClass.CENTRE_STONE
    labels[right < 0.16] = 16 + PartClass.METAL
    tone = [seed >> shift & 255 for shift in (0, 8, 16)]
    pixels = np.where(labels[..., None] > 0, [*tone, 255], 0).astype(np.uint8)
    view = replace(view_of(spec, number), pose="as_built")
    return Shot(number, view, False, pixels, labels, np.full((size, size), 255, np.uint8))


def fake_shoot(spec: DesignSpec, *, views: int, quality: Quality) -> Iterator[Shot]:
    for number in range(views):
        yield fake_shot(spec, number, quality.size)


def quick_outcome(plan: Plan, number: int) -> Outcome:
    """For a process started afresh, where nothing is patched: the process that made it stands in for an error."""
    return Outcome(f"{plan.prefix}{number:06d}", 0, str(os.getpid()))
