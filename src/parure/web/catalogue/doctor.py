"""Looking for disagreements between originals, rows and index, and mending those that can be mended.

Each check is one function: it yields findings; a finding that can be mended carries how. Nothing a person made is
removed by a repair: only derived state is thrown away and made again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import Exists, OuterRef

from parure import images
from parure.errors import IndexLocked, ParureError
from parure.vision.analysis import Analyser
from parure.web.catalogue import generations, keywords, precedence, tagging
from parure.web.catalogue.models import (
    AnalysisFailure,
    AttributeValue,
    Embedding,
    Event,
    IndexEntry,
    Photo,
    Piece,
    Product,
)
from parure.web.catalogue.photos import extension_of, storage
from parure.web.catalogue.products import touch
from parure.web.catalogue.runtime import runtime
from parure.web.catalogue.vectors import live_vectors

__all__ = ["Finding", "examine", "repair"]


@dataclass(frozen=True)
class Finding:
    """Something wrong: `count` things of one kind, an example, and how to mend it (None: a person has to)."""

    check: str
    count: int
    detail: str
    mend: Callable[[], object] | None = field(default=None, compare=False)


def examine(*, thorough: bool = False) -> list[Finding]:
    """Run every check; `thorough` reads every original and compares its hash."""
    checks = [
        _leftovers,
        _missing_originals,
        _unknown_originals,
        _keywords,
        _effective,
        _half_seen,
        _shown,
        _entries,
        _failed,
        _generations,
    ]
    if thorough:
        checks.append(_altered_originals)
    return [finding for check in checks for finding in check()]


def repair(findings: list[Finding]) -> list[Finding]:
    """Mend what can be mended; returns those findings."""
    mended = [finding for finding in findings if finding.mend is not None]
    for finding in mended:
        finding.mend()  # type: ignore[misc]  # filtered above
        Event.objects.create(kind="repair", actor="doctor", data={"check": finding.check, "count": finding.count})
    return mended


def _leftovers() -> Iterator[Finding]:
    parts = storage().leftovers()
    if parts:
        yield Finding(
            "leftovers",
            len(parts),
            f"Half-written files of a stopped process, such as {parts[0].name}.",
            storage().remove_leftovers,
        )


def _missing_originals() -> Iterator[Finding]:
    store = storage()
    gone = [
        photo for photo in Photo.objects.filter(deleted_at=None) if not store.holds(photo.sha256, extension_of(photo))
    ]
    if gone:
        yield Finding(
            "missing originals",
            len(gone),
            f"The original of {gone[0].file_name} (photo {gone[0].pk}) is not in the data folder. Import the folder it"
            " came from again, or restore a backup.",
        )


def _unknown_originals() -> Iterator[Finding]:
    """Originals without a row: an import was killed between the two. The next import of the same folder adopts them."""
    known = set(Photo.objects.values_list("sha256", flat=True))
    unknown = [sha for sha in storage().originals() if sha not in known]
    if unknown:
        yield Finding(
            "originals without a product",
            len(unknown),
            f"Stored files such as {unknown[0][:12]}… belong to no product: an import was stopped. Run it again.",
        )


def _altered_originals() -> Iterator[Finding]:
    altered = []
    for photo in Photo.objects.filter(deleted_at=None).iterator():
        try:
            data = storage().read(photo.sha256, extension_of(photo))
        except ParureError:
            continue  # reported as missing
        if images.sha256(data) != photo.sha256:
            altered.append(photo)
    if altered:
        yield Finding(
            "altered originals",
            len(altered),
            f"The stored bytes of {altered[0].file_name} (photo {altered[0].pk}) have changed; restore a backup.",
        )


def _keywords() -> Iterator[Finding]:
    wrong = keywords.missing()
    if wrong:
        yield Finding(
            "keyword search",
            wrong,
            "Products are missing from, or left in, the full-text table.",
            lambda: keywords.rebuild(Product.objects.all().iterator()),
        )


def _effective() -> Iterator[Finding]:
    """The stored decision of precedence against the rule itself."""
    wrong: dict[int, bool] = {}
    for product in Product.objects.prefetch_related("attribute_values").iterator(chunk_size=500):
        rows = list(product.attribute_values.all())
        held = precedence.effective(
            precedence.Statement(r.pk, r.attribute, r.value, r.source, r.confidence, r.model_version) for r in rows
        )
        wrong |= {row.pk: row.pk in held for row in rows if row.effective != (row.pk in held)}
    if wrong:
        yield Finding(
            "effective values", len(wrong), "Attribute values marked wrongly as (not) holding.", lambda: _set(wrong)
        )


def _half_seen() -> Iterator[Finding]:
    """Photos with a vector by an analyser but without pieces, or the other way round."""
    analysers = set(Piece.objects.values_list("encoder", flat=True))
    if isinstance(runtime().encoder(), Analyser):
        analysers.add(runtime().encoder().version)
    main = Piece.objects.filter(photo=OuterRef("photo"), encoder=OuterRef("encoder"), place=0)
    vector = Embedding.objects.filter(photo=OuterRef("photo"), encoder=OuterRef("encoder"))
    blind = Embedding.objects.filter(~Exists(main), encoder__in=analysers)
    stray = Piece.objects.filter(~Exists(vector))
    if blind.exists() or stray.exists():
        yield Finding(
            "half-seen photos",
            blind.count() + stray.count(),
            "Photos with a vector but without the pieces it is of, or with pieces alone. They are analysed again.",
            lambda: (stray.delete(), blind.delete()),
        )


def _shown() -> Iterator[Finding]:
    wrong = tagging.outdated()
    if wrong:
        yield Finding(
            "values from photos",
            len(wrong),
            "Products whose values from photos are not what the stored analyses show at the present threshold.",
            lambda: transaction.atomic(tagging.tag_products)(wrong),
        )


def _entries() -> Iterator[Finding]:
    """The index against the database: number of points, and their ids."""
    generation = runtime().serving()
    try:
        index = runtime().index(generation)
    except IndexLocked as error:
        yield Finding("index", 1, f"Not compared: {error}")
        return
    held = set(index.ids())
    noted = set(IndexEntry.objects.filter(generation=generation).values_list("photo_number", flat=True))
    lost, extra = noted - held, held - noted
    if lost or extra:
        yield Finding(
            "index",
            len(lost) + len(extra),
            f"{len(lost)} photos are missing from the index and {len(extra)} are in it without being noted.",
            lambda: _realign(generation.pk, lost, extra),
        )
    waiting = generations.pending(generation)
    if waiting:
        yield Finding(
            "index behind",
            waiting,
            "Index points to be written or dropped; a worker does this by itself.",
            lambda: generations.synchronise(generation, index),
        )


def _failed() -> Iterator[Finding]:
    parked = AnalysisFailure.objects.filter(parked=True, photo__deleted_at=None).select_related("photo")
    first = parked.first()
    if first is not None:
        yield Finding(
            "parked photos",
            parked.count(),
            f"Given up after several tries, such as {first.photo.file_name}: {first.reason}. Repair tries them again.",
            AnalysisFailure.objects.filter(parked=True).delete,
        )


def _generations() -> Iterator[Finding]:
    stray = generations.stray_folders()
    if stray:
        yield Finding(
            "old index folders", len(stray), f"Folders such as {stray[0].name} are not used.", generations.prune
        )


def _realign(generation: int, lost: set[int], extra: set[int]) -> None:
    """Forget the notes about lost points and drop unnoted ones; synchronising then writes what is missing."""
    row = runtime().serving()
    index = runtime().index(row)
    numbers = sorted(extra)
    for start in range(0, len(numbers), generations.BATCH):
        index.delete(numbers[start : start + generations.BATCH])
    gone = sorted(lost)
    for start in range(0, len(gone), generations.BATCH):
        part = gone[start : start + generations.BATCH]
        IndexEntry.objects.filter(generation=generation, photo_number__in=part).delete()
    if live_vectors(row.encoder).exists():
        generations.synchronise(row, index)


def _set(right: dict[int, bool]) -> None:
    with transaction.atomic():
        for number, effective in right.items():
            AttributeValue.objects.filter(pk=number).update(effective=effective)
        for product in Product.objects.filter(attribute_values__pk__in=list(right)).distinct():
            touch(product)
