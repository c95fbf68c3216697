"""From scanned files to questions: groups that repeat each other, names that do not tell, photos that rules doubt."""

from __future__ import annotations

import io
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence

from PIL import Image

from parure.curate import KnownStyle, NameReading, NameVerdict, Rules, StyleIndex, Verdict, read_archive
from parure.curate.duplicates import Duplicates, Group, find_duplicates
from parure.curate.duplicates_differences import read_metadata
from parure.curate.names_find import FoundBy
from parure.curate.quality import judge_quality
from parure.curate.quality_limits import FAULT_WORDS
from parure.curate.values import Scanned
from parure.images import Pixels
from parure.images.quality import BACKGROUNDS, MEASURES
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

__all__ = ["Progress", "find", "metadata_in"]

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
_MEASURE_OF = {FAULT_WORDS[each.name]: each.name for each in MEASURES if each.name not in BACKGROUNDS}


def find(
    files: Sequence[Scanned],
    picture: Callable[[str], Pixels],
    metadata: Mapping[str, Mapping[str, str]],
    *,
    rules: Rules,
    styles: Sequence[KnownStyle],
    apart: frozenset[frozenset[str]],
    scanned_at: str,
    progress: Progress,
) -> Findings:
    """`metadata` by path is what `picture` came across while it read. Raises `MissingExtra`."""
    photos = [file for file in files if file.measures is not None and file.fingerprints.sha256]
    duplicates = find_duplicates(
        photos, picture, apart=apart, progress=lambda done, total: progress("Comparing photos", done, total)
    )
    told = {file.fingerprints.sha256: metadata[file.path] for file in photos if file.path in metadata}
    by_path = {file.path: _shot(file, told.get(file.fingerprints.sha256, {})) for file in photos}
    groups = tuple(sorted(_groups(duplicates, by_path), key=lambda group: group.copies[0].shot.path))
    index = StyleIndex(styles, rules.normalise)
    readings = read_archive(by_path, rules, index, progress=lambda done: progress("Reading names", done, len(by_path)))
    return Findings(
        scanned_at=scanned_at,
        made_at=time.time(),
        photos=len(photos),
        groups=groups,
        names=tuple(_names(readings, by_path, groups)) if styles else (),
        quality=tuple(_quality(photos, by_path, rules)),
        styles=tuple(style.code for style in styles),
        variants=len(duplicates.variants),
        unseen=tuple(reason.detail for _, reason in duplicates.unseen),
    )


def metadata_in(data: bytes) -> dict[str, str]:
    """Fields of EXIF; none where they cannot be read, whatever is wrong with them."""
    try:
        with Image.open(io.BytesIO(data), formats=("JPEG", "MPO", "PNG", "WEBP", "TIFF")) as image:
            return read_metadata(image)
    except Exception:  # hostile bytes make readers raise nearly everything, and nothing depends on this
        return {}


def _shot(file: Scanned, metadata: Mapping[str, str]) -> Shot:
    assert file.measures is not None
    return Shot(
        file.path, file.fingerprints.sha256, file.measures.width, file.measures.height, file.size, file.modified,
        file.format or "", tuple(metadata.items()),
    )  # fmt: skip


def _groups(duplicates: Duplicates, shots: Mapping[str, Shot]) -> Iterator[GroupQuestion]:
    for group in duplicates.groups:
        first = Copy(shots[group.representative])
        yield GroupQuestion(group.tier.value, (first, *_members(group, shots)))


def _members(group: Group, shots: Mapping[str, Shot]) -> Iterator[Copy]:
    for member in group.members:
        told = member.comparison
        change = told.transform.words if told is not None and told.transform is not None else ""
        yield Copy(shots[member.path], change, None if told is None else round(told.overlap, 3))


def _names(
    readings: Sequence[NameReading], shots: Mapping[str, Shot], groups: Sequence[GroupQuestion]
) -> Iterator[NameQuestion]:
    """One question a content."""
    by_content: dict[str, list[NameReading]] = defaultdict(list)
    for reading in readings:
        by_content[shots[reading.path].sha256].append(reading)
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


def _quality(photos: Sequence[Scanned], shots: Mapping[str, Shot], rules: Rules) -> Iterator[QualityQuestion]:
    together: dict[str, list[Scanned]] = defaultdict(list)
    for file in photos:
        together[file.fingerprints.sha256].append(file)
    for same in together.values():
        measures = same[0].measures
        if measures is None:
            continue
        told = judge_quality(measures, rules.quality)
        if told.verdict is Verdict.REVIEW:
            own = [each for each in told.reasons if each.code in _MEASURE_OF] or told.reasons
            faults = tuple(Fault(each.code, each.detail, _MEASURE_OF.get(each.code, "")) for each in own)
            yield QualityQuestion(tuple(shots[file.path] for file in same), measures.background, faults)
