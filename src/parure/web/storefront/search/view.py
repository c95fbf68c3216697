"""Searching: words are read by the results page itself; a picture is taken in here, then it has an address too."""

from __future__ import annotations

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from parure import images, taxonomy
from parure.errors import ImageError, ImageReason, ParureError, StorageFull
from parure.web.catalogue.finder import query_side
from parure.web.catalogue.photos import limits
from parure.web.storefront import pictures
from parure.web.storefront.asked import Asked
from parure.web.storefront.browse.view import results_page
from parure.web.storefront.page import page

__all__ = ["query_picture", "search"]

_TOO_LARGE = (ImageReason.TOO_MANY_BYTES, ImageReason.TOO_MANY_PIXELS)
_NO_PICTURE = (ImageReason.NOT_AN_IMAGE, ImageReason.VECTOR_GRAPHIC, ImageReason.UNSUPPORTED_FORMAT)


@page
@require_http_methods(["GET", "HEAD", "POST"])
def search(request: HttpRequest) -> HttpResponse:
    attributes = taxonomy.load().attributes
    if request.method != "POST":
        return results_page(request, Asked.read(request.GET, attributes))
    asked = Asked.read(request.POST, attributes).with_image("")
    upload = request.FILES.get("image")
    if upload is None:
        return results_page(request, asked, error="Choose a picture first, then search with it.", status=400)
    return _with_picture(request, asked, upload)


@page
@require_safe
def query_picture(request: HttpRequest, key: str) -> HttpResponse:
    """The picture somebody searches with, for the chip on their results page."""
    data = pictures.read(key)
    if data is None:
        return HttpResponse("This picture is no longer kept.", status=404, content_type="text/plain")
    return HttpResponse(data, content_type="image/webp", headers={"Cache-Control": "private, max-age=86400, immutable"})


def _with_picture(request: HttpRequest, asked: Asked, upload: UploadedFile[bytes]) -> HttpResponse:
    try:
        picture = images.decode(upload.read(), limits=limits(), shrink_to=query_side())
        return redirect(asked.with_image(pictures.keep(picture.pixels)).url)
    except ImageError as error:
        return results_page(request, asked, error=str(error), status=_status(error.reason))
    except StorageFull as error:
        return results_page(request, asked, error=str(error), status=507)
    except ParureError as error:  # the models or the index do not work now
        return results_page(request, asked, error=str(error), status=503)


def _status(reason: ImageReason) -> int:
    if reason in _TOO_LARGE:
        return 413
    return 415 if reason in _NO_PICTURE else 400
