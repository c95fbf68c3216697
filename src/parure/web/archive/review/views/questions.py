"""One question at a time: a group of duplicates, a name, a photo. An answer leads to the next question by itself."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from parure.errors import Conflict, QueryError
from parure.web.archive.models import Archive
from parure.web.archive.review.services.boards import Board, holding
from parure.web.archive.review.services.deciding import (
    Given,
    UnknownStyle,
    answer,
    found,
    in_words,
    seen_of,
    subjects_of,
)
from parure.web.archive.review.services.findings import GroupQuestion, NameQuestion, Question
from parure.web.archive.review.services.reading import metadata_of
from parure.web.archive.review.staff import archive_of, boards_of, staff_page, who
from parure.web.archive.review.views.cards import cards, said_copies, shot_facts, style_cards
from parure.web.archive.review.views.shared import around, kind_of

__all__ = ["first", "question"]

_FETCHED_AHEAD = 4  # pictures of the next question
_READ = 9  # files of a group whose metadata is shown


@staff_page
@require_safe
def first(request: HttpRequest, number: int, slug: str) -> HttpResponse:
    """The first open question of a kind; a word of thanks where there is none."""
    archive, kind = archive_of(number), kind_of(slug)
    boards = boards_of(archive)
    following = boards.by_kind[kind.name].next()
    if following is not None:
        return redirect("review-question", number, slug, following.id)
    context = around(request, archive, boards, kind.name)
    context["elsewhere"] = next((tab for tab in context["tabs"] if tab.board.open), None)  # type: ignore[attr-defined]
    context["styles_known"] = bool(boards.findings.styles)
    return render(request, "review/done.html", context)


@staff_page
@require_http_methods(["GET", "HEAD", "POST"])
def question(request: HttpRequest, number: int, slug: str, id_: str) -> HttpResponse:
    archive, kind = archive_of(number), kind_of(slug)
    asked = found(boards_of(archive), kind.name, id_)
    if request.method != "POST":
        return _page(request, archive, asked)
    try:
        answer(asked, _given(request), boards_of(archive), who(request))
    except UnknownStyle as error:
        return _page(request, archive, asked, refusal=error, status=422)
    except QueryError as error:
        return _page(request, archive, asked, refusal=error, status=400)
    except Conflict as error:
        return _page(request, archive, asked, refusal=error, status=409)
    following = boards_of(archive).by_kind[kind.name].next(id_)
    still = boards_of(archive).by_kind[kind.name]
    if asked.id in still.open:  # one of a group was taken out, the rest of it is asked on
        return redirect("review-question", number, slug, id_)
    return (
        redirect("review-question", number, slug, following.id) if following else redirect("review-first", number, slug)
    )


def _given(request: HttpRequest) -> Given:
    """`answer` is what the pressed button says: the choice, and after a colon its value."""
    choice, _, value = request.POST.get("answer", "").partition(":")
    try:
        seen = float(request.POST.get("seen") or 0)
    except ValueError as error:
        raise QueryError("This form was not sent by its page. Reload it.") from error
    subjects = tuple((request.POST.get("subjects") or "").split())
    return Given(choice, value or request.POST.get("style", ""), subjects, seen, bool(request.POST.get("new_style")))


def _page(
    request: HttpRequest, archive: Archive, asked: Question, *, refusal: Exception | None = None, status: int = 200
) -> HttpResponse:
    boards = boards_of(archive)
    board = boards.by_kind[asked.kind]
    subjects = subjects_of(asked, boards)
    context = {
        **around(request, archive, boards, asked.kind),
        **_steps(board, asked),
        **_shown(archive, asked, subjects),
        "group": boards.by_kind["same_picture"].of_contents(asked.contents) if len(subjects) > 1 else None,
        "question": asked,
        "subjects": " ".join(subjects),
        "seen": repr(seen_of(asked, subjects)),
        "refusal": refusal,
        "typed": request.POST.get("style", ""),
    }
    held = holding(asked, boards.answers)
    if held is not None:
        context["held"], context["held_words"] = held, in_words(held, 1, boards.findings)
        context["settled"] = asked.id not in board.open
    return render(request, f"review/{_TEMPLATES[asked.kind]}.html", context, status=status)


_TEMPLATES = {
    "same_picture": "group",
    "same_bytes": "group",
    "style": "name",
    "metal": "name",
    "quality": "quality",
}


def _steps(board: Board, asked: Question) -> dict[str, object]:
    following, before = board.next(asked.id), board.next(asked.id, step=-1)
    return {
        "following": following,
        "before": before if before != following else None,
        "ahead": following.contents[:_FETCHED_AHEAD] if following else (),
        "position": board.place(asked.id) + 1,
    }


def _shown(archive: Archive, asked: Question, subjects: tuple[str, ...]) -> dict[str, object]:
    if isinstance(asked, GroupQuestion):
        copies = [copy for copy in asked.copies if copy.shot.sha256 in subjects]
        metadata = metadata_of(archive, subjects[:_READ])
        return {"cards": cards(copies, asked.kind, metadata)}
    shown: dict[str, object] = {"shot": asked.shots[0], "facts": shot_facts(asked.shots[0]), "others": asked.shots[1:]}
    if isinstance(asked, NameQuestion):
        shown["styles"] = style_cards(asked.candidates, asked.kind)
        shown["copies"] = said_copies(asked)
    return shown
