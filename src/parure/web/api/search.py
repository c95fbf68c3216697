"""Search by picture, by words, by both, by a piece; and match, which asks which product a picture shows."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

from ninja import File, Form, Query, Router, Schema, UploadedFile
from pydantic import WithJsonSchema

from parure.errors import QueryError
from parure.search import Query as Question
from parure.search import Weights
from parure.web.api.auth import READ, ApiRequest
from parure.web.api.changes import Paging
from parure.web.api.errors import REFUSALS, ErrorBody
from parure.web.api.fields import BoxText, Limit, PieceNumber, WeightsText, Words
from parure.web.api.reading import filter_form, filter_parameters, page_size, picture, region, selection
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


class PictureFields(Schema):
    """Which part of the picture is meant, and what counts in it."""

    box: BoxText = ""
    piece: PieceNumber | None = None
    weights: WeightsText = ""


class PictureQuery(SearchQuery, PictureFields):
    pass


class SimilarQuery(Paging):
    weights: WeightsText = ""


class MatchForm(PictureFields):
    """`name` is what is known of the picture in words; it narrows and ranks together with the picture."""

    name: Words = ""
    limit: Limit = 10


@router.get("/search", auth=READ, response={200: FoundPage, REFUSALS: ErrorBody}, openapi_extra=filter_parameters())
def search_by_words(request: ApiRequest, query: Query[SearchQuery]) -> FoundPage:
    """`q` in plain words ("rose gold hoops under 300") and filters. Without either: the newest products."""
    chosen, limit = selection(request.GET, {"q", "limit", "offset"}), page_size(query.limit)
    question = Question(text=query.q, selection=chosen, limit=limit, offset=query.offset)
    return FoundPage.of(find(question), limit=limit, offset=query.offset)


@router.post("/search", auth=READ, response={200: FoundPage, REFUSALS: ErrorBody}, openapi_extra=filter_form())
def search_by_picture(request: ApiRequest, query: Form[PictureQuery], image: File[OptionalFile] = None) -> FoundPage:
    """A picture as `image`, words as `q`, filters as fields: any of them, all of them together.

    The main piece on the picture is searched with, unless another `piece` or a `box` is chosen.
    """
    chosen = selection(request.POST, {"q", "limit", "offset", "image", "box", "piece", "weights"})
    if image is None and ("image" in request.POST or not (query.q or chosen)):
        raise QueryError("Nothing to search for: send a picture as the file `image`, words as `q`, or filters.")
    question = Question(text=query.q, selection=chosen, limit=page_size(query.limit), offset=query.offset)
    question = question if image is None else _with_picture(question, query, image)
    return FoundPage.of(find(question), limit=question.limit, offset=question.offset)


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
def similar(request: ApiRequest, style_code: str, query: Query[SimilarQuery]) -> FoundPage:
    """More like this product, itself left out."""
    chosen, limit = selection(request.GET, {"limit", "offset", "weights"}), page_size(query.limit)
    weights = Weights.read(query.weights)
    question = Question(selection=chosen, weights=weights, limit=limit, offset=query.offset)
    return FoundPage.of(like(find_product(style_code), question), limit=limit, offset=query.offset)


def answer_match(form: MatchForm, image: UploadedFile) -> MatchPage:
    question = _with_picture(Question(text=form.name, limit=form.limit), form, image)
    return MatchPage.of(find(question), name=form.name)


def _with_picture(question: Question, given: PictureFields, image: UploadedFile) -> Question:
    return replace(
        question,
        image=picture(image),
        box=region(given.box),
        piece=given.piece,
        weights=Weights.read(given.weights),
    )
