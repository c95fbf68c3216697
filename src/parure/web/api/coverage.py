"""How far the work has come, which photos failed and why, and trying them again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Annotated, Self

from ninja import Query, Router, Schema
from pydantic import BaseModel, Field

from parure.web.api.auth import READ, WRITE, ApiRequest
from parure.web.api.changes import Retry
from parure.web.api.errors import REFUSALS, ErrorBody
from parure.web.catalogue.coverage import Coverage, Failure, coverage, failures, retry
from parure.web.worker import wakeup

__all__ = ["router"]

router = Router(tags=["coverage"])


class CoverageBody(BaseModel):
    """Counts over products and photos in sight. `index_points` is null where another process holds the index."""

    products: int
    photos: int
    analysed: int
    pieces: int
    indexed: int
    waiting: int
    retrying: int
    parked: int
    reasons: Mapping[str, int]
    encoder: str
    generation: int
    pending: int
    index_points: int | None
    complete: bool
    agrees: bool

    @classmethod
    def of(cls, found: Coverage) -> Self:
        return cls(**asdict(found), complete=found.complete, agrees=found.agrees)


class FailureOut(BaseModel):
    """`parked` photos wait for a person: they are not tried again by themselves."""

    photo: int
    file_name: str
    style_code: str
    reason: str
    detail: str
    attempts: int
    parked: bool

    @classmethod
    def of(cls, failure: Failure) -> Self:
        return cls(**asdict(failure))


class FailureList(BaseModel):
    items: list[FailureOut]


class RetryBody(BaseModel):
    retried: int


class FailureQuery(Schema):
    limit: Annotated[int, Field(ge=1, le=1000)] = 100


@router.get("", auth=READ, response={200: CoverageBody, REFUSALS: ErrorBody})
def read_coverage(request: ApiRequest) -> CoverageBody:
    return CoverageBody.of(coverage())


@router.get("/failures", auth=READ, response={200: FailureList, REFUSALS: ErrorBody})
def list_failures(request: ApiRequest, query: Query[FailureQuery]) -> FailureList:
    """Photos that could not be analysed, those that wait for a person first."""
    return FailureList(items=[FailureOut.of(failure) for failure in failures(query.limit)])


@router.post("/retry", auth=WRITE, response={200: RetryBody, REFUSALS: ErrorBody})
def retry_failures(request: ApiRequest, body: Retry) -> RetryBody:
    """Forget the failures, so that the worker tries these photos again now."""
    retried = retry(body.photos)
    wakeup.notify()
    return RetryBody(retried=retried)
