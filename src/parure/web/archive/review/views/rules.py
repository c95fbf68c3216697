"""One rule for many questions: choose, see how many it would answer, then apply it."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from parure.curate.values import Decision
from parure.errors import Conflict, QueryError
from parure.web.archive.models import Archive
from parure.web.archive.review.services.boards import Boards
from parure.web.archive.review.services.bulk import RULES, Order, Preview, apply, argument_choices, preview
from parure.web.archive.review.services.findings import GroupQuestion, Question, Shot
from parure.web.archive.review.staff import archive_of, boards_of, staff_page, who
from parure.web.archive.review.views.cards import read_out
from parure.web.archive.review.views.shared import around, kind_of

__all__ = ["rules"]

_SAMPLE = 12
_FOLDERS = 200


@dataclass(frozen=True)
class Example:
    """What a rule would say of one question: the photos that stay, those that go, or a word."""

    id_: str
    stays: tuple[Shot, ...]
    goes: tuple[Shot, ...]
    words: str


@staff_page
@require_http_methods(["GET", "HEAD", "POST"])
def rules(request: HttpRequest, number: int, slug: str) -> HttpResponse:
    archive, kind = archive_of(number), kind_of(slug)
    boards = boards_of(archive)
    if request.method != "POST":
        order = _order(kind.name, request.GET)
        return _page(request, archive, boards, order, refusal=None, status=200)
    order = _order(kind.name, request.POST)
    try:
        apply(order, request.POST.get("token", ""), boards, who(request))
    except (Conflict, QueryError) as error:
        return _page(request, archive, boards_of(archive), order, refusal=error, status=409)
    return redirect("review-first", number, slug)


def _order(kind: str, sent: object) -> Order:
    told = {name: str(sent.get(name, "")) for name in ("rule", "folder", "reason", "plain")}  # type: ignore[attr-defined]
    rule = told["rule"] if told["rule"] in RULES[kind] else ""
    argument = told.get(RULES[kind][rule].argument, "") if rule else ""
    return Order(kind, rule, argument, bool(told["plain"]))


def _page(
    request: HttpRequest, archive: Archive, boards: Boards, order: Order, *, refusal: Exception | None, status: int
) -> HttpResponse:
    found = preview(order, boards, who(request)) if order.rule and order.whole else None
    needs = {rule.argument for rule in RULES[order.kind].values()}
    context = {
        **around(request, archive, boards, order.kind),
        "order": order,
        "rules": RULES[order.kind].items(),
        "folders": argument_choices(order.kind, "folder", boards)[:_FOLDERS] if "folder" in needs else [],
        "reasons": argument_choices(order.kind, "reason", boards) if "reason" in needs else [],
        "plain_offered": order.kind == "same_picture",
        "preview": found,
        "examples": _examples(found) if found else [],
        "refusal": refusal,
    }
    return render(request, "review/rules.html", context, status=status)


def _examples(found: Preview) -> list[Example]:
    """Some from everywhere, not the first ones: a list begins with one folder."""
    every = found.answers
    few = [every[at * len(every) // _SAMPLE] for at in range(_SAMPLE)] if len(every) > _SAMPLE else every
    return [_example(question, decision) for question, decision in few]


def _example(question: Question, decision: Decision) -> Example:
    if not isinstance(question, GroupQuestion):
        value = read_out(decision.kind, decision.value)
        words = {"assign": f"is {value}", "none": "is of no style", "keep": "stays", "reject": "is rejected"}
        return Example(question.id, (question.shots[0],), (), words[decision.choice])
    shots = [copy.shot for copy in question.copies if copy.shot.sha256 in decision.subjects]
    stays = [shot for shot in shots if decision.value in (shot.sha256, shot.spoken)][:1]
    return Example(question.id, tuple(stays), tuple(shot for shot in shots if shot not in stays), "")
