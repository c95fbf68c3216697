"""The three tiers of duplicates on a made archive, beside other methods on the same files."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

from parure import images
from parure.curate.duplicates import Duplicates, Tier, find_duplicates
from parure.curate.duplicates_prints import fingerprints_of
from parure.curate.values import Measures, Scanned
from parure.errors import ModelError
from parure.evaluation.curate.duplicates_archive import COPY, ORIGINAL, OTHERS, MadeFile, make_archive
from parure.evaluation.curate.duplicates_changes import CHANGES
from parure.evaluation.curate.duplicates_other_views import other_views
from parure.evaluation.curate.duplicates_peers import Peer, hash_by_recipe, imagededup
from parure.evaluation.curate.duplicates_score import count_pairs, f1, pairs_of, precision, recall, wrongly_called
from parure.evaluation.figures import Baseline, Interval, Line, Section
from parure.images import Pixels

__all__ = ["ID", "TITLE", "Trial", "measure_duplicates", "scanned"]

ID, TITLE = "duplicates", "Copies of a picture"
_SIDE = 384
_AIM, _AIM_EACH, _AIM_PRECISION = 0.95, 0.90, 0.995
Stage = Callable[[str], AbstractContextManager[Callable[[int, int], None]]]


@dataclass(frozen=True)
class Trial:
    """`renders` is a rendered data set, `archive` the folder that the files are made in and may be there already.

    `python` is an interpreter that has imagededup; without one a hash of its recipe stands beside our figures.
    """

    renders: Path
    archive: Path
    designs: int = 1000
    python: Path | None = None
    encoder: str = ""  # that of other views, with a verdict fitted for it; without one they are left out


def measure_duplicates(trial: Trial, stage: Stage) -> Section:
    with stage("Making files") as progress:
        files = make_archive(trial.renders, trial.archive, designs=trial.designs, progress=progress)
    began = perf_counter()
    with stage("Comparing") as progress:
        found = find_duplicates(
            [scanned(trial.archive, file.path) for file in files],
            lambda path: _picture(trial.archive / path),
            progress=progress,
        )
    seconds = perf_counter() - began
    peers, notes = _peers(trial, [file.path for file in files if file.kind != COPY])
    lines = (*_same_picture(files, found, peers), *_never(files, found, peers), _same_bytes(files, found))
    views, told = other_views(trial.archive, files, trial.encoder, peers)
    about = f"{len(files)} files of {len({file.design for file in files})} designs in {seconds:.0f} s, scan included."
    return Section(ID, TITLE, (*lines, *views), notes=(about, *notes, *told))


def scanned(archive: Path, path: str) -> Scanned:
    """A file as a scan leaves it."""
    data = (archive / path).read_bytes()
    picture = images.decode(data, shrink_to=_SIDE)
    prints = fingerprints_of(picture.pixels, sha256=images.sha256(data))
    measures = Measures(picture.header.width, picture.header.height, {})
    return Scanned(path, len(data), 0.0, prints, measures, format=picture.header.format)


def _picture(path: Path) -> Pixels:
    return images.decode(path.read_bytes(), shrink_to=_SIDE).pixels


def _peers(trial: Trial, paths: Sequence[str]) -> tuple[tuple[Peer, ...], tuple[str, ...]]:
    if trial.python is not None:
        try:
            return imagededup(trial.python, trial.archive, paths)
        except ModelError as error:
            return (hash_by_recipe(trial.archive, paths),), (str(error),)
    return (hash_by_recipe(trial.archive, paths),), ("imagededup itself was not given (--imagededup PYTHON).",)


def _same_picture(files: Sequence[MadeFile], found: Duplicates, peers: Sequence[Peer]) -> list[Line]:
    ours = _pairs(found)
    lines = [_line(f"F1, {change}", files, ours, peers, change) for change in CHANGES]
    everything = count_pairs(files, ours)
    theirs = [(peer.name, count_pairs(files, peer.pairs)) for peer in peers]
    for what, figure, aim in (("F1", f1, _AIM), ("precision", precision, _AIM_PRECISION), ("recall", recall, None)):
        baselines = tuple(Baseline(name, figure(counts)) for name, counts in theirs)
        lines.append(Line(f"{what}, all files together", figure(everything), baselines, aim))
    return lines


def _line(what: str, files: Sequence[MadeFile], ours: set[frozenset[str]], peers: Sequence[Peer], change: str) -> Line:
    baselines = tuple(Baseline(peer.name, f1(count_pairs(files, peer.pairs, change=change))) for peer in peers)
    return Line(what, f1(count_pairs(files, ours, change=change)), baselines, _AIM_EACH)


def _never(files: Sequence[MadeFile], found: Duplicates, peers: Sequence[Peer]) -> list[Line]:
    """What must not be called the same picture, and how often it was."""
    names = {
        "metal": "other metal called the same",
        "stone": "other stone called the same",
        "view": "other view called the same",
    }
    ours = _pairs(found)
    return [
        Line(
            names[kind],
            wrongly_called(files, ours, (kind,)),
            tuple(Baseline(peer.name, wrongly_called(files, peer.pairs, (kind,))) for peer in peers),
            0.0 if kind != "view" else None,
            at_most=True,
        )
        for kind in (*OTHERS[1:], OTHERS[0])
        if any(file.kind == kind for file in files)
    ]


def _same_bytes(files: Sequence[MadeFile], found: Duplicates) -> Line:
    """Of the copies to the byte, the share in a group of that tier with their original and nothing else."""
    groups = {
        frozenset((group.representative, *(m.path for m in group.members))) for group in found.of(Tier.SAME_BYTES)
    }
    wanted = {
        frozenset(file.path for file in files if file.design == design and file.kind in {ORIGINAL, COPY})
        for design in {file.design for file in files}
    }
    right = len(groups & wanted) / max(1, len(groups | wanted))
    return Line("same bytes", Interval(right, right, right, len(wanted)), aim=1.0)


def _pairs(found: Duplicates) -> set[frozenset[str]]:
    """A copy to the byte is told in its own tier; here its original may speak through it."""
    groups = [(group.representative, *(m.path for m in group.members)) for group in found.of(Tier.SAME_PICTURE)]
    return pairs_of(groups)
