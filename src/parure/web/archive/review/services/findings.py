"""What a scan leaves for people to decide, as values: groups of duplicates, doubtful names, photos of doubtful quality.

Findings are derived: they hold everything that the pages show, so that a page needs neither a photo nor a comparison,
and can be thrown away. A question is known by the contents it is about, so its address outlives a new scan.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cached_property

from parure.curate.plan import shown
from parure.web.archive.rows import key_of

__all__ = [
    "QUESTIONS",
    "Candidate",
    "Copy",
    "Fault",
    "Findings",
    "GroupQuestion",
    "NameQuestion",
    "QualityQuestion",
    "Question",
    "Shot",
]


_LONGEST = 500  # characters that the value of a decision may have


@dataclass(frozen=True, slots=True)
class Shot:
    """One file. `path` may hold bytes that are no text, as surrogates."""

    path: str
    sha256: str
    width: int  # px
    height: int  # px
    size: int  # bytes
    modified: float  # seconds since 1970
    format: str = ""

    @property
    def folder(self) -> str:
        return shown(self.path.rpartition("/")[0])

    @property
    def name(self) -> str:
        return shown(self.path.rpartition("/")[2])

    @property
    def place(self) -> str:
        """Its whole path, as it can be printed."""
        return shown(self.path)

    @property
    def spoken(self) -> str:
        """What an answer calls this file: its path, or 32 hex digits for it where that is long or no text."""
        fits = len(self.path) <= _LONGEST and shown(self.path) == self.path and "\0" not in self.path
        return self.path if fits else key_of(self.path)

    @property
    def pixels(self) -> int:
        return self.width * self.height

    @property
    def merit(self) -> tuple[int, int, float, str]:
        """The least is the best: most pixels, most bytes, oldest, first by name."""
        return -self.pixels, -self.size, self.modified, self.path


@dataclass(frozen=True, slots=True)
class Copy:
    """A member of a group, and how it differs from the first: `change` in words, `overlap` 0 to 1; none for bytes.

    `via` is the path of the member it was compared with instead, if it was too far from the first.
    """

    shot: Shot
    change: str = ""
    overlap: float | None = None
    via: str = ""

    @property
    def plain(self) -> bool:
        """Whether nothing but size and encoding differs."""
        return self.overlap is None or (self.change in {"", "as it is"} and self.overlap >= 0.97)


@dataclass(frozen=True)
class GroupQuestion:
    """Which of these are to stay? `kind` is "same_picture" (contents differ) or "same_bytes" (one content)."""

    kind: str
    copies: tuple[Copy, ...]

    @cached_property
    def contents(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(copy.shot.sha256 for copy in self.copies))

    @cached_property
    def id(self) -> str:
        return _id(self.kind, self.contents)


@dataclass(frozen=True)
class Candidate:
    """A style that a photo may show; `why` says what speaks for it, `sha256` is a photo whose name says it clearly."""

    code: str
    why: str
    sha256: str = ""


@dataclass(frozen=True)
class NameQuestion:
    """Which style is it, or which metal? `shots` are all files of one content whose names do not tell; or, where copies
    contradict each other, all copies of one picture, with what each name `says`."""

    shots: tuple[Shot, ...]
    ambiguous: bool
    code: str  # of the reason
    reason: str
    candidates: tuple[Candidate, ...] = ()
    kind: str = "style"
    says: tuple[str, ...] = ()

    @property
    def together(self) -> bool:
        """Copies that contradict each other, and are answered as one."""
        return bool(self.says)

    @cached_property
    def contents(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(shot.sha256 for shot in self.shots)) if self.says else (self.shots[0].sha256,)

    @cached_property
    def id(self) -> str:
        return _id(self.kind, self.contents)


@dataclass(frozen=True)
class Fault:
    """`measure` is a name that `images.quality.explain` can show, or empty."""

    code: str
    detail: str
    measure: str = ""

    @property
    def label(self) -> str:
        return self.code.removeprefix("quality_").replace("_", " ").capitalize()


@dataclass(frozen=True)
class QualityQuestion:
    """Is it good enough? `shots` are all files of one content."""

    shots: tuple[Shot, ...]
    background: str
    faults: tuple[Fault, ...]
    kind: str = "quality"

    @property
    def contents(self) -> tuple[str, ...]:
        return (self.shots[0].sha256,)

    @cached_property
    def id(self) -> str:
        return _id(self.kind, self.contents)


Question = GroupQuestion | NameQuestion | QualityQuestion
QUESTIONS = ("same_picture", "same_bytes", "style", "metal", "quality")


@dataclass(frozen=True)
class Findings:
    """`scanned_at` is the moment of the scan they are made of, in ISO format; `styles` are all known codes."""

    scanned_at: str
    made_at: float  # seconds since 1970
    photos: int
    groups: tuple[GroupQuestion, ...] = ()
    names: tuple[NameQuestion, ...] = ()
    quality: tuple[QualityQuestion, ...] = ()
    styles: tuple[str, ...] = ()
    variants: int = 0  # pairs of one geometry in other colours, which are no duplicates
    unseen: tuple[str, ...] = ()  # sentences about files that can no longer be read

    def of(self, kind: str) -> tuple[Question, ...]:
        if kind in {"style", "metal"}:
            return tuple(question for question in self.names if question.kind == kind)
        return self.quality if kind == "quality" else tuple(group for group in self.groups if group.kind == kind)

    @cached_property
    def by_content(self) -> dict[str, Shot]:
        """A file for each content that any question is about."""
        shots = [copy.shot for group in self.groups for copy in group.copies]
        shots += [shot for question in self.names for shot in question.shots]
        shots += [shot for question in self.quality for shot in question.shots]
        return {shot.sha256: shot for shot in reversed(shots)}


def _id(kind: str, contents: tuple[str, ...]) -> str:
    return hashlib.blake2b("\0".join((kind, *sorted(contents))).encode(), digest_size=8).hexdigest()
