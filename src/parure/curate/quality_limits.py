"""From which figure on a measure counts as a fault: limits fitted so that one of a hundred faultless photos is blamed.

    {"limits": {measure: limit}, "false_alarms": share, "made": {how they were fitted},
     "seen": {"limits": {figure: limit}, "made": {...}}}

Those under "seen" belong to one analyser, and stand in for the others where a photo was seen by it. The file beside
this one is written by `python -m parure.evaluation.curate.quality_fit`. A rules file may state others.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path

from parure.errors import IntakeError
from parure.images.quality import BACKGROUNDS, MEASURES

__all__ = ["FAULT_WORDS", "LIMITS_FILE", "OPPOSITES", "Limits", "load_limits"]

LIMITS_FILE = Path(__file__).with_name("quality_limits.json")

# The word for the fault, by measure. Two more come from the analyser, where it was asked.
FAULT_WORDS: Mapping[str, str] = {
    **{each.name: each.fault for each in MEASURES if each.name not in BACKGROUNDS},
    "jewellery": "not_jewellery",
    "type_agrees": "wrong_type",
}
OPPOSITES: Mapping[str, str] = {"sharp": "blurred", "whole": "cut", "large": "small", "neutral": "tinted"}
_LOW = {each.name for each in MEASURES if each.low} | {"jewellery", "type_agrees"}


@dataclass(frozen=True)
class Limits:
    """`values` by measure; one that is missing is never a fault. `seen` are those of what `analyser` tells."""

    values: Mapping[str, float]
    seen: Mapping[str, float] = field(default_factory=dict)
    analyser: str = ""

    def is_fault(self, name: str, figure: float) -> bool:
        limit = self.values.get(name)
        return limit is not None and (figure < limit if name in _LOW else figure > limit)

    def depth(self, name: str, figure: float) -> float:
        """How far beyond its limit a figure lies, from 0 (at it) to 1 (as far as it goes)."""
        limit = self.values[name]
        room = limit if name in _LOW else 1 - limit
        return max(0.0, min(1.0, abs(figure - limit) / room)) if room > 0 else 1.0

    def with_others(self, values: Mapping[str, float]) -> Limits:
        return replace(self, values={**self.values, **values})

    def for_seen(self) -> Limits:
        """Those for a photo that the analyser saw."""
        return self.with_others(self.seen)


@lru_cache(maxsize=8)
def load_limits(path: Path = LIMITS_FILE) -> Limits:
    """Raises `IntakeError` naming the file."""
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
        seen = told.get("seen", {"limits": {}, "made": {}})
        return Limits(_figures(told["limits"]), _figures(seen["limits"]), str(seen["made"].get("analyser", "")))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise IntakeError(f"The limits {path} cannot be read ({error}). Write them anew by quality_fit.") from error


def _figures(told: Mapping[str, object]) -> dict[str, float]:
    return {name: float(str(value)) for name, value in told.items()}
