"""Pictures of pieces: derived thumbnails, and originals as they came."""

from __future__ import annotations

from typing import TypeVar

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from parure import settings
from parure.errors import ImageError, NotFound
from parure.images import Header
from parure.web.catalogue.masks import overlay
from parure.web.catalogue.models import Photo as PhotoRow
from parure.web.catalogue.photos import extension_of, find_photo, storage, thumbnail
from parure.web.catalogue.runtime import runtime
from parure.web.catalogue.sights import part_mask, pieces_of
from parure.web.catalogue.storage import THUMBNAIL_SIDES
from parure.web.storefront.page import page

__all__ = ["original", "parts", "photo"]

R = TypeVar("R", bound=HttpResponseBase)
_YEAR_S = 365 * 24 * 3600


@page
@require_safe
def photo(request: HttpRequest, number: int, side: int) -> HttpResponseBase:
    """WebP with the longest side `side`."""
    if side not in THUMBNAIL_SIDES:
        raise Http404(f"Pictures come in {' and '.join(str(known) for known in THUMBNAIL_SIDES)} pixels.")
    row = _found(number)
    etag = f'"{row.sha256}-{side}"'
    unchanged = get_conditional_response(request, etag=etag)
    if unchanged is not None:
        return _kept(unchanged, etag)
    try:
        return _kept(HttpResponse(thumbnail(row, side), content_type="image/webp"), etag)
    except ImageError as error:
        raise Http404(str(error)) from error


@page
@require_safe
def parts(request: HttpRequest, number: int, place: int) -> HttpResponseBase:
    """The parts of a piece seen on the photo, in colours, to lay over its crop. Asked for anew: analyses change."""
    row = _found(number)
    encoder = runtime().serving().encoder
    seen = {piece.place: piece for piece in pieces_of([row.pk], encoder)[row.pk]}
    if place not in seen:
        raise Http404(f"No piece {place} was seen on photo {number}.")
    etag = f'"{row.sha256}-{encoder}-{place}"'
    response = get_conditional_response(request, etag=etag)
    if response is None:
        response = HttpResponse(overlay(part_mask(seen[place].parts)), content_type="image/png")
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = "private, no-cache"
    return response


@page
@require_safe
def original(request: HttpRequest, number: int) -> HttpResponseBase:
    """The bytes as they were imported."""
    row = _found(number)
    etag = f'"{row.sha256}"'
    unchanged = get_conditional_response(request, etag=etag)
    if unchanged is not None:
        return _kept(unchanged, etag)
    try:
        file = storage().path_of(row.sha256, extension_of(row)).open("rb")
    except OSError as error:
        raise Http404(f"The original of photo {number} is missing.") from error
    media_type = Header(row.format, row.width, row.height).media_type
    response = FileResponse(file, filename=row.file_name, content_type=media_type)
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return _kept(response, etag)


def _found(number: int) -> PhotoRow:
    try:
        return find_photo(number)
    except NotFound as error:
        raise Http404(str(error)) from error


def _kept(response: R, etag: str) -> R:
    """A photo's bytes never change, so browsers need not ask again; a closed shop's stay out of shared caches."""
    audience = "public" if settings.get().public_read else "private"
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = f"{audience}, max-age={_YEAR_S}, immutable"
    return response
