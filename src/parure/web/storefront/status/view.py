"""How far the analysis has come: a page, and one quiet line for all other pages while there is work left."""

from __future__ import annotations

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from parure.errors import ParureError
from parure.web.catalogue.coverage import Coverage, coverage, failures
from parure.web.storefront.page import page

__all__ = ["coverage_line", "status"]

_LINE_KEY = "storefront:coverage"
_BUSY_S, _IDLE_S = 1, 15  # how long one reading serves all open pages


@page
@require_safe
def status(request: HttpRequest) -> HttpResponse:
    try:
        reading, failed, error = coverage(), failures(), ""
    except ParureError as refusal:
        reading, failed, error = None, [], str(refusal)
    context = {"coverage": reading, "failures": failed, "error": error, "percent": _percent(reading)}
    return render(request, "status/page.html", context, status=503 if error else 200)


@page
@require_safe
def coverage_line(request: HttpRequest) -> HttpResponse:
    """A fragment; empty when all is done."""
    reading = cache.get(_LINE_KEY)
    if reading is None:
        try:
            reading = coverage()
        except ParureError:
            return HttpResponse()  # the status page says what is wrong
        cache.set(_LINE_KEY, reading, _IDLE_S if reading.complete else _BUSY_S)
    return render(request, "status/line.html", {"coverage": reading, "percent": _percent(reading)})


def _percent(reading: Coverage | None) -> int:
    """Whole photos only: 100 is said when nothing is left."""
    if reading is None or not reading.photos:
        return 0
    return int(100 * (reading.analysed + reading.parked) / reading.photos)
