"""Photos without a vector of the active encoder: find, decode, encode, store; retry with back-off, then park.

Decoding runs in threads ahead of the model (both leave the interpreter free), one batch in flight, so memory stays
flat however many photos wait.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta

from django.db import connection, transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from parure import images, settings
from parure.errors import ImageError, ParureError
from parure.vision import Encoder, Pixels
from parure.web.catalogue.models import AnalysisFailure, Embedding, Photo
from parure.web.catalogue.photos import WORKING_SIDE, extension_of, limits, storage
from parure.web.catalogue.products import log
from parure.web.catalogue.sights import look, save_sights
from parure.web.catalogue.storage import THUMBNAIL_SIDES
from parure.web.catalogue.values import Writer

__all__ = ["Loaded", "analyse_batch", "claim", "encode_and_save", "needing_analysis", "waiting"]

BATCH = 32  # photos per turn: large enough to keep the model busy, small enough to lose little when killed
_FIRST_RETRY = timedelta(seconds=30)
_LONGEST_RETRY = timedelta(hours=6)
_WORKER = Writer("vision", "worker")


@dataclass(frozen=True, eq=False)
class Loaded:
    """A photo row's number and its working pixels."""

    photo: int
    pixels: Pixels


def needing_analysis(encoder: str) -> QuerySet[Photo]:
    """Photos in sight without a vector of this encoder version, parked ones left out."""
    return _without_vector(encoder).exclude(Exists(_failures(encoder).filter(parked=True)))


def waiting(encoder: str) -> QuerySet[Photo]:
    """Those of `needing_analysis` whose turn it is now."""
    later = Q(parked=True) | Q(retry_at__gt=timezone.now())
    return _without_vector(encoder).exclude(Exists(_failures(encoder).filter(later)))


@contextmanager
def claim(photos: QuerySet[Photo], limit: int) -> Iterator[list[Photo]]:
    """Up to `limit` of the photos, kept from other workers until the block ends.

    On PostgreSQL the rows are locked and locked rows are skipped, so a worker that dies gives its photos back. SQLite
    has one worker at a time (see `worker/lock.py`) and needs no claim.
    """
    if connection.vendor == "sqlite":
        yield list(photos.order_by("id")[:limit])
        return
    with transaction.atomic():
        yield list(photos.order_by("id").select_for_update(skip_locked=True, of=("self",))[:limit])


def analyse_batch(encoder: Encoder, pool: ThreadPoolExecutor, limit: int = BATCH) -> int:
    """Analyse up to `limit` waiting photos; returns how many were dealt with, well or badly."""
    with claim(waiting(encoder.version), limit) as photos:
        loaded = list(pool.map(_load, photos))
        for photo, item in zip(photos, loaded, strict=True):
            if isinstance(item, ParureError):
                record_failure(photo, encoder.version, item)
        good = [item for item in loaded if isinstance(item, Loaded)]
        try:
            encode_and_save(good, encoder)
        except ParureError:
            _one_by_one(good, encoder)
        return len(photos)


def encode_and_save(loaded: Sequence[Loaded], encoder: Encoder) -> None:
    if loaded:
        photos = [item.photo for item in loaded]
        save_sights(photos, look(encoder, [item.pixels for item in loaded]), encoder.version)
        AnalysisFailure.objects.filter(encoder=encoder.version, photo__in=photos).delete()


def record_failure(photo: Photo, encoder: str, error: ParureError) -> None:
    """Count the attempt; set the next one twice as far away, or park the photo after the last."""
    failure, _ = AnalysisFailure.objects.get_or_create(
        photo=photo, encoder=encoder, defaults={"retry_at": timezone.now(), "reason": error.code}
    )
    failure.attempts += 1
    failure.parked = failure.attempts >= settings.get().max_attempts
    failure.retry_at = timezone.now() + min(_FIRST_RETRY * 2 ** (failure.attempts - 1), _LONGEST_RETRY)
    failure.reason = str(error.reason) if isinstance(error, ImageError) else error.code
    failure.detail = str(error)
    failure.save()
    if failure.parked:
        log("photo.failed", _WORKER, product=photo.product, photo=photo, reason=failure.reason, detail=failure.detail)


def _without_vector(encoder: str) -> QuerySet[Photo]:
    has_vector = Embedding.objects.filter(photo=OuterRef("pk"), encoder=encoder)
    return Photo.objects.filter(~Exists(has_vector), deleted_at=None, product__deleted_at=None)


def _failures(encoder: str) -> QuerySet[AnalysisFailure]:
    return AnalysisFailure.objects.filter(photo=OuterRef("pk"), encoder=encoder)


def _load(photo: Photo) -> Loaded | ParureError:
    """Decode the original; put back a thumbnail that was thrown away."""
    store = storage()
    try:
        data = store.read(photo.sha256, extension_of(photo))
        pixels = images.decode(data, limits=limits(), shrink_to=WORKING_SIDE).pixels
        side = THUMBNAIL_SIDES[0]
        if not store.thumbnail_path(photo.sha256, side).exists():
            store.keep_thumbnail(photo.sha256, side, images.thumbnail(pixels, side))
    except ParureError as error:
        return error
    return Loaded(photo.pk, pixels)


def _one_by_one(loaded: Iterable[Loaded], encoder: Encoder) -> None:
    """A batch failed: find out which photo it was, and let the others through."""
    for item in loaded:
        try:
            encode_and_save([item], encoder)
        except ParureError as error:
            record_failure(Photo.objects.get(pk=item.photo), encoder.version, error)
