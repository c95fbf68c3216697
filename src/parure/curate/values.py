"""The values that pass between the steps of archive clean-up. Each step adds one, none changes one."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from parure.errors import IntakeError

__all__ = ["Decision", "Fingerprints", "Judgement", "Measures", "PlanEntry", "Reason", "Scanned", "Verdict"]


_JSON = json.JSONEncoder(ensure_ascii=False)


class Verdict(StrEnum):
    """What shall become of a file. Stable: written into plans, shown, filtered by."""

    KEEP = "keep"
    DUPLICATE = "duplicate"
    REJECT = "reject"
    REVIEW = "review"


@dataclass(frozen=True)
class Reason:
    """`code` is stable and counted in reports; `detail` is one sentence for a person."""

    code: str
    detail: str


@dataclass(frozen=True)
class Fingerprints:
    """What finds the same file and the same picture again. `perceptual` is 64 bits as hex, of the upright picture.

    `sha256` is empty when the content was never read, as of a file that is no photo by its name or may not be opened.
    Made by `duplicates_prints.fingerprints_of`. `turned` are hashes of the same kind: of the picture mirrored
    and turned, and of its piece alone.
    """

    sha256: str
    perceptual: str | None = None  # None: the file did not become a picture
    turned: tuple[str, ...] = ()
    embedding: NDArray[np.float16] | None = field(default=None, compare=False)  # (d,) of length 1


@dataclass(frozen=True)
class Measures:
    """What was measured on the upright sRGB picture. `scores` are in 0..1, by measure name, such as "sharpness".

    `images.quality.MEASURES` says of each what a high one means. `piece` is where the piece seems to be: x, y, width
    and height as shares of the picture.
    """

    width: int  # px
    height: int  # px
    scores: Mapping[str, float]
    background: str = ""  # white, plain, scene or worn
    piece: tuple[float, float, float, float] | None = None


@dataclass(frozen=True)
class Scanned:
    """One file of the archive. `path` is posix and below the source; it is a file's identity within one scan.

    A path whose bytes are no text holds them as surrogates, as `os.fsdecode` does, so that the file can be opened.
    """

    path: str
    size: int  # bytes
    modified: float  # seconds since 1970, as the file system tells
    fingerprints: Fingerprints
    measures: Measures | None = None  # None: unreadable; `refusal` says why
    refusal: Reason | None = None
    format: str | None = None  # a key of `images.FORMATS`, by content; None: unreadable


@dataclass(frozen=True)
class Decision:
    """What a person said, once and for good. `subjects` are hashes of the files it is about, in any order.

    Content is named, not a path: the same question about a renamed or copied file is answered already.
    """

    kind: str  # the question: "same_picture", "style", ...
    subjects: tuple[str, ...]
    choice: str  # the answer, a word of the asking page: "keep_both", "not_duplicates", "assign", ...
    value: str = ""  # what the answer names: the file kept, the style assigned
    by: str = ""
    at: float = 0.0  # seconds since 1970


@dataclass(frozen=True)
class Judgement:
    """The verdict on one file. Never without a reason; a duplicate names the file it repeats."""

    path: str
    verdict: Verdict
    reasons: tuple[Reason, ...]
    duplicate_of: str | None = None

    def __post_init__(self) -> None:
        if not self.reasons:
            raise ValueError(f"{self.path}: a verdict needs a reason")
        if (self.duplicate_of is not None) != (self.verdict is Verdict.DUPLICATE):
            raise ValueError(f"{self.path}: a duplicate, and only a duplicate, names another file")


@dataclass(frozen=True)
class PlanEntry:
    """One line of a plan: the file, what shall become of it, and where it goes. A person may edit every field.

    `sha256` is what the file held when it was judged: apply refuses a file that has changed since. It is empty for a
    file that was never read, which can only stay.
    """

    source: str
    sha256: str
    verdict: Verdict
    target: str | None  # posix, below the target folder; None: rejects, duplicates go to quarantine, all else stays
    style_code: str | None = None
    duplicate_of: str | None = None
    reasons: tuple[Reason, ...] = ()
    category: str | None = None  # this and the next two are what the target was made of, to filter by
    metal: str | None = None
    view: str | None = None

    def to_line(self) -> str:
        """One JSON object without a line break."""
        reasons = [{"code": reason.code, "detail": reason.detail} for reason in self.reasons]
        return _JSON.encode(vars(self) | {"reasons": reasons})

    @classmethod
    def from_line(cls, line: str, *, where: str) -> PlanEntry:
        """`where` names file and line for the message. Raises `IntakeError`."""
        try:
            stated = json.loads(line)
            unknown = set(stated) - {known.name for known in fields(cls)}
            if unknown:
                raise IntakeError(f"{where}: unknown field {', '.join(sorted(unknown))}. Take it out.")
            reasons = tuple(Reason(str(each["code"]), str(each["detail"])) for each in stated.pop("reasons", ()))
            verdict = Verdict(stated.pop("verdict"))
            entry = cls(verdict=verdict, reasons=reasons, **stated)
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            raise IntakeError(f"{where} is not a line of a plan ({error}). Mend it or plan again.") from error
        _check_texts(entry, where)
        return entry


def _check_texts(entry: PlanEntry, where: str) -> None:
    for name in ("source", "sha256", "target", "style_code", "duplicate_of", "category", "metal", "view"):
        value = getattr(entry, name)
        if not isinstance(value, str) and (value is not None or name in {"source", "sha256"}):
            raise IntakeError(f"{where}: {name} has to be a text, not {value!r}.")
