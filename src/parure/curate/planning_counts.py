"""What a plan comes to: entries by verdict and first reason, styles with and without photos."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from parure.curate.values import PlanEntry, Verdict

__all__ = ["PlanCounts", "counted"]


@dataclass
class PlanCounts:
    """Complete once all entries went through `counted`."""

    verdicts: Counter[Verdict] = field(default_factory=Counter)
    reasons: dict[Verdict, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    styles: Counter[str] = field(default_factory=Counter)  # photos kept of each

    @property
    def files(self) -> int:
        return self.verdicts.total()

    def by_reason(self) -> Mapping[str, Mapping[str, int]]:
        """Verdict to reason to files, the most first."""
        return {
            verdict.value: dict(self.reasons[verdict].most_common()) for verdict in Verdict if self.verdicts[verdict]
        }


def counted(entries: Iterable[PlanEntry], counts: PlanCounts) -> Iterator[PlanEntry]:
    """The entries, while they are counted."""
    for entry in entries:
        counts.verdicts[entry.verdict] += 1
        counts.reasons[entry.verdict][entry.reasons[0].code if entry.reasons else ""] += 1
        if entry.verdict is Verdict.KEEP and entry.style_code:
            counts.styles[entry.style_code] += 1
        yield entry
