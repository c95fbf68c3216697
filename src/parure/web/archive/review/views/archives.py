"""The way in: every archive that was scanned, how far its review is, and the button that makes its list."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from parure.web.archive.archives import known_archives, photo_count
from parure.web.archive.models import Archive
from parure.web.archive.review.services.boards import boards
from parure.web.archive.review.services.preparing import start, work_on
from parure.web.archive.review.staff import archive_of, staff_page
from parure.web.archive.review.views.shared import around, place_of

__all__ = ["archive", "archives", "make"]


@dataclass(frozen=True)
class Line:
    """One archive in the list; without figures where its list was not made yet."""

    archive: Archive
    photos: int
    decided: int | None = None
    total: int = 0


@staff_page
@require_safe
def archives(request: HttpRequest) -> HttpResponse:
    known = known_archives()
    scanned = [each for each in known if each.scanned_at is not None]
    if len(known) == len(scanned) == 1:
        return redirect("review-archive", scanned[0].pk)
    context = {"lines": [_line(each) for each in scanned], "unfinished": [a for a in known if a.scanned_at is None]}
    return render(request, "review/archives.html", context)


@staff_page
@require_safe
def archive(request: HttpRequest, number: int) -> HttpResponse:
    found = archive_of(number)
    held, work = boards(found), work_on(found)
    context: dict[str, object] = {"archive": found, "work": work, "place": place_of(found)}
    if held is not None:
        made_at = datetime.fromtimestamp(held.findings.made_at, UTC)
        outdated = found.scanned_at is not None and found.scanned_at.isoformat() != held.findings.scanned_at
        context |= around(request, found, held)
        context |= {"findings": held.findings, "made_at": made_at, "outdated": outdated}
    else:
        context["photos"] = photo_count(found)
    return render(request, "review/archive.html", context)


@staff_page
@require_POST
def make(request: HttpRequest, number: int) -> HttpResponse:
    start(archive_of(number))
    return redirect("review-archive", number)


def _line(archive: Archive) -> Line:
    found = boards(archive)
    if found is None:
        return Line(archive, photo_count(archive))
    every = found.by_kind.values()
    return Line(
        archive, found.findings.photos, sum(board.decided for board in every), sum(board.total for board in every)
    )
