"""Applying an import plan: files become originals, drafts become products, and new photos are analysed on the way.

Chunk by chunk: reading, hashing and decoding run in threads one chunk ahead; rows are written in one
transaction a chunk, while the pixels that were decoded anyway go through the encoder. Whatever is killed in between is
picked up by running the same import again: known bytes are recognised by their hash before anything is decoded, and
a photo left without a vector is what the worker looks for.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Literal

from django.db import IntegrityError, OperationalError, transaction

from parure import images, settings
from parure.errors import Conflict, ImageError, ParureError, StorageFull
from parure.intake import FoundFile, ImportPlan, ProductDraft, Rejection
from parure.vision import Encoder
from parure.web.catalogue import products
from parure.web.catalogue.models import Photo, Product, Source
from parure.web.catalogue.photos import Accepted, accept, all_stored, claim, extension_of, insert, storage, why_not
from parure.web.catalogue.products import write_product
from parure.web.catalogue.sights import Sight, look, save_sights
from parure.web.catalogue.values import Outcome, ProductChange, StatementDraft, Writer

__all__ = ["ImportSummary", "RowReport", "run_import"]

log = logging.getLogger("parure.import")
CHUNK_PHOTOS = 24  # twice as many decoded pictures are held at once, about 1 MB each
Progress = Callable[[int, int], None]  # photos done, photos in all


@dataclass(frozen=True)
class RowReport:
    """What became of one product of the plan."""

    style_code: str
    outcome: Outcome
    photos_added: int
    photos_known: int
    row: int | None = None


@dataclass(frozen=True)
class ImportSummary:
    """The end of an import. `photos_known` were there already, byte for byte."""

    rows: tuple[RowReport, ...]
    rejected: tuple[Rejection, ...]
    notes: tuple[str, ...] = ()
    analysed: int = 0

    @property
    def counts(self) -> Counter[str]:
        """Products per outcome."""
        return Counter(str(row.outcome) for row in self.rows)


@dataclass(frozen=True, eq=False)
class _Read:
    """A file after reading: known by its hash, newly accepted, or refused."""

    found: FoundFile
    sha256: str = ""
    accepted: Accepted | None = None
    error: ParureError | None = None


@dataclass
class _Ledger:
    """What this run has written so far."""

    by: Writer
    rows: list[RowReport] = field(default_factory=list)
    rejected: list[Rejection] = field(default_factory=list)
    claimed: dict[str, str] = field(default_factory=dict)  # sha256 -> style code that has the photo in this run


def run_import(
    plan: ImportPlan, *, actor: str, encoder: Encoder | None = None, progress: Progress | None = None
) -> ImportSummary:
    """Write the plan to the catalogue. With an encoder, new photos are analysed as they come in.

    Raises `StorageFull` when the disk is full: everything before that moment is complete.
    """
    storage().remove_leftovers()
    try:
        return _run(plan, actor, encoder, progress)
    except OperationalError as error:
        if "full" not in str(error).lower():
            raise
        raise StorageFull(
            f"The database has no space left ({error}). Free some space and run the import again."
        ) from error


def _run(plan: ImportPlan, actor: str, encoder: Encoder | None, progress: Progress | None) -> ImportSummary:
    ledger = _Ledger(Writer(Source.IMPORT, actor), rejected=list(plan.rejected))
    done, analysed = 0, 0
    total = sum(len(draft.photos) for draft in plan.products)
    readers = settings.get().cores + 1  # one of them waits for the disk
    with ThreadPoolExecutor(readers, "import") as pool, ThreadPoolExecutor(1, "encode") as eye:
        for drafts, read in _read_ahead(plan.products, pool):
            coming = eye.submit(_sights, read, encoder)  # the model runs while rows are written
            fresh = _write_chunk(drafts, read, ledger)
            analysed += _save(fresh, coming.result(), encoder)
            done += sum(len(draft.photos) for draft in drafts)
            if progress:
                progress(done, total)
    summary = ImportSummary(tuple(ledger.rows), tuple(ledger.rejected), plan.notes, analysed)
    if set(summary.counts) - {Outcome.UNCHANGED}:
        products.log("import", ledger.by, counts=dict(summary.counts), rejected=len(summary.rejected))
    return summary


def _sights(read: Sequence[list[_Read]], encoder: Encoder | None) -> dict[str, Sight]:
    """What the encoder sees on newly accepted pictures, by hash; nothing if it fails: the worker finds out why."""
    if encoder is None:
        return {}
    pictures = {file.sha256: file.accepted.pixels for files in read for file in files if file.accepted is not None}
    try:
        return dict(zip(pictures, look(encoder, list(pictures.values())), strict=True))
    except ParureError as error:
        log.warning("a chunk was not analysed and is left to the worker: %s", error)
        return {}


def _save(fresh: Sequence[Photo], sights: Mapping[str, Sight], encoder: Encoder | None) -> int:
    seen = [photo for photo in fresh if photo.sha256 in sights]
    if encoder is not None and seen:
        save_sights([photo.pk for photo in seen], [sights[photo.sha256] for photo in seen], encoder.version)
    return len(seen)


def _read_ahead(
    products: Sequence[ProductDraft], pool: ThreadPoolExecutor
) -> Iterator[tuple[list[ProductDraft], list[list[_Read]]]]:
    """Chunks of drafts with their files read; the next chunk is being read while this one is written."""
    known = _known_photos()
    coming: tuple[list[ProductDraft], list[list[Future[_Read]]]] | None = None
    for drafts in _chunks(products):
        submitted = [[pool.submit(_read, photo, known) for photo in draft.photos] for draft in drafts]
        if coming is not None:
            yield coming[0], [[future.result() for future in futures] for futures in coming[1]]
        coming = (drafts, submitted)
    if coming is not None:
        yield coming[0], [[future.result() for future in futures] for futures in coming[1]]


def _chunks(products: Iterable[ProductDraft]) -> Iterator[list[ProductDraft]]:
    chunk: list[ProductDraft] = []
    photos = 0
    for draft in products:
        if chunk and photos + len(draft.photos) > CHUNK_PHOTOS:
            yield chunk
            chunk, photos = [], 0
        chunk.append(draft)
        photos += len(draft.photos)
    if chunk:
        yield chunk


def _known_photos() -> frozenset[str]:
    """Hashes of photos whose row and original are both there."""
    store = storage()
    rows = Photo.objects.only("sha256", "format", "width", "height").iterator()
    return frozenset(row.sha256 for row in rows if store.holds(row.sha256, extension_of(row)))


def _read(found: FoundFile, known: frozenset[str]) -> _Read:
    try:
        data = found.read()
        sha256 = images.sha256(data)
        return _Read(found, sha256) if sha256 in known else _Read(found, sha256, accept(data))
    except ParureError as error:
        return _Read(found, error=error)


@transaction.atomic
def _write_chunk(drafts: Sequence[ProductDraft], read: Sequence[list[_Read]], ledger: _Ledger) -> list[Photo]:
    fresh: list[Photo] = []
    known = all_stored([file.sha256 for files in read for file in files if file.sha256])
    for draft, files in zip(drafts, read, strict=True):
        good = []
        for file in files:
            if isinstance(file.error, StorageFull):
                raise file.error
            if file.error is not None:
                ledger.rejected.append(_refused(file.found, file.error))
            else:
                good.append(file)
        fresh += _write_product(draft, [(file, known.get(file.sha256)) for file in good], ledger)
    return fresh


def _write_product(draft: ProductDraft, read: Sequence[tuple[_Read, Photo | None]], ledger: _Ledger) -> list[Photo]:
    """One product, given its files and the rows that hold their bytes; returns what is new here."""
    files = [(file, known) for file, known in read if _free(file, known, draft.style_code, ledger)]
    if not files and draft.photos and draft.row is None:
        return []  # a product that would consist of refused photos alone
    try:
        with products.one_revision():
            product, outcome = _write_row(draft, ledger.by)
            given = [photo for file, known in files if (photo := _give(product, file, known, ledger.by)) is not None]
    except Conflict as error:
        ledger.rejected.append(_rejection(draft.style_code, "row", "deleted_by_person", str(error), draft.row))
        return []
    if given and outcome is Outcome.UNCHANGED:
        outcome = Outcome.UPDATED
    ledger.rows.append(RowReport(product.style_code, outcome, len(given), len(files) - len(given), draft.row))
    return given


def _free(file: _Read, known: Photo | None, style_code: str, ledger: _Ledger) -> bool:
    """Whether the photo may be given to the product: not another's in this run, not decided otherwise by a person."""
    owner = ledger.claimed.setdefault(file.sha256, style_code)
    if owner != style_code:
        detail = f"{file.found.source} has the same bytes as a photo of {owner}; a photo belongs to one product."
        ledger.rejected.append(_rejection(file.found.name, "file", "same_photo", detail))
        return False
    verdict = why_not(known, style_code) if known is not None else ""
    if verdict:
        ledger.rejected.append(_rejection(file.found.name, "file", "decided_by_person", verdict))
    return not verdict


