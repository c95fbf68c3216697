"""One piece: its pictures, what is known of it and from where, and pieces like it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import Truncator
from django.views.decorators.http import require_safe

from parure.errors import NotFound, ParureError
from parure.search import Query
from parure.web.catalogue.finder import like
from parure.web.catalogue.models import Product
from parure.web.catalogue.products import find_product
from parure.web.catalogue.reader import get_view, suggestions
from parure.web.catalogue.values import AttributeView, PhotoView, ProductView
from parure.web.storefront.addresses import product_url
from parure.web.storefront.asked import Asked
from parure.web.storefront.page import page
from parure.web.storefront.product.linked_data import linked_data
from parure.web.storefront.product.overlay import overlays

__all__ = ["Fact", "product", "similar"]

_SIMILAR = 8
_SHOWABLE = ("jpeg", "png", "webp", "avif", "gif", "bmp")  # formats of originals that browsers show


@dataclass(frozen=True)
class Fact:
    """One row of the table: the values of an attribute that came from the same source."""

    label: str
    values: tuple[tuple[str, str], ...]  # label, address of all pieces with it
    source: str
    confidence: float


@page
@require_safe
def product(request: HttpRequest, style_code: str) -> HttpResponse:
    view = get_view(_found(style_code))
    url = request.build_absolute_uri(product_url(view.style_code))
    pictures = [request.build_absolute_uri(reverse("photo", args=(photo.id, 960))) for photo in view.photos]
    context = {
        "product": view,
        "main": _main(view, request.GET.get("photo", "")),
        "facts": _facts(view.attributes),
        "suggestions": suggestions(view),
        "overlays": overlays(view.photos),
        "showable": _SHOWABLE,
        "canonical": url,
        "summary": Truncator(" ".join(view.description.split()) or view.name).chars(160),
        "preview": pictures[0] if pictures else "",
        "linked_data": linked_data(view, url, pictures),
    }
    return render(request, "product/page.html", context)


@page
@require_safe
def similar(request: HttpRequest, style_code: str) -> HttpResponse:
    """The pieces nearest in looks: a page of its own, of which the product page takes the pieces."""
    row = _found(style_code)
    try:
        results, note = like(row, Query(limit=_SIMILAR)).items, ""
    except ParureError as error:
        results, note = (), str(error)
    return render(request, "product/similar.html", {"product": get_view(row), "results": results, "note": note})


def _found(style_code: str) -> Product:
    try:
        return find_product(style_code)
    except NotFound as error:
        raise Http404(str(error)) from error


def _main(view: ProductView, wanted: str) -> PhotoView | None:
    """The picture shown large: the one asked for by its number, else the first."""
    return next((photo for photo in view.photos if str(photo.id) == wanted), view.cover)


def _facts(attributes: tuple[AttributeView, ...]) -> list[Fact]:
    groups = groupby(attributes, key=lambda held: (held.attribute_label, held.source, held.confidence))
    return [
        Fact(label, tuple((held.label, _all_with(held)) for held in group), source, confidence)
        for (label, source, confidence), group in groups
    ]


def _all_with(held: AttributeView) -> str:
    return Asked(choices=((held.attribute, held.value),)).url
