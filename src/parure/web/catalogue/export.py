"""The catalogue as files: a sheet that `parure import` reads back, and the originals beside it if wished.

Only effective values are written, one column per attribute in use; several values of one attribute are joined
with "; ", as are the photos. Text that a spreadsheet would run as a formula is kept from doing so.
"""

from __future__ import annotations

import csv
import json
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path

from parure.errors import Conflict
from parure.web.catalogue.filters import live_products
from parure.web.catalogue.photos import storage
from parure.web.catalogue.reader import views
from parure.web.catalogue.values import PhotoView, ProductView

__all__ = ["export_catalogue"]

_FIELDS = ("style_code", "title", "description", "price", "currency", "photos")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_PAGE = 500


def export_catalogue(target: Path, *, photos: bool, overwrite: bool = False) -> int:
    """Write `target` (.csv or .jsonl), originals into a `photos` folder beside it; returns the number of products.

    Raises `Conflict` when the file exists and may not be replaced.
    """
    if target.exists() and not overwrite:
        raise Conflict(f"{target} exists. Choose another name or add --overwrite.")
    target.parent.mkdir(parents=True, exist_ok=True)
    aside = target.with_name(target.name + ".part")
    write = _write_jsonl if target.suffix == ".jsonl" else _write_csv
    count = write(aside)
    aside.replace(target)
    if photos:
        _copy_photos(target.parent / "photos")
    return count


def photo_name(product: ProductView, photo: PhotoView) -> str:
    """A readable, unique name: the style code, the place in the gallery and the start of the hash."""
    safe = "".join(letter if letter.isalnum() or letter in "-_." else "_" for letter in product.style_code)
    place = product.photos.index(photo) + 1
    return f"{safe}_{place}_{photo.sha256[:8]}.{photo.format.replace('jpeg', 'jpg')}"


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


def _copy_photos(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    store = storage()
    for product in _products():
        for photo in product.photos:
            extension = "." + photo.format.replace("jpeg", "jpg")
            target = folder / photo_name(product, photo)
            if not target.exists() and store.holds(photo.sha256, extension):
                shutil.copyfile(store.path_of(photo.sha256, extension), target)
