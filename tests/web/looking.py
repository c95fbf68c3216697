"""A worker that looks for pieces, and products with photos of known pieces."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager

from PIL import Image

from parure import settings
from parure.vision import Encoder, Pixels
from parure.web.catalogue.models import Photo
from parure.web.catalogue.photos import accept, attach
from parure.web.catalogue.products import write_product
from parure.web.catalogue.runtime import runtime
from parure.web.catalogue.values import ProductChange, StatementDraft, Writer
from parure.web.worker.loop import Worker
from tests.analyser import ColumnAnalyser

__all__ = ["SHEET", "give", "png", "use", "work"]

SHEET = Writer("import", "parure import")


def use(encoder: Encoder | None = None) -> Encoder:
    """Make it the active encoder until the runtime is closed."""
    made = encoder or ColumnAnalyser()
    runtime()._encoders[settings.get().encoder] = made
    return made


def give(code: str, pixels: Pixels, **held: str) -> Photo:
    """A product as a sheet brings it, and one more photo of it."""
    drafts = tuple(StatementDraft(attribute, value) for attribute, value in held.items())
    product, _ = write_product(code, ProductChange(statements=drafts, stated=frozenset(held)), SHEET)
    return attach(product, accept(png(pixels)), SHEET, file_name="front.png")


def png(pixels: Pixels) -> bytes:
    stream = io.BytesIO()
    Image.fromarray(pixels).save(stream, "PNG")
    return stream.getvalue()


def work() -> None:
    """All that the worker finds to do."""
    with _worker() as worker:
        worker.finish()


@contextmanager
def _worker() -> Iterator[Worker]:
    made = Worker(runtime())
    yield made
    made.close()
