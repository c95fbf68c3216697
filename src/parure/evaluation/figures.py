"""What a measurement says: numbers with intervals beside their baselines, curves, confusions, failures.

Values only. How they are shown is told in `report/`; how they come about, in `house/`.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

__all__ = ["Baseline", "Confusion", "Curve", "Failure", "Interval", "Line", "Section", "Series", "Thumbnail"]


@dataclass(frozen=True)
class Interval:
    """A figure with the range that holds 95 % of bootstrap draws, and how many things it was measured on."""

    value: float
    low: float
    high: float
    count: int

    def __str__(self) -> str:
        """ ".497 (.448-.545)"."""
        return f"{_short(self.value)} ({_short(self.low)}-{_short(self.high)})"


@dataclass(frozen=True)
class Baseline:
    name: str
    figure: Interval


@dataclass(frozen=True)
class Line:
    """One row of a table. `figure` is None where it could not be measured; `aim` None where none was set.

    With `at_most` a lower figure is a better one (errors).
    """

    what: str
    figure: Interval | None
    baselines: tuple[Baseline, ...] = ()
    aim: float | None = None
    at_most: bool = False

    @property
    def met(self) -> bool | None:
        """Whether the aim is reached; None without an aim or a figure."""
        if self.aim is None or self.figure is None or not math.isfinite(self.figure.value):
            return None
        return self.figure.value <= self.aim if self.at_most else self.figure.value >= self.aim


@dataclass(frozen=True)
class Series:
    name: str
    points: tuple[tuple[float, float], ...]


@dataclass(frozen=True)
class Curve:
    """Lines over one pair of axes. y runs from 0 to 1; x from `x_low` to `x_high`; `diagonal` draws y = x."""

    title: str
    x_label: str
    y_label: str
    series: tuple[Series, ...]
    x_low: float = 0.0
    x_high: float = 1.0
    diagonal: bool = False


@dataclass(frozen=True)
class Confusion:
    """`counts[i][j]`: how many of class `labels[i]` were told to be `told[j]`."""

    title: str
    labels: tuple[str, ...]
    told: tuple[str, ...]
    counts: tuple[tuple[int, ...], ...]


@dataclass(frozen=True)
class Thumbnail:
    jpeg: bytes
    caption: str


@dataclass(frozen=True)
class Failure:
    """The picture that asked, then what came first and what was right, as far as there is a picture of each."""

    pictures: tuple[Thumbnail, ...]


@dataclass(frozen=True)
class Section:
    """One part of the report. `skipped` holds the reason where nothing could be measured."""

    id: str
    title: str
    lines: tuple[Line, ...] = ()
    notes: tuple[str, ...] = ()
    curves: tuple[Curve, ...] = ()
    confusions: tuple[Confusion, ...] = ()
    failures: tuple[Failure, ...] = ()
    skipped: str = ""


def _short(value: float) -> str:
    if not math.isfinite(value):
        return "-"
    text = f"{value:.3f}"
    return text.removeprefix("0") if text.startswith("0.") else text
