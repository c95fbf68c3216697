"""One file of an archive to a `Scanned`: read, hashed, decoded, turned upright, brought to 384 px, and looked at.

Whatever a file holds, a `Scanned` comes out: with fingerprints and measures, or with the reason why not. What looks
are taken is said in one place, `Looks`; its version stands beside every result, so that better looks find the files
that want looking at again.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from math import isfinite

from parure.curate.plan import shown
from parure.curate.sources import Content, Listed, Source
from parure.curate.values import Fingerprints, Measures, Reason, Scanned
from parure.errors import ImageError, ImageReason, ParureError
from parure.images import Limits, Picture, decode

__all__ = ["SIDE", "Looks", "read_files"]

SIDE = 384  # px of the longer side that all looks are taken at; smaller pictures stay as they are


@dataclass(frozen=True)
class Looks:
    """What is taken of an upright picture. Both are importable functions: reading processes get them by name.

    `fingerprints` is given the hash of the bytes too. `measure` tells width and height of the picture it is given; the
    size that counts, the whole picture's, is put in their place here.
    """

    version: str  # changes whenever either comes out differently
    fingerprints: Callable[[Picture, str], Fingerprints]
    measure: Callable[[Picture], Measures]
    limits: Limits = Limits()


def read_files(source: Source, files: Sequence[Listed], looks: Looks) -> list[Scanned]:
    """In the order given. Only faults of the program itself are raised."""
    if source.reads_at_once == 1 or len(files) == 1:
        return [_scanned(file, _content(source, file, looks.limits), looks) for file in files]
    with ThreadPoolExecutor(source.reads_at_once) as pool:
        contents = pool.map(lambda file: _content(source, file, looks.limits), files)
        return [_scanned(file, content, looks) for file, content in zip(files, contents, strict=True)]


def _content(source: Source, file: Listed, limits: Limits) -> Content | Reason:
    try:
        return source.read(file, limits.max_bytes)
    except ImageError as error:
        return Reason(error.reason, str(error))
    except OSError as error:
        why = error.strerror or type(error).__name__
        detail = f"{shown(file.path)} could not be opened ({why}). Check that it is still there and may be read."
        return Reason(ImageReason.UNREADABLE, detail)


def _scanned(file: Listed, content: Content | Reason, looks: Looks) -> Scanned:
    unread = Scanned(file.path, file.size, file.modified, Fingerprints(""))
    if isinstance(content, Reason):
        return replace(unread, refusal=content)
    hashed = replace(unread, size=file.size or content.size, fingerprints=Fingerprints(content.sha256))
    if content.data is None:
        has, may = (f"{count / 2**20:,.1f} MB" for count in (content.size, looks.limits.max_bytes))
        detail = f"{shown(file.path)} has {has}; a photo may have {may}. Export it smaller, or raise the limit."
        return replace(hashed, refusal=Reason(ImageReason.TOO_MANY_BYTES, detail))
    try:
        picture = decode(content.data, limits=looks.limits, shrink_to=SIDE, quick=True)
    except ImageError as error:
        return replace(hashed, refusal=Reason(error.reason, f"{shown(file.path)}: {error}"))
    return _looked_at(hashed, picture, looks)


def _looked_at(hashed: Scanned, picture: Picture, looks: Looks) -> Scanned:
    try:
        fingerprints = looks.fingerprints(picture, hashed.fingerprints.sha256)
        measures = looks.measure(picture)
        _refuse_nonsense(measures)
    except ParureError:  # a package or a model is missing: the same for every file
        raise
    except Exception as error:  # one odd picture must not end a night's work
        detail = f"{shown(hashed.path)} could not be measured ({type(error).__name__}: {error}). Please report it."
        return replace(hashed, format=picture.header.format, refusal=Reason("failed", detail))
    whole = replace(measures, width=picture.header.width, height=picture.header.height)
    return replace(hashed, fingerprints=fingerprints, measures=whole, format=picture.header.format)


def _refuse_nonsense(measures: Measures) -> None:
    for name, score in measures.scores.items():
        if not isfinite(score):
            raise ValueError(f"{name} is {score}")
