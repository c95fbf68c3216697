"""Copies of one picture whose names contradict each other: one question for all of them, as a plan holds them all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from parure.curate import NameReading
from parure.curate.judging_decisions import Decided
from parure.curate.judging_evidence import Evidence
from parure.curate.judging_families import Family, Repeat
from parure.curate.judging_names import metals_told, name_of
from parure.curate.plan import shown
from parure.web.archive.review.services.findings import Candidate, GroupQuestion, NameQuestion, Shot

__all__ = ["disagreements"]

_MOST_CANDIDATES = 9


def disagreements(
    by_content: Mapping[str, Sequence[NameReading]], shots: Mapping[str, Shot], groups: Sequence[GroupQuestion]
) -> Iterator[NameQuestion]:
    """Whether they contradict each other is for `name_of` to say, as it is for a plan."""
    joined = [group.contents for group in groups if group.kind == "same_picture"]
    taken = {content for contents in joined for content in contents}
    alone = [(content,) for content, readings in by_content.items() if len(readings) > 1 and content not in taken]
    for contents in (*joined, *alone):
        readings = [reading for content in contents for reading in by_content.get(content, ())]
        if len(readings) > 1:
            yield from _question(readings, shots)


def _question(readings: Sequence[NameReading], shots: Mapping[str, Shot]) -> Iterator[NameQuestion]:
    named = name_of(_family(readings, shots), Decided())
    if not named.disagree:
        return
    reason = named.reasons[0]
    metal = reason.code == "metals_disagree"
    told = metals_told(readings) if metal else _styles(readings)
    order = sorted(told, key=lambda value: shots[told[value].path].merit)
    candidates = tuple(_candidate(value, told[value], shots) for value in order[:_MOST_CANDIDATES])
    says = tuple((reading.metal if metal else reading.style) or "" for reading in readings)
    yield NameQuestion(
        tuple(shots[reading.path] for reading in readings),
        ambiguous=True,
        code=reason.code,
        reason=reason.detail,
        candidates=candidates,
        kind="metal" if metal else "style",
        says=says,
    )


def _candidate(value: str, teller: NameReading, shots: Mapping[str, Shot]) -> Candidate:
    return Candidate(value, f"{shown(teller.path)} says so", shots[teller.path].sha256)


def _styles(readings: Sequence[NameReading]) -> dict[str, NameReading]:
    """Those that names say, then those that they might."""
    told = {reading.style: reading for reading in reversed(readings) if reading.style}
    for reading in readings:
        for each in reading.candidates:
            told.setdefault(each.code, reading)
    return told


def _family(readings: Sequence[NameReading], shots: Mapping[str, Shot]) -> Family:
    first, *others = (_evidence(reading, shots[reading.path]) for reading in readings)
    return Family(first, tuple(Repeat(file, ()) for file in others))


def _evidence(reading: NameReading, shot: Shot) -> Evidence:
    return Evidence(shot.path, shot.sha256, shot.format or None, shot.merit, reading=reading)
