"""Search by picture, by words, by both, by a piece; and match, which asks which product a picture shows."""

from __future__ import annotations

from typing import Annotated

from ninja import File, Form, Query, Router, Schema, UploadedFile
from pydantic import WithJsonSchema

from parure.errors import QueryError
from parure.search import Query as Question
from parure.search import Selection
from parure.vision import Pixels
from parure.web.api.auth import READ, ApiRequest
from parure.web.api.changes import Paging
from parure.web.api.errors import REFUSALS, ErrorBody
from parure.web.api.fields import Limit, Words
from parure.web.api.reading import filter_form, filter_parameters, page_size, picture, selection
from parure.web.api.schemas import FoundPage, MatchPage
from parure.web.catalogue.finder import find, like
from parure.web.catalogue.products import find_product

__all__ = ["MatchForm", "answer_match", "of_product", "router"]

router = Router(tags=["search"])
of_product = Router(tags=["search"])


# Described as a plain file: pages and clients offer no file for "a file or null".
OptionalFile = Annotated[UploadedFile | None, WithJsonSchema({"type": "string", "format": "binary"})]


class SearchQuery(Paging):
    q: Words = ""


class MatchForm(Schema):
    """`name` is what is known of the picture in words; it narrows and ranks together with the picture."""

    name: Words = ""
    limit: Limit = 10


@router.get("/search", auth=READ, response={200: FoundPage, REFUSALS: ErrorBody}, openapi_extra=filter_parameters())
def search_by_words(request: ApiRequest, query: Query[SearchQuery]) -> FoundPage:
    """`q` in plain words ("rose gold hoops under 300") and filters. Without either: the newest products."""
    return _answer(None, query, selection(request.GET, {"q", "limit", "offset"}))


@router.post("/search", auth=READ, response={200: FoundPage, REFUSALS: ErrorBody}, openapi_extra=filter_form())
def search_by_picture(request: ApiRequest, query: Form[SearchQuery], image: File[OptionalFile] = None) -> FoundPage:
    """A picture as `image`, words as `q`, filters as fields: any of them, all of them together."""
    chosen = selection(request.POST, {"q", "limit", "offset", "image"})
    if image is None and ("image" in request.POST or not (query.q or chosen)):
        raise QueryError("Nothing to search for: send a picture as the file `image`, words as `q`, or filters.")
    return _answer(None if image is None else picture(image), query, chosen)


@router.post("/match", auth=READ, response={200: MatchPage, REFUSALS: ErrorBody})
def match(request: ApiRequest, form: Form[MatchForm], image: File[UploadedFile]) -> MatchPage:
    """Which products the picture may show, most similar first."""
    return answer_match(form, image)


@of_product.get(
    "/{path:style_code}/similar",
    auth=READ,
    response={200: FoundPage, REFUSALS: ErrorBody},
    openapi_extra=filter_parameters(),
)
def similar(request: ApiRequest, style_code: str, query: Query[Paging]) -> FoundPage:
    """More like this product, itself left out."""
    chosen, limit = selection(request.GET, {"limit", "offset"}), page_size(query.limit)
    question = Question(selection=chosen, limit=limit, offset=query.offset)
    return FoundPage.of(like(find_product(style_code), question), limit=limit, offset=query.offset)


def answer_match(form: MatchForm, image: UploadedFile) -> MatchPage:
    return MatchPage.of(find(Question(image=picture(image), text=form.name, limit=form.limit)), name=form.name)


def _answer(image: Pixels | None, query: SearchQuery, chosen: Selection) -> FoundPage:
    limit = page_size(query.limit)
    question = Question(image=image, text=query.q, selection=chosen, limit=limit, offset=query.offset)
    return FoundPage.of(find(question), limit=limit, offset=query.offset)
