"""What apply is asked to do, and what it says afterwards."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from parure.curate.apply_origin import Place
from parure.curate.apply_transfer import Linking
from parure.curate.plan import PlanFault

__all__ = ["LINKING", "ApplyReport", "Mode", "Order"]


class Mode(StrEnum):
    COPY = "copy"
    MOVE = "move"
    LINK = "link"


LINKING = {Mode.COPY: Linking.NEVER, Mode.MOVE: Linking.WHERE_POSSIBLE, Mode.LINK: Linking.ALWAYS}


@dataclass(frozen=True)
class Order:
    """`source` is a folder, or an archive out of which files are copied."""

    plan: Path
    source: Place
    target: Path
    mode: Mode = Mode.COPY


@dataclass(frozen=True)
class ApplyReport:
    """`placed` by this call, `already` in place before it, `stayed` as the plan says. `bytes` are of those placed."""

    run: str
    resumed: bool
    placed: int
    already: int
    stayed: int
    bytes: int
    faults: tuple[PlanFault, ...]
