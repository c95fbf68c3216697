"""What the photos of a product show, as statements of the source `vision` about it.

Only what the vocabulary says a photo can show, and only from the set probability upwards. Everybody else's word
outranks it (`precedence.py`); a statement that is outranked is kept and shown as a suggestion.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import QuerySet

from parure import settings, taxonomy
from parure.web.catalogue.beliefs import from_json
from parure.web.catalogue.fusing import fuse
from parure.web.catalogue.models import AttributeValue, Piece, Product, Source
from parure.web.catalogue.products import log, state_all, touch
from parure.web.catalogue.values import StatementDraft, Writer

__all__ = ["outdated", "shown", "tag_products"]

WORKER = Writer(Source.VISION, "worker")


def tag_products(products: Iterable[int], encoder: str = "") -> int:
    """Bring these products' statements in line with what their photos show; returns how many products changed.

    Without an encoder version, that of the newest analysis of each product counts. Call inside a transaction.
    """
    changed = 0
    for product in Product.objects.filter(pk__in=set(products)).order_by("pk"):
        if state_all(product, shown(product, encoder), WORKER):
            touch(product)
            log("product.updated", WORKER, product=product)
            changed += 1
    return changed


def shown(product: Product, encoder: str = "") -> tuple[StatementDraft, ...]:
    """What the product's photos in sight show, by this encoder version or that of the newest analysis."""
    main = Piece.objects.filter(photo__product=product, photo__deleted_at=None, place=0)
    newest = encoder or main.order_by("-pk").values_list("encoder", flat=True).first()
    held = main.filter(encoder=newest).order_by("photo_id").values_list("beliefs", flat=True)
    return tuple(_drafts(held, newest or ""))


def outdated() -> list[int]:
    """Products whose stored statements are not what their photos show (another threshold, a moved photo)."""
    analysed = Piece.objects.filter(place=0).values_list("photo__product_id", flat=True)
    stated = _machine_made().values_list("product_id", flat=True)
    wrong = []
    for product in Product.objects.filter(pk__in={*analysed, *stated}).iterator():
        wanted = {(d.attribute, d.value, d.confidence, d.model_version) for d in shown(product)}
        rows = _machine_made().filter(product=product)
        if wanted != set(rows.values_list("attribute", "value", "confidence", "model_version")):
            wrong.append(product.pk)
    return wrong


def _machine_made() -> QuerySet[AttributeValue]:
    return AttributeValue.objects.filter(source=Source.VISION).exclude(model_version="")


def _drafts(photos: Iterable[Sequence[Any]], encoder: str) -> Iterable[StatementDraft]:
    words, least = taxonomy.load(), settings.get().vision_threshold
    fused = fuse([from_json(stored) for stored in photos])
    for name, (value, probability) in fused.items():
        attribute = words.attributes.get(name)
        known = attribute.values.get(value) if attribute is not None and attribute.visible else None
        if known is not None and known.visible and probability >= least:
            yield StatementDraft(name, value, round(probability, 4), encoder)
