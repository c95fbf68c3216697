"""What was decided last, by whom; and taking it back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from parure.errors import NotFound
from parure.web.archive import decisions
from parure.web.archive.review.services.boards import Boards
from parure.web.archive.review.services.deciding import in_words
from parure.web.archive.review.services.findings import Question
from parure.web.archive.review.staff import archive_of, boards_of, staff_page, who
from parure.web.archive.review.views.shared import KINDS, around

__all__ = ["decided", "take_back"]

_SHOWN = 100


@dataclass(frozen=True)
class Line:
    """`mine`: may be taken back by the person who looks."""

    number: int
    words: str
    by: str
    at: datetime
    mine: bool
    slug: str
    id_: str


@staff_page
@require_safe
def decided(request: HttpRequest, number: int) -> HttpResponse:
    archive = archive_of(number)
    boards = boards_of(archive)
    mine = {act.number for act in decisions.acts(user=who(request).number, most=_SHOWN)}
    lines = [_line(act, boards, act.number in mine) for act in decisions.acts(most=_SHOWN)]
    return render(request, "review/decided.html", {**around(request, archive, boards), "lines": lines})


@staff_page
@require_POST
def take_back(request: HttpRequest, number: int) -> HttpResponse:
    """Back to the question that is open again; after many at once, to the first of their kind."""
    archive = archive_of(number)
    try:
        act = int(request.POST.get("act", ""))
    except ValueError as error:
        raise NotFound("Nothing was named that could be taken back.") from error
    taken = decisions.take_back(act, user=who(request).number)
    slug, question = _question_of(taken[0].kind, taken[0].subjects, boards_of(archive))
    if len(taken) == 1 and question is not None:
        return redirect("review-question", number, slug, question.id)
    return redirect("review-first", number, slug) if slug else redirect("review-archive", number)


def _line(act: decisions.Act, boards: Boards, mine: bool) -> Line:
    slug, question = _question_of(act.last.kind, act.last.subjects, boards)
    at = datetime.fromtimestamp(act.last.at, UTC)
    linked = question.id if question is not None and act.count == 1 else ""
    return Line(act.number, in_words(act.last, act.count, boards.findings), act.last.by, at, mine, slug, linked)


def _question_of(kind: str, subjects: tuple[str, ...], boards: Boards) -> tuple[str, Question | None]:
    slug = next((each.slug for each in KINDS.values() if each.name == kind), "")
    return slug, boards.by_kind[kind].of_contents(subjects) if slug else None