def _write_row(draft: ProductDraft, by: Writer) -> tuple[Product, Outcome]:
    """Fields and statements; what a file name says is stated separately, because it ranks below the sheet."""
    product, outcome = write_product(draft.style_code, _change(draft, Source.IMPORT), by)
    named = _change(draft, Source.FILENAME)
    if named.statements:
        product, second = write_product(draft.style_code, named, Writer(Source.FILENAME, by.actor))
        outcome = second if outcome is Outcome.UNCHANGED else outcome
    return product, outcome


def _change(draft: ProductDraft, source: str) -> ProductChange:
    """A sheet row replaces all that the sheet said before; a bare photo only fills what is empty."""
    statements = tuple(StatementDraft(a.attribute, a.value) for a in draft.attributes if a.source == source)
    if source == Source.FILENAME:
        return ProductChange(statements=statements, stated=frozenset(s.attribute for s in statements))
    return ProductChange(
        given=draft.fields_given & {"title", "description", "price", "currency"},
        only_empty=draft.row is None,
        title=draft.title or "",
        description=draft.description or "",
        price=draft.price,
        currency=draft.currency or "",
        statements=statements,
        stated=frozenset() if draft.row is None else None,
    )


def _give(product: Product, file: _Read, known: Photo | None, by: Writer) -> Photo | None:
    """Give the photo to the product; its row if that changed anything."""
    if known is not None:
        return known if claim(known, product, by) else None
    if file.accepted is None:
        return None  # its row went between reading and writing; the next run takes it in
    name = file.found.name
    try:
        return insert(product, file.accepted, by, file_name=name.rpartition("/")[2], source_name=name)
    except IntegrityError:  # another import stored the same bytes a moment ago; the next run sees them
        return None


def _refused(found: FoundFile, error: ParureError) -> Rejection:
    reason = str(error.reason) if isinstance(error, ImageError) else error.code
    return _rejection(found.name, "file", reason, f"{found.source}: {error}")


def _rejection(item: str, kind: Literal["file", "row"], reason: str, detail: str, row: int | None = None) -> Rejection:
    return Rejection(item, kind, reason, detail, row)
