"""Index generations: which vectors are live, which are being filled, and keeping them in step with the rows.

One generation belongs to one encoder version and one folder. The first one goes live at once, so that photos can be
found as they come in; a later one (another encoder, a rebuild) is filled beside the live one and takes its place in
one transaction when it holds everything.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from parure import settings
from parure.index import VectorIndex, open_index
from parure.vision import Encoder
from parure.web.catalogue.models import Event, IndexEntry, IndexGeneration, Piece
from parure.web.catalogue.vectors import live_vectors, needing_index, points, read, schema

__all__ = [
    "Progress",
    "building",
    "fill",
    "folder",
    "live",
    "open_generation",
    "pending",
    "promote",
    "prune",
    "start",
    "stray_folders",
    "synchronise",
]

BATCH = 512  # points per index write
State = IndexGeneration.State
Progress = Callable[[int, int], None]  # done, total


def live() -> IndexGeneration | None:
    return IndexGeneration.objects.filter(state=State.LIVE).first()


def building(encoder: str) -> IndexGeneration | None:
    """The newest generation being filled for this encoder version."""
    return IndexGeneration.objects.filter(state=State.BUILDING, encoder=encoder).order_by("-id").first()


@transaction.atomic
def start(encoder: Encoder, name: str) -> IndexGeneration:
    """A new generation; live at once if there is none yet."""
    state = State.BUILDING if live() else State.LIVE
    return IndexGeneration.objects.create(
        engine=settings.get().index,
        encoder_name=name,
        encoder=encoder.version,
        dimension=encoder.dimension,
        state=state,
    )


def folder(generation: IndexGeneration) -> Path:
    return settings.get().data / "index" / generation.folder_name


def open_generation(generation: IndexGeneration) -> VectorIndex:
    """Open its index; raises `IndexLocked` when another process holds it.

    One that holds nothing although entries say otherwise (it lives in memory, or its folder was lost) is filled
    again from the stored vectors.
    """
    index = open_index(
        generation.engine,
        folder(generation),
        dimension=generation.dimension,
        schema=schema(),
        graph_threshold=settings.get().graph_threshold,
    )
    if index.count() == 0 and IndexEntry.objects.filter(generation=generation).exists():
        fill(index, generation)
    return index


def fill(index: VectorIndex, generation: IndexGeneration) -> None:
    """Write every live vector of the generation's encoder into an index, noting nothing."""
    rows = live_vectors(generation.encoder).order_by("photo_id")
    last = 0
    while page := list(read(rows.filter(photo_id__gt=last)[:BATCH])):
        last = page[-1].photo
        index.upsert(points(page))


def pending(generation: IndexGeneration) -> int:
    """Points that have to be written or dropped before the index agrees with the rows."""
    return needing_index(generation.pk, generation.encoder).count() + _stale(generation).count()


def synchronise(generation: IndexGeneration, index: VectorIndex, progress: Progress | None = None) -> int:
    """Write what is missing or changed and drop what is gone; returns how many points were touched.

    The index is written first and the entries after it: killed in between, the same points are written again.
    """
    total = pending(generation) if progress else 0
    touched = 0
    while numbers := list(_stale(generation).values_list("photo_number", flat=True)[:BATCH]):
        index.delete(numbers)
        IndexEntry.objects.filter(generation=generation, photo_number__in=numbers).delete()
        touched += len(numbers)
    for count in _write_missing(generation, index):
        touched += count
        if progress:
            progress(min(touched, total), total)
    return touched


def promote(generation: IndexGeneration) -> None:
    """Make it the live one, in one transaction; the old one is retired and its files go with `prune`."""
    with transaction.atomic():
        IndexGeneration.objects.filter(state=State.LIVE).exclude(pk=generation.pk).update(state=State.RETIRED)
        IndexGeneration.objects.filter(pk=generation.pk).update(state=State.LIVE)
        Event.objects.create(kind="index.live", data={"generation": generation.pk, "encoder": generation.encoder})
    generation.refresh_from_db()


def prune() -> None:
    """Remove retired generations, folders that belong to no row, and the pieces seen by encoders of none."""
    IndexGeneration.objects.filter(state=State.RETIRED).delete()
    kept = IndexGeneration.objects.values("encoder")
    if kept.exists():
        Piece.objects.exclude(encoder__in=kept).delete()
    for path in stray_folders():
        shutil.rmtree(path, ignore_errors=True)


def stray_folders() -> list[Path]:
    """Index folders that belong to no generation."""
    kept = {generation.folder_name for generation in IndexGeneration.objects.all()}
    return [path for path in (settings.get().data / "index").glob("generation-*") if path.name not in kept]


def _write_missing(generation: IndexGeneration, index: VectorIndex) -> Iterator[int]:
    missing = needing_index(generation.pk, generation.encoder)
    last = 0  # walking up the photo numbers keeps each batch as cheap as the first
    while rows := list(read(missing.filter(photo_id__gt=last)[:BATCH])):
        last = rows[-1].photo
        index.upsert(points(rows))
        IndexEntry.objects.bulk_create(
            [
                IndexEntry(
                    generation=generation, photo_number=row.photo, product_number=row.product, revision=row.revision
                )
                for row in rows
            ],
            update_conflicts=True,
            unique_fields=["generation", "photo_number"],
            update_fields=["product_number", "revision"],
        )
        yield len(rows)


def _stale(generation: IndexGeneration) -> QuerySet[IndexEntry]:
    """Entries whose photo is out of sight or has lost its vector."""
    alive = live_vectors(generation.encoder).filter(photo=OuterRef("photo_number"))
    return IndexEntry.objects.filter(~Exists(alive), generation=generation)
