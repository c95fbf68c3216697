"""What stands on every page of one archive: the tabs with their progress, and what this person decided last."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import Http404, HttpRequest
from django.urls import reverse

from parure.web.archive.decisions import acts
from parure.web.archive.models import Archive
from parure.web.archive.review.services.boards import Board, Boards
from parure.web.archive.review.services.deciding import in_words
from parure.web.archive.review.services.findings import QUESTIONS
from parure.web.archive.review.staff import who

__all__ = ["KINDS", "Kind", "Last", "Tab", "around", "kind_of", "place_of", "tab_of"]


@dataclass(frozen=True)
class Kind:
    """`slug` stands in addresses."""

    name: str
    slug: str
    label: str
    about: str


_ALL = (
    Kind("same_picture", "pictures", "Same picture", "Resized, re-encoded, mirrored, cropped, with a mark or a border"),
    Kind("same_bytes", "copies", "Same file", "Byte for byte the same, in two places or under two names"),
    Kind("style", "names", "Names", "Names that do not say which style it is, say two, or contradict each other"),
    Kind("metal", "metals", "Metals", "Copies of one picture whose names say different metals"),
    Kind("quality", "quality", "Quality", "Photos that the rules want a person to look at"),
)
KINDS: Mapping[str, Kind] = {kind.slug: kind for kind in _ALL}
_BY_NAME = {kind.name: kind for kind in _ALL}


@dataclass(frozen=True)
class Tab:
    kind: Kind
    board: Board
    url: str

    @property
    def percent(self) -> int:
        """Whole ones only: 100 is said when nothing is left."""
        return int(100 * self.board.decided / self.board.total) if self.board.total else 100

    @property
    def words(self) -> str:
        """ "12 of 340 decided"."""
        return f"{self.board.decided:,} of {self.board.total:,} decided" if self.board.total else "nothing to decide"


@dataclass(frozen=True)
class Last:
    """What this person decided last, to be taken back."""

    number: int
    words: str


def kind_of(slug: str) -> Kind:
    if slug not in KINDS:
        raise Http404("There is no such kind of question.")
    return KINDS[slug]


def place_of(archive: Archive) -> str:
    """The last part of where it lies, as a short name."""
    return archive.location.rstrip("/").rpartition("/")[2] or archive.location


def tab_of(archive: Archive, boards: Boards, name: str) -> Tab:
    kind = _BY_NAME[name]
    return Tab(kind, boards.by_kind[name], reverse("review-first", args=(archive.pk, kind.slug)))


def around(request: HttpRequest, archive: Archive, boards: Boards, current: str = "") -> dict[str, object]:
    """For the templates; `current` is the kind of question on this page."""
    tabs = [tab_of(archive, boards, name) for name in QUESTIONS]
    last = next(iter(acts(user=who(request).number, most=1)), None)
    words = None if last is None else Last(last.number, in_words(last.last, last.count, boards.findings))
    return {
        "archive": archive,
        "place": place_of(archive),
        "tabs": tabs,
        "current": next((tab for tab in tabs if tab.kind.name == current), None),
        "last": words,
    }
