"""The shop window: all pieces, or those that were asked for."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from parure import settings, taxonomy
from parure.errors import ParureError, QueryError, TaxonomyError
from parure.images import Pixels
from parure.web.catalogue.models import Product
from parure.web.storefront import pictures
from parure.web.storefront.asked import SORTS, Asked
from parure.web.storefront.browse.chips import chips
from parure.web.storefront.browse.facets import facets, price_range
from parure.web.storefront.browse.listing import Listing, listing
from parure.web.storefront.page import page
from parure.web.storefront.search.chooser import chooser

__all__ = ["browse", "results_page"]


@page
@require_safe
def browse(request: HttpRequest) -> HttpResponse:
    return results_page(request, Asked.read(request.GET, taxonomy.load().attributes))


def results_page(request: HttpRequest, asked: Asked, *, error: str = "", status: int = 200) -> HttpResponse:
    """The page for what was asked; with an `error`, it stands above the pieces without the picture."""
    pixels = pictures.load(asked.image) if asked.image else None
    if asked.image and pixels is None:
        asked, error, status = asked.with_image(""), "That picture is no longer kept here. Choose it once more.", 404
    asked, found, refusal, refused = _found(asked, pixels)
    error, status = refusal or error, refused or status
    if asked.page > 1 and not found.items:
        raise Http404(f"There is no page {asked.page} of these pieces.")
    context = {"asked": asked, "found": found, "error": error, **_around(request, asked, found, pixels)}
    return render(request, "browse/page.html", context, status=status)


def _found(asked: Asked, pixels: Pixels | None) -> tuple[Asked, Listing, str, int]:
    """The pieces; or, with the reason and a status, the ones without the choices that cannot be understood."""
    try:
        return asked, listing(asked, pixels), "", 0
    except (QueryError, TaxonomyError) as refusal:
        plain = Asked(text=asked.text)
        kept = Listing() if plain == asked else _found(plain, None)[1]
        return plain, kept, str(refusal), 400
    except ParureError as failure:  # a model or an index that does not work now
        return Asked(text=asked.text), Listing(), str(failure), 503


def _around(request: HttpRequest, asked: Asked, found: Listing, pixels: Pixels | None) -> dict[str, object]:
    """What surrounds the pieces; not worked out when only more pieces are fetched."""
    appended = request.headers.get("HX-Target") == "more"
    links: dict[str, object] = {
        "count_words": _count_words(asked, found, appended=appended),
        "more_url": asked.at(asked.page + 1).url if found.more else "",
        "back_url": asked.at(asked.page - 1).url if asked.page > 1 else "",
        "clear_url": asked.unfiltered().url,
        "without_image_url": asked.with_image("").url,
    }
    if appended:
        return links
    words = taxonomy.load()
    return {
        **links,
        "chooser": chooser(asked, pixels) if asked.image and pixels is not None else None,
        "chips": chips(asked, found.parsed, words),
        "facets": facets(asked, found.selection, words),
        "price_range": price_range(asked, found.selection, words),
        "sorts": [(SORTS[sort], asked.with_sort(sort).url, _current(asked, found, sort)) for sort in found.sorts],
        "empty_shop": not found.items and not Product.objects.filter(deleted_at=None).exists(),
    }


def _current(asked: Asked, found: Listing, sort: str) -> bool:
    """Whether the pieces stand in this order: without a wish, the first one on offer."""
    return sort == (asked.sort or found.sorts[0])


def _count_words(asked: Asked, found: Listing, *, appended: bool) -> str:
    """ "24 of 66 pieces"; "25–48 of 66 pieces" on a page that does not show the first ones."""
    number = 0 if found.loosened else len(found.items)
    total = number if found.loosened else found.total
    size = settings.get().page_size
    last = (asked.page - 1) * size + number
    pieces = "1 piece" if total == 1 else f"{total:,} pieces"
    if asked.page > 1 and not appended:
        return f"{last - number + 1}–{last} of {pieces}"
    return pieces if last >= total else f"{last} of {pieces}"
