"""The styles that new photos may show: those of a sheet, and those of the catalogue, each with its category."""

from __future__ import annotations

from pathlib import Path

from parure.curate.judging_styles import StyleBook, read_style_book
from parure.curate.names_styles import KnownStyle
from parure.curate.template_category import category_of
from parure.web.catalogue.models import AttributeValue, Product

__all__ = ["known_styles"]


def known_styles(sheet: Path | None) -> StyleBook:
    """What the sheet says of a style stands above the catalogue. Raises `IntakeError`."""
    stated = read_style_book(sheet) if sheet else StyleBook()
    codes = {style.code for style in stated.styles}
    rest = [code for code in _codes() if code not in codes]
    styles = (*stated.styles, *(KnownStyle(code) for code in rest))
    types = {**_types(), **stated.types}
    own = {code: category_of(type_id) for code, type_id in types.items()}
    return StyleBook(styles, {**own, **stated.categories}, types)


def _codes() -> list[str]:
    held = Product.objects.filter(deleted_at=None).order_by("style_code")
    return list(held.values_list("style_code", flat=True))


def _types() -> dict[str, str]:
    held = AttributeValue.objects.filter(attribute="type", effective=True, product__deleted_at=None).exclude(value="")
    return dict(held.values_list("product__style_code", "value"))
