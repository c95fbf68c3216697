"""Writing products and what is stated about them: the only door for such changes, whoever makes them.

Every change that a search can show raises the product's revision in the same transaction; the index follows by
comparing revisions. What a person wrote is never overwritten by a weaker source.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

from django.db import IntegrityError, connection, transaction
from django.db.models import F
from django.utils import timezone

from parure import taxonomy
from parure.errors import Conflict, NotFound, TaxonomyError
from parure.web.catalogue import keywords, precedence
from parure.web.catalogue.models import AttributeValue, Event, Photo, Product, Source
from parure.web.catalogue.values import Outcome, ProductChange, StatementDraft, Writer
from parure.web.catalogue.wording import stated_in
from parure.web.worker import wakeup

__all__ = [
    "delete_product",
    "find_product",
    "log",
    "one_revision",
    "restore_product",
    "state_all",
    "touch",
    "write_product",
]

FIELDS = ("title", "description", "price", "currency")
_HUMAN = Source.MANUAL.value


@dataclass
class _Noted:
    """What `one_revision` writes at its end."""

    products: dict[int, Product] = field(default_factory=dict)
    events: list[Event] = field(default_factory=list)


_noted: ContextVar[_Noted | None] = ContextVar("noted", default=None)


def find_product(style_code: str, *, deleted: bool = False) -> Product:
    """The product with this code, whatever its case; raises `NotFound`."""
    askable = "\x00" not in style_code  # PostgreSQL takes no NUL, not even in a question
    found = Product.coded(style_code.strip()).first() if askable else None
    if found is None or (found.deleted_at is not None and not deleted):
        raise NotFound(f"There is no product with the style code {style_code!r}.")
    return found


@transaction.atomic
def write_product(style_code: str, change: ProductChange, by: Writer) -> tuple[Product, Outcome]:
    """Create or update. Raises `Conflict` when a person deleted the product and the writer is not a person."""
    product, created = _get_or_create(style_code)
    if product.deleted_at is not None:
        raise Conflict(f"{product.style_code} was deleted on {product.deleted_at:%Y-%m-%d}; restore it first.")
    changed = _set_fields(product, change, by)
    if changed:
        _read_words(product)
    changed |= _state(product, change, by)
    if not (created or changed):
        return product, Outcome.UNCHANGED
    touch(product)
    log("product.created" if created else "product.updated", by, product=product)
    return product, Outcome.ADDED if created else Outcome.UPDATED


@transaction.atomic
def delete_product(style_code: str, by: Writer) -> Product:
    """Take a product and its photos out of sight and out of the index; `restore_product` undoes it."""
    product = _locked(find_product(style_code))
    product.deleted_at = timezone.now()
    product.save(update_fields=["deleted_at"])
    touch(product)
    log("product.deleted", by, product=product)
    return product


@transaction.atomic
def restore_product(style_code: str, by: Writer) -> Product:
    product = _locked(find_product(style_code, deleted=True))
    if product.deleted_at is None:
        raise Conflict(f"{product.style_code} is not deleted.")
    product.deleted_at = None
    product.save(update_fields=["deleted_at"])
    touch(product)
    log("product.restored", by, product=product)
    return product


def state_all(product: Product, drafts: Iterable[StatementDraft], by: Writer) -> bool:
    """Replace all that a machine said of a product before; True if anything differs. The caller says `touch`.

    Statements without a model version were not made by a machine that could take them back, and stay.
    """
    for draft in (drafts := tuple(drafts)):
        _check(draft, by)
    held = AttributeValue.objects.filter(product=product, source=by.source).exclude(model_version="")
    present = {(*_row_key(row), row.confidence): row for row in held}
    wanted = {(*_statement_key(draft), draft.confidence): draft for draft in drafts}
    gone = [row for key, row in present.items() if key not in wanted]
    fresh = [draft for key, draft in wanted.items() if key not in present]
    AttributeValue.objects.filter(pk__in=[row.pk for row in gone]).delete()
    AttributeValue.objects.bulk_create(_rows(product, fresh, by))
    if gone or fresh:
        _decide(product, {row.attribute for row in gone} | {draft.attribute for draft in fresh})
    return bool(gone or fresh)


def touch(product: Product) -> None:
    """Say that something searchable changed: new revision, keywords follow, the worker wakes when it is stored.

    Call inside the change's transaction. Inside `one_revision` the products are only noted, for its end.
    """
    noted = _noted.get()
    if noted is not None:
        noted.products[product.pk] = product
        return
    Product.objects.filter(pk=product.pk).update(revision=F("revision") + 1, updated_at=timezone.now())
    product.refresh_from_db(fields=["revision", "updated_at"])
    keywords.update(product)
    transaction.on_commit(wakeup.notify)


@contextmanager
def one_revision() -> Iterator[None]:
    """One transaction, and one new revision for each product however often it changes in it."""
    with transaction.atomic():
        noted = _Noted()
        token = _noted.set(noted)
        try:
            yield
        finally:
            _noted.reset(token)
        for product in noted.products.values():
            touch(product)
        Event.objects.bulk_create(noted.events)


def log(kind: str, by: Writer, *, product: Product | None = None, photo: Photo | None = None, **data: object) -> None:
    event = Event(kind=kind, actor=by.actor, product=product, photo=photo, data=data)
    noted = _noted.get()
    if noted is None:
        event.save(force_insert=True)
    else:
        noted.events.append(event)


def _get_or_create(style_code: str) -> tuple[Product, bool]:
    found = Product.coded(style_code).first()
    if found is not None:
        return _locked(found), False
    try:
        with transaction.atomic():
            return Product.objects.create(style_code=style_code), True
    except IntegrityError:  # another writer made it a moment ago
        return _locked(Product.coded(style_code).get()), False


def _locked(product: Product) -> Product:
    """The row, locked until the transaction ends (SQLite's write transaction already excludes others)."""
    if not connection.features.has_select_for_update:
        return product
    return Product.objects.select_for_update().get(pk=product.pk)


def _set_fields(product: Product, change: ProductChange, by: Writer) -> bool:
    """Assign the given fields that the writer may set; True if any value differs."""
    manual = by.source == _HUMAN
    open_fields = [name for name in FIELDS if name in change.given and (manual or name not in product.manual_fields)]
    if change.only_empty:
        open_fields = [name for name in open_fields if getattr(product, name) in ("", None)]
    differing = [name for name in open_fields if getattr(product, name) != getattr(change, name)]
    for name in differing:
        setattr(product, name, getattr(change, name))
    claimed = sorted({*product.manual_fields, *open_fields}) if manual else product.manual_fields
    if differing or claimed != product.manual_fields:
        product.manual_fields = claimed
        product.save(update_fields=[*differing, "manual_fields"])
    return bool(differing)


def _state(product: Product, change: ProductChange, by: Writer) -> bool:
    """Bring the writer's statements in line with the change; True if any came or went."""
    wanted = {_statement_key(draft): draft for draft in change.statements}
    for draft in change.statements:
        _check(draft, by)
    held = AttributeValue.objects.filter(product=product, source=by.source)
    if change.stated is not None:
        held = held.filter(attribute__in=change.stated)
    present = {_row_key(row): row for row in held}
    gone = [row.pk for key, row in present.items() if key not in wanted]
    fresh = [draft for key, draft in wanted.items() if key not in present]
    AttributeValue.objects.filter(pk__in=gone).delete()
    AttributeValue.objects.bulk_create(_rows(product, fresh, by))
    if gone or fresh:
        _decide(product, {row.attribute for row in present.values()} | {draft.attribute for draft in fresh})
    return bool(gone or fresh)


def _read_words(product: Product) -> None:
    """What title and description say, as statements below all sheets and people."""
    said = ProductChange(statements=stated_in(product.title, product.description), stated=None)
    _state(product, said, Writer(Source.TEXT, "words"))


def _rows(product: Product, drafts: Iterable[StatementDraft], by: Writer) -> list[AttributeValue]:
    return [
        AttributeValue(
            product=product,
            attribute=draft.attribute,
            value=draft.value,
            source=by.source,
            confidence=draft.confidence,
            model_version=draft.model_version,
            author_id=by.user_id,
        )
        for draft in drafts
    ]


def _check(draft: StatementDraft, by: Writer) -> None:
    """The value is in the vocabulary, and the writer can know it."""
    attribute = taxonomy.load().attribute(draft.attribute)
    if draft.value and attribute.kind == "choice":
        taxonomy.load().value(draft.attribute, draft.value)
    if by.source == Source.VISION and not attribute.visible:
        raise TaxonomyError(f"{attribute.label} cannot be seen in a photo, so it is not taken from vision.")


def _statement_key(draft: StatementDraft) -> tuple[str, str, str]:
    return draft.attribute, draft.value, draft.model_version


def _row_key(row: AttributeValue) -> tuple[str, str, str]:
    return row.attribute, row.value, row.model_version


def _decide(product: Product, attributes: set[str]) -> None:
    rows = AttributeValue.objects.filter(product=product, attribute__in=attributes)
    held = precedence.effective(
        precedence.Statement(row.pk, row.attribute, row.value, row.source, row.confidence, row.model_version)
        for row in rows
    )
    rows.filter(pk__in=held).update(effective=True)
    rows.exclude(pk__in=held).update(effective=False)
