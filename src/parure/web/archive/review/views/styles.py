"""Suggestions for the box in which a style is typed: options of its list."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from parure.web.archive.review.services.styles import suggestions
from parure.web.archive.review.staff import archive_of, boards_of, staff_page

__all__ = ["styles"]


@staff_page
@require_safe
def styles(request: HttpRequest, number: int) -> HttpResponse:
    known = boards_of(archive_of(number)).findings.styles
    codes = suggestions(known, request.GET.get("style", "")[:100])
    return render(request, "review/styles.html", {"codes": codes})
