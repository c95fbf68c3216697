"""Addresses at the root, as existing clients and monitors know them."""

from __future__ import annotations

import logging
from typing import Self

from django.db import DatabaseError
from ninja import File, Form, Router, Status, UploadedFile
from pydantic import BaseModel

from parure import __version__
from parure.errors import IndexLocked, ParureError
from parure.web.api.auth import READ, ApiRequest
from parure.web.api.errors import REFUSALS, ErrorBody
from parure.web.api.schemas import MatchPage
from parure.web.api.search import MatchForm, answer_match
from parure.web.catalogue.coverage import Coverage, coverage
from parure.web.catalogue.models import Product
from parure.web.catalogue.runtime import runtime

__all__ = ["router"]

log = logging.getLogger("parure.api")
router = Router(tags=["root"])


class PartHealth(BaseModel):
    ok: bool
    detail: str = ""


class Health(BaseModel):
    """`status` is ok or failing; a failing part says what to do."""

    status: str
    version: str
    database: PartHealth
    index: PartHealth


class DatabaseSide(BaseModel):
    products: int
    photos: int
    analysed: int


class IndexSide(BaseModel):
    """`points` as the index counts them, null where another process holds it; `recorded` as the database thinks."""

    points: int | None
    recorded: int
    encoder: str
    generation: int


class SyncCheck(BaseModel):
    in_sync: bool
    pending: int
    database: DatabaseSide
    index: IndexSide
    advice: str

    @classmethod
    def of(cls, found: Coverage) -> Self:
        return cls(
            in_sync=found.agrees,
            pending=found.pending,
            database=DatabaseSide(products=found.products, photos=found.photos, analysed=found.analysed),
            index=IndexSide(
                points=found.index_points,
                recorded=found.indexed,
                encoder=found.encoder,
                generation=found.generation,
            ),
            advice=_advice(found),
        )


@router.post("/api/match", auth=READ, response={200: MatchPage, REFUSALS: ErrorBody})
def match_at_root(request: ApiRequest, form: Form[MatchForm], image: File[UploadedFile]) -> MatchPage:
    """As `/api/v1/match`."""
    return answer_match(form, image)


@router.get("/health", auth=None, response={200: Health, 503: Health})
def health(request: ApiRequest) -> Status[Health]:
    """Whether this process can answer: 200, or 503 with the part that is at fault. Open to monitors."""
    database, index = _database(), _index()
    good = database.ok and index.ok
    body = Health(status="ok" if good else "failing", version=__version__, database=database, index=index)
    return Status(200 if good else 503, body)


@router.get("/sync_check", auth=READ, response={200: SyncCheck, REFUSALS: ErrorBody})
def sync_check(request: ApiRequest) -> SyncCheck:
    """Whether the index holds what the database says, and what to do if not."""
    return SyncCheck.of(coverage(look=True))


def _database() -> PartHealth:
    try:
        Product.objects.exists()
    except DatabaseError:
        log.exception("health: the database does not answer")
        return PartHealth(ok=False, detail="The database does not answer. Check PARURE_DATABASE_URL and the server.")
    return PartHealth(ok=True)


def _index() -> PartHealth:
    try:
        runtime().index(runtime().serving()).count()
    except IndexLocked:
        return PartHealth(ok=True, detail="Another process holds the index; this one searches a copy of it.")
    except DatabaseError:
        return PartHealth(ok=False, detail="Unknown while the database does not answer.")
    except (ParureError, OSError):
        log.exception("health: the index cannot be read")
        return PartHealth(ok=False, detail="The index cannot be read. Run: parure doctor --repair")
    return PartHealth(ok=True)


def _advice(found: Coverage) -> str:
    if found.agrees:
        return "Nothing to do."
    if found.pending:
        return f"{found.pending:,} changes wait for the worker. If the number does not fall, start: parure worker"
    return "The index holds other photos than recorded. Run: parure doctor --repair"
