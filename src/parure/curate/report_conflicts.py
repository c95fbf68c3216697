"""What `parure curate sheets --report` wrote, as counts and a bounded sample."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from parure.errors import IntakeError

__all__ = ["Conflicts", "ShownConflict", "read_conflicts"]

_SAMPLES = 20  # of each field and kind
_DETAILS = 5  # sentences of each fault and orphan


@dataclass(frozen=True)
class ShownConflict:
    """`kept` and `lost` say value and source."""

    style: str
    field: str
    kind: str
    kept: str
    lost: tuple[str, ...]
    why: str


@dataclass
class Conflicts:
    """`counts` by field and kind, `others` by fault or orphan; `details` are the first sentences of each of these."""

    counts: Counter[tuple[str, str]] = field(default_factory=Counter)
    others: Counter[tuple[str, str]] = field(default_factory=Counter)
    samples: list[ShownConflict] = field(default_factory=list)
    details: dict[tuple[str, str], list[str]] = field(default_factory=dict)


def read_conflicts(path: Path) -> Conflicts:
    """Raises `IntakeError` naming the line."""
    found = Conflicts()
    number = 0
    try:
        with path.open(encoding="utf-8") as lines:
            for line in lines:
                number += 1
                if line.strip():
                    _take(json.loads(line), found)
    except OSError as error:
        raise IntakeError(f"{path} cannot be read ({error.strerror}). Check the path.") from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        told = f"{path.name}, line {number} is no line of a report of sheets ({error})."
        raise IntakeError(f"{told} Write it with: parure curate sheets MAP.yaml --report FILE") from error
    return found


def _take(told: dict[str, Any], found: Conflicts) -> None:
    match told["of"]:
        case "conflict":
            key = (str(told["field"]), str(told["kind"]))
            found.counts[key] += 1
            if found.counts[key] <= _SAMPLES:
                lost = tuple(_said(each) for each in told["lost"])
                found.samples.append(
                    ShownConflict(str(told["style_code"]), *key, _said(told["won"]), lost, str(told["why"]))
                )
        case "fault" | "orphan":
            key = (str(told["of"]), str(told.get("reason") or told["kind"]))
            found.others[key] += 1
            if found.others[key] <= _DETAILS:
                found.details.setdefault(key, []).append(str(told["detail"]))


def _said(statement: dict[str, Any]) -> str:
    return f"{statement['value']} ({statement['source']}, row {statement['row']})"
