"""How far the derived state has come: photos, analysed, indexed, failed; and whether index and database agree."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Count

from parure.errors import IndexLocked
from parure.web.catalogue import generations
from parure.web.catalogue.models import AnalysisFailure, IndexEntry, IndexGeneration, Photo, Piece, Product
from parure.web.catalogue.runtime import runtime
from parure.web.catalogue.vectors import live_vectors

__all__ = ["Coverage", "Failure", "coverage", "failures", "retry"]


@dataclass(frozen=True)
class Failure:
    """A photo that could not be analysed. `parked` means no further tries by themselves."""

    photo: int
    file_name: str
    style_code: str
    reason: str
    detail: str
    attempts: int
    parked: bool


@dataclass(frozen=True)
class Coverage:
    """Counts over live products and photos. `index_points` is None where this process does not hold the index."""

    products: int
    photos: int
    analysed: int
    pieces: int  # seen on the analysed photos, by encoders that look for them
    indexed: int
    waiting: int
    retrying: int
    parked: int
    reasons: Mapping[str, int]
    encoder: str
    generation: int
    pending: int
    index_points: int | None

    @property
    def complete(self) -> bool:
        """Everything that can be done is done."""
        return self.waiting == self.retrying == self.pending == 0

    @property
    def agrees(self) -> bool:
        """Index and database hold the same photos, as far as this process can see."""
        return self.pending == 0 and self.index_points in (None, self.indexed)


def coverage(*, look: bool = False) -> Coverage:
    """Count. The index itself is only asked if this process has it open, or with `look` if nobody else has."""
    generation = runtime().serving()
    live = Photo.objects.filter(deleted_at=None, product__deleted_at=None)
    photos, analysed = live.count(), live_vectors(generation.encoder).count()
    failing = AnalysisFailure.objects.filter(
        encoder=generation.encoder, photo__deleted_at=None, photo__product__deleted_at=None
    )
    parked = failing.filter(parked=True).count()
    retrying = failing.filter(parked=False).count()
    reasons = failing.values_list("reason").annotate(n=Count("id")).order_by("-n")
    return Coverage(
        products=Product.objects.filter(deleted_at=None).count(),
        photos=photos,
        analysed=analysed,
        pieces=Piece.objects.filter(encoder=generation.encoder, photo__in=live).count(),
        indexed=IndexEntry.objects.filter(generation=generation).count(),
        waiting=max(0, photos - analysed - parked - retrying),
        retrying=retrying,
        parked=parked,
        reasons=dict(reasons),
        encoder=generation.encoder,
        generation=generation.pk,
        pending=generations.pending(generation),
        index_points=_points_in_index(generation, look=look),
    )


def failures(limit: int = 100) -> list[Failure]:
    """Photos that failed, parked ones first."""
    rows = AnalysisFailure.objects.filter(
        encoder=runtime().serving().encoder, photo__deleted_at=None, photo__product__deleted_at=None
    ).select_related("photo__product")
    return [
        Failure(
            row.photo_id,
            row.photo.file_name,
            row.photo.product.style_code,
            row.reason,
            row.detail,
            row.attempts,
            row.parked,
        )
        for row in rows.order_by("-parked", "photo_id")[:limit]
    ]


def retry(photos: Sequence[int] | None = None) -> int:
    """Forget these photos' failures, or all, so that they are tried again at once; returns how many were forgotten."""
    rows = AnalysisFailure.objects.filter(encoder=runtime().serving().encoder)
    deleted, _ = (rows if photos is None else rows.filter(photo__in=photos)).delete()
    return deleted


def _points_in_index(generation: IndexGeneration, *, look: bool) -> int | None:
    if not look and not runtime().holds(generation):
        return None
    try:
        return runtime().index(generation).count()
    except IndexLocked:
        return None
