"""The catalogue as files: a sheet that `parure import` reads back, and the originals beside it if wished.

Only effective values are written, one column per attribute in use; several values of one attribute are joined
with "; ", as are the photos. Text that a spreadsheet would run as a formula is kept from doing so.
"""

from __future__ import annotations

import csv
import json
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from parure.errors import Conflict
from parure.images import Header
from parure.web.catalogue.filters import live_products
from parure.web.catalogue.photos import storage
from parure.web.catalogue.reader import views
from parure.web.catalogue.values import PhotoView, ProductView

__all__ = ["Exported", "export_catalogue"]

_FIELDS = ("style_code", "title", "description", "price", "currency", "photos")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_PAGE = 500


@dataclass(frozen=True)
class Exported:
    """How many products were written, and how many of their originals are missing from the data folder."""

    products: int
    missing: int = 0


def export_catalogue(target: Path, *, photos: bool, overwrite: bool = False) -> Exported:
    """Write `target` (.csv or .jsonl), with originals in a `photos` folder beside it.

    Raises `Conflict` when the file exists and may not be replaced.
    """
    if target.exists() and not overwrite:
        raise Conflict(f"{target} exists. Choose another name or add --overwrite.")
    target.parent.mkdir(parents=True, exist_ok=True)
    aside = target.with_name(target.name + ".part")
    write = _write_jsonl if target.suffix == ".jsonl" else _write_csv
    count = write(aside)
    aside.replace(target)
    return Exported(count, _copy_photos(target.parent / "photos") if photos else 0)


def photo_name(product: ProductView, photo: PhotoView) -> str:
    """A readable, unique name: the style code, the place in the gallery and the start of the hash."""
    safe = "".join(letter if letter.isalnum() or letter in "-_." else "_" for letter in product.style_code)
    place = product.photos.index(photo) + 1
    return f"{safe}_{place}_{photo.sha256[:8]}{_extension(photo)}"


def _products() -> Iterator[ProductView]:
    numbers = list(live_products().order_by("style_code").values_list("pk", flat=True))
    for start in range(0, len(numbers), _PAGE):
        yield from views(numbers[start : start + _PAGE])


def _write_csv(path: Path) -> int:
    attributes = sorted({a.attribute for product in _products() for a in product.attributes})
    count = 0
    with path.open("w", newline="", encoding="utf-8-sig") as file:
        writer = csv.writer(file)
        writer.writerow([*_FIELDS, *attributes])
        for product in _products():
            writer.writerow([_cell(text) for text in (*_fields(product), *_values(product, attributes))])
            count += 1
    return count


def _write_jsonl(path: Path) -> int:
    count = 0
    with path.open("w", encoding="utf-8") as file:
        for product in _products():
            held = list(dict.fromkeys(a.attribute for a in product.attributes))
            attributes = dict(zip(held, _values(product, held), strict=True))
            row = {**dict(zip(_FIELDS, _fields(product), strict=True)), "attributes": attributes}
            file.write(json.dumps(row, ensure_ascii=False) + "\n")
            count += 1
    return count


def _fields(product: ProductView) -> list[str]:
    price = "" if product.price is None else str(product.price)
    names = "; ".join(photo_name(product, photo) for photo in product.photos)
    return [product.style_code, product.title, product.description, price, product.currency if price else "", names]


def _values(product: ProductView, attributes: Sequence[str]) -> list[str]:
    return ["; ".join(a.value for a in product.attributes if a.attribute == wanted) for wanted in attributes]


def _cell(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA) else text


def _extension(photo: PhotoView) -> str:
    return Header(photo.format, photo.width, photo.height).extension


def _copy_photos(folder: Path) -> int:
    """Copy what is not there yet, each under a name that never holds half a file; returns how many are missing."""
    folder.mkdir(parents=True, exist_ok=True)
    store, missing = storage(), 0
    for product in _products():
        for photo in product.photos:
            target = folder / photo_name(product, photo)
            if not store.holds(photo.sha256, _extension(photo)):
                missing += 1
            elif not target.exists():
                aside = target.with_name(target.name + ".part")
                shutil.copyfile(store.path_of(photo.sha256, _extension(photo)), aside)
                aside.replace(target)
    return missing
