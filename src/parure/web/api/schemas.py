"""The bodies that go out, built from the catalogue's values. Prices are decimal strings: exact in every language.

They are plain pydantic models: ninja's own `Schema` looks at each for Django rows, which on a page of results costs
more than the search.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Literal, Self

from pydantic import BaseModel, Field

from parure.search import Selection
from parure.web.api.errors import ErrorBody, ErrorDetail
from parure.web.api.links import photo_link, product_link
from parure.web.api.seeing import AnalysisOut, VerdictOut
from parure.web.catalogue.finder import Result, Results
from parure.web.catalogue.storage import THUMBNAIL_SIDES
from parure.web.catalogue.values import AttributeView, PhotoView, ProductView

__all__ = [
    "FoundOut",
    "FoundPage",
    "MatchPage",
    "PhotoDetail",
    "PhotoList",
    "PhotoOut",
    "ProductOut",
    "ProductPage",
    "Understood",
    "UploadBody",
    "UploadOut",
    "UploadRefused",
]


class PhotoOut(BaseModel):
    """A photo. `original`, `thumbnail` (320 px) and `large` (960 px) are addresses of its pictures."""

    id: int
    file_name: str
    sha256: str
    format: str
    width: int
    height: int
    size: int
    position: int
    created_at: datetime
    original: str
    thumbnail: str
    large: str

    @classmethod
    def of(cls, view: PhotoView) -> Self:
        address = photo_link(view.id)
        small, large = (f"{address}/thumbnail?side={side}" for side in THUMBNAIL_SIDES)
        return cls(
            id=view.id,
            file_name=view.file_name,
            sha256=view.sha256,
            format=view.format,
            width=view.width,
            height=view.height,
            size=view.size,
            position=view.position,
            created_at=view.created_at,
            original=f"{address}/original",
            thumbnail=small,
            large=large,
        )


class PhotoDetail(PhotoOut):
    """`analysis` is null until the photo is analysed, and for encoders that find no pieces."""

    style_code: str
    analysis: AnalysisOut | None = None


class AttributeOut(BaseModel):
    """A value that holds. `value` is the vocabulary's id (or the text), `source` says where it came from."""

    attribute: str
    value: str
    label: str
    source: str
    confidence: float
    model_version: str

    @classmethod
    def of(cls, view: AttributeView) -> Self:
        return cls(
            attribute=view.attribute,
            value=view.value,
            label=view.label,
            source=view.source,
            confidence=view.confidence,
            model_version=view.model_version,
        )


class ProductOut(BaseModel):
    style_code: str
    title: str
    description: str
    price: Decimal | None
    currency: str
    attributes: list[AttributeOut]
    photos: list[PhotoOut]
    created_at: datetime
    updated_at: datetime
    deleted_at: datetime | None
    url: str

    @classmethod
    def of(cls, view: ProductView) -> Self:
        return cls(
            style_code=view.style_code,
            title=view.title,
            description=view.description,
            price=view.price,
            currency=view.currency,
            attributes=[AttributeOut.of(attribute) for attribute in view.attributes],
            photos=[PhotoOut.of(photo) for photo in view.photos],
            created_at=view.created_at,
            updated_at=view.updated_at,
            deleted_at=view.deleted_at,
            url=product_link(view.style_code),
        )


class ProductPage(BaseModel):
    items: list[ProductOut]
    total: int
    limit: int
    offset: int


class PhotoList(BaseModel):
    items: list[PhotoOut]

    @classmethod
    def of(cls, views: Iterable[PhotoView]) -> Self:
        return cls(items=[PhotoOut.of(view) for view in views])


class UploadOut(BaseModel):
    """What became of one file: accepted with its photo, or refused with the reason."""

    file_name: str
    status: Literal["accepted", "refused"]
    photo: PhotoOut | None = None
    error: ErrorDetail | None = None


class UploadBody(BaseModel):
    accepted: int
    refused: int
    results: list[UploadOut]


class UploadRefused(ErrorBody):
    """No file was accepted; `results` tells why, file by file."""

    results: list[UploadOut] = Field(default=[])


class Wish(BaseModel):
    """One of `values`; with `excluded`, none of them."""

    attribute: str
    values: list[str]
    excluded: bool


class Understood(BaseModel):
    """How the question was read: hard filters, and the words left over, which only rank."""

    filters: list[Wish]
    price_low: Decimal | None
    price_high: Decimal | None
    words: str

    @classmethod
    def of(cls, selection: Selection, words: str) -> Self:
        wishes = [
            Wish(attribute=choice.attribute, values=list(choice.values), excluded=choice.excluded)
            for choice in selection.choices
        ]
        return cls(filters=wishes, price_low=selection.price_low, price_high=selection.price_high, words=words)


class FoundOut(BaseModel):
    """`photo` is the one that matched; `similarity` its cosine to the query, absent when no picture took part.

    `verdict` says what the product is to the picture; null without a picture or a fitted model.
    """

    product: ProductOut
    photo: PhotoOut | None
    similarity: float | None
    verdict: VerdictOut | None = None

    @classmethod
    def of(cls, result: Result) -> Self:
        return cls(
            product=ProductOut.of(result.product),
            photo=PhotoOut.of(result.photo) if result.photo else None,
            similarity=result.similarity,
            verdict=VerdictOut.of(result.verdict) if result.verdict else None,
        )


class FoundPage(BaseModel):
    """`dropped` names attributes whose wishes, read from the words, no product meets together with the rest.

    `relaxed` says that there are any. `timings` are milliseconds per step.
    """

    items: list[FoundOut]
    total: int
    limit: int
    offset: int
    understood: Understood
    relaxed: bool
    dropped: tuple[str, ...]
    timings: Mapping[str, float]

    @classmethod
    def of(cls, results: Results, *, limit: int, offset: int) -> Self:
        return cls(
            items=[FoundOut.of(item) for item in results.items],
            total=results.total,
            limit=limit,
            offset=offset,
            understood=Understood.of(results.selection, results.parsed.remainder if results.parsed else ""),
            relaxed=results.relaxed,
            dropped=results.dropped,
            timings=results.timings,
        )


class MatchOut(BaseModel):
    """`similarity_score` is the cosine of the pictures' vectors: 1 for the same picture, null if only words matched."""

    product: ProductOut
    photo: PhotoOut | None
    similarity_score: float | None
    verdict: VerdictOut | None = None


class MatchQuery(BaseModel):
    """How the question was read, and milliseconds per step."""

    name: str
    understood: Understood
    relaxed: bool
    dropped: tuple[str, ...]
    timings: Mapping[str, float]


class MatchPage(BaseModel):
    matches: list[MatchOut]
    query: MatchQuery

    @classmethod
    def of(cls, results: Results, *, name: str) -> Self:
        found = FoundPage.of(results, limit=0, offset=0)
        matches = [
            MatchOut(product=item.product, photo=item.photo, similarity_score=item.similarity, verdict=item.verdict)
            for item in found.items
        ]
        query = MatchQuery(
            name=name,
            understood=found.understood,
            relaxed=found.relaxed,
            dropped=found.dropped,
            timings=found.timings,
        )
        return cls(matches=matches, query=query)
