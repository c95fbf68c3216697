"""A plan beside the scan it should be of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from parure.curate.plan import shown
from parure.curate.values import PlanEntry
from parure.errors import IntakeError

__all__ = ["Match", "matched"]

_SHOWN = 3


@dataclass
class Match:
    """Complete once all entries went through `matched`. Lists hold the first few; counts are of all."""

    entries: int = 0
    unknown: int = 0
    changed: int = 0
    unplanned: int = 0
    such_as: dict[str, list[str]] = field(default_factory=dict)

    def notes(self) -> tuple[str, ...]:
        """A sentence for each way in which plan and scan differ."""
        told = (
            (
                self.unknown,
                "unknown",
                "of the plan are not in the scan: they are gone, or the plan is of another archive",
            ),
            (self.changed, "changed", "changed since they were planned; apply will leave them alone"),
            (
                self.unplanned,
                "unplanned",
                "of the scan have no line in the plan: they came later, or were filtered out",
            ),
        )
        return tuple(
            f"{count:,} {'file' if count == 1 else 'files'} {what} (such as {', '.join(self.such_as[kind])})."
            for count, kind, what in told
            if count
        )

    def note(self, kind: str, path: str) -> None:
        listed = self.such_as.setdefault(kind, [])
        if len(listed) < _SHOWN:
            listed.append(shown(path))


def matched(entries: Iterable[PlanEntry], contents: Mapping[str, str], match: Match) -> Iterator[PlanEntry]:
    """The entries, while they are compared with `contents`, hashes by path. Raises `IntakeError` if none fits."""
    left = dict(contents)
    for entry in entries:
        match.entries += 1
        now = left.pop(entry.source, None)
        if now is None:
            match.unknown += 1
            match.note("unknown", entry.source)
        elif now != entry.sha256:
            match.changed += 1
            match.note("changed", entry.source)
        yield entry
    if match.entries and match.unknown == match.entries:
        raise IntakeError(
            f"None of the {match.entries:,} files of the plan is in the scan (such as {match.such_as['unknown'][0]})."
            " It is a plan of another archive: name the source it was made for, or plan again."
        )
    match.unplanned = len(left)
    for path in left:
        match.note("unplanned", path)
