"""Pictures of archive files: thumbnails, and pictures that explain a fault; of scanned contents, for staff."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TypeVar

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from parure.errors import ImageError
from parure.web.archive.review.services.reading import SIDES, explained, thumbnail
from parure.web.archive.review.staff import archive_of, staff_page

__all__ = ["photo", "why"]

R = TypeVar("R", bound=HttpResponseBase)
_SHA256 = re.compile(r"[0-9a-f]{64}")
_KEPT_S = 7 * 24 * 3600


@staff_page
@require_safe
def photo(request: HttpRequest, number: int, sha256: str, side: int) -> HttpResponseBase:
    """WebP with the longest side `side`."""
    if side not in SIDES:
        raise Http404(f"Pictures come in {' and '.join(map(str, SIDES))} pixels.")
    return _answered(request, sha256, f"{sha256}-{side}", lambda: thumbnail(archive_of(number), sha256, side))


@staff_page
@require_safe
def why(request: HttpRequest, number: int, sha256: str, measure: str) -> HttpResponseBase:
    return _answered(request, sha256, f"{sha256}-{measure}", lambda: explained(archive_of(number), sha256, measure))


def _answered(request: HttpRequest, sha256: str, name: str, made: Callable[[], bytes]) -> HttpResponseBase:
    if not _SHA256.fullmatch(sha256):
        raise Http404("That is no photo.")
    etag = f'"{name}"'
    unchanged = get_conditional_response(request, etag=etag)
    if unchanged is not None:
        return _kept(unchanged, etag)
    try:
        return _kept(HttpResponse(made(), content_type="image/webp"), etag)
    except (ImageError, OSError) as error:
        raise Http404(f"This photo cannot be shown: {error}") from error


def _kept(response: R, etag: str) -> R:
    """A content never changes, but the browser's copy of it should not outlive the archive by years."""
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = f"private, max-age={_KEPT_S}"
    return response
