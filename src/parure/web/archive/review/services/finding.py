"""From scanned files to questions: groups that repeat each other, names that do not tell, photos that rules doubt."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from parure.curate import KnownStyle, NameReading, NameVerdict, Rules, StyleIndex, Verdict, read_archive
from parure.curate.duplicates import Duplicates, Group
from parure.curate.judging_evidence import SeenPhotos
from parure.curate.names_find import FoundBy
from parure.curate.quality import QualityVerdict, judge_quality
from parure.curate.quality_limits import FAULT_WORDS
from parure.curate.values import Scanned
from parure.images.quality import BACKGROUNDS, MEASURES
from parure.web.archive.review.services.disagreeing import disagreements
from parure.web.archive.review.services.findings import (
    Candidate,
    Copy,
    Fault,
    Findings,
    GroupQuestion,
    NameQuestion,
    QualityQuestion,
    Shot,
)

__all__ = ["Progress", "find"]

Progress = Callable[[str, int, int], None]
"""Told what is being done, how many are done, and of how many."""

_MOST_CANDIDATES = 9  # as many as there are digit keys
_WHY = {
    FoundBy.WRITTEN: "written in the name",
    FoundBy.RESPELLED: "written in the name, spelled otherwise",
    FoundBy.LOOKALIKE: "in the name, with look-alike letters",
    FoundBy.VENDOR_SKU: "the vendor's number in the name",
    FoundBy.FOLDER: "the folder says so",
    FoundBy.TYPO: "one slip of the pen away",
}
_ORDER = {found_by: place for place, found_by in enumerate(FoundBy)}
_FAULTS = frozenset(FAULT_WORDS.values())
_MEASURE_OF = {FAULT_WORDS[each.name]: each.name for each in MEASURES if each.name not in BACKGROUNDS}


def find(
    files: Iterable[Scanned],
    duplicates: Duplicates,
    *,
    rules: Rules,
    styles: Sequence[KnownStyle],
    scanned_at: str,
    progress: Progress,
    asked: Mapping[str, Fault] | None = None,
    seen: SeenPhotos | None = None,
) -> Findings:
    """All that people have to decide about these files. `asked` by content: what else makes one ask "good enough?"."""
    photos = sorted((file for file in files if _is_photo(file)), key=lambda file: file.path)
    shots = {file.path: _shot(file) for file in photos}
    groups = tuple(sorted(_groups(duplicates, shots), key=lambda group: group.copies[0].shot.path))
    index = StyleIndex(styles, rules.normalise)
    readings = read_archive(shots, rules, index, progress=lambda done: progress("Reading names", done, len(shots)))
    progress("Judging quality", 0, len(photos))
    return Findings(
        scanned_at=scanned_at,
        made_at=time.time(),
        photos=len(photos),
        groups=groups,
        names=_doubts(readings, shots, groups, styled=bool(styles)),
        quality=tuple(_quality(photos, shots, asked or {}, _judge(rules, seen or SeenPhotos(), readings))),
        styles=tuple(style.code for style in styles),
        variants=len(duplicates.variants),
        unseen=tuple(reason.detail for _, reason in duplicates.unseen),
    )


def _is_photo(file: Scanned) -> bool:
    return file.measures is not None and bool(file.fingerprints.sha256)


def _shot(file: Scanned) -> Shot:
    assert file.measures is not None
    width, height = file.measures.width, file.measures.height
    return Shot(file.path, file.fingerprints.sha256, width, height, file.size, file.modified, file.format or "")


def _groups(duplicates: Duplicates, shots: Mapping[str, Shot]) -> Iterator[GroupQuestion]:
    for group in duplicates.groups:
        copies = tuple(_members(group, shots))
        if group.representative in shots and copies:
            yield GroupQuestion(group.tier.value, (Copy(shots[group.representative]), *copies))


def _members(group: Group, shots: Mapping[str, Shot]) -> Iterator[Copy]:
    for member in group.members:
        if member.path not in shots:
            continue
        told = member.comparison
        change = told.transform.words if told is not None and told.transform is not None else ""
        yield Copy(shots[member.path], change, None if told is None else round(told.overlap, 3), member.via)


def _doubts(
    readings: Sequence[NameReading], shots: Mapping[str, Shot], groups: Sequence[GroupQuestion], *, styled: bool
) -> tuple[NameQuestion, ...]:
    """Names that contradict each other, then names that do not tell; without `styles` only metals can be told."""
    by_content: dict[str, list[NameReading]] = defaultdict(list)
    for reading in readings:
        by_content[shots[reading.path].sha256].append(reading)
    together = tuple(disagreements(by_content, shots, groups))
    asked = {content for question in together if question.kind == "style" for content in question.contents}
    alone = _names(readings, by_content, shots, groups) if styled else ()
    return (*together, *(question for question in alone if question.contents[0] not in asked))


def _names(
    readings: Sequence[NameReading],
    by_content: Mapping[str, Sequence[NameReading]],
    shots: Mapping[str, Shot],
    groups: Sequence[GroupQuestion],
) -> Iterator[NameQuestion]:
    """One question a content."""
    beside = _beside(groups)
    examples = {each.style: shots[each.path].sha256 for each in reversed(readings) if each.style}
    for sha256, own in by_content.items():
        doubtful = [reading for reading in own if reading.verdict is not NameVerdict.ASSIGNED]
        if doubtful:
            others = [reading for other in beside.get(sha256, ()) for reading in by_content[other]]
            offered = _offered(own, others)
            candidates = tuple(Candidate(code, why, examples.get(code, "")) for code, why in offered.items())
            first = doubtful[0]
            yield NameQuestion(
                tuple(shots[reading.path] for reading in doubtful),
                first.verdict is NameVerdict.AMBIGUOUS,
                str(first.reasons[0].code),
                first.reasons[0].detail,
                candidates[:_MOST_CANDIDATES],
            )


def _offered(own: Sequence[NameReading], others: Sequence[NameReading]) -> dict[str, str]:
    """Style -> what speaks for it: other names of the same content, of the same picture, then the name itself."""
    offered: dict[str, str] = {}
    for readings, why in ((own, "the same file lies under this name too"), (others, "the same picture has this name")):
        for reading in readings:
            if reading.style:
                offered.setdefault(reading.style, why)
    for reading in own:
        for each in sorted(reading.candidates, key=lambda each: _ORDER[each.found_by]):
            offered.setdefault(each.code, _WHY[each.found_by])
    return offered


def _beside(groups: Sequence[GroupQuestion]) -> dict[str, tuple[str, ...]]:
    """Content -> the others of its groups."""
    return {
        sha256: tuple(other for other in group.contents if other != sha256)
        for group in groups
        if group.kind == "same_picture"
        for sha256 in group.contents
    }


def _judge(rules: Rules, seen: SeenPhotos, readings: Sequence[NameReading]) -> Callable[[Scanned], QualityVerdict]:
    style_of = {reading.path: reading.style for reading in readings}

    def judge(file: Scanned) -> QualityVerdict:
        assert file.measures is not None
        sha256 = file.fingerprints.sha256
        figures = seen.figures(sha256, style_of.get(file.path))
        return judge_quality(file.measures, rules.quality, seen=figures)

    return judge


def _quality(
    photos: Sequence[Scanned],
    shots: Mapping[str, Shot],
    asked: Mapping[str, Fault],
    judge: Callable[[Scanned], QualityVerdict],
) -> Iterator[QualityQuestion]:
    together: dict[str, list[Scanned]] = defaultdict(list)
    for file in photos:
        together[file.fingerprints.sha256].append(file)
    for sha256, same in together.items():
        measures = same[0].measures
        if measures is None:
            continue
        first = (asked[sha256],) if sha256 in asked else ()
        if faults := (*first, *_faults(judge(same[0]))):
            yield QualityQuestion(tuple(shots[file.path] for file in same), measures.background, faults)


def _faults(told: QualityVerdict) -> Iterator[Fault]:
    """Those for which the rules want a person to look."""
    if told.verdict is Verdict.REVIEW:
        for each in [each for each in told.reasons if each.code in _FAULTS] or told.reasons:
            yield Fault(each.code, each.detail, _MEASURE_OF.get(each.code, ""))
