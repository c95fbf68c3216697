"""Rows of a sheet and the photos they mean -> products. The first row of a style code leads, later ones may add.

Sheets come with one row per product or one row per photo; both are the same here: a later row that says nothing else
brings its photos along, one that contradicts is turned away and named.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath

from parure.intake.claims import CodeIndex, PhotoIndex, Reference, ordered, split_references
from parure.intake.drafts import AttributeDraft, ProductDraft
from parure.intake.found import FoundFile, Rejection
from parure.intake.names import MAX_CODE, even, stem_of, style_code_from
from parure.intake.rows import RowReading, holds_controls

__all__ = ["Assembly", "assemble"]

_SINGLE = ("title", "description", "price", "currency")


@dataclass(frozen=True)
class Assembly:
    products: tuple[ProductDraft, ...]
    rejected: tuple[Rejection, ...]
    named_after_file: int  # rows without a style code of their own


@dataclass
class _Product:
    reading: RowReading  # of the first row, filled up by later ones
    photos: list[FoundFile] = field(default_factory=list)
    names_photos: bool = False


@dataclass
class _Bench:
    """Everything in the making: products by style code, photos by the product that claimed them."""

    index: PhotoIndex
    products: dict[str, _Product] = field(default_factory=dict)
    claimed: dict[FoundFile, str] = field(default_factory=dict)
    doomed: dict[FoundFile, Rejection] = field(default_factory=dict)  # photos of rows that were turned away
    rejected: list[Rejection] = field(default_factory=list)
    named_after_file: int = 0

    def reject_row(self, reading: RowReading, reason: str, detail: str, references: Sequence[Reference] = ()) -> None:
        rejection = Rejection(f"row {reading.number}", "row", reason, detail, reading.number)
        self.rejected.append(rejection)
        for reference in references:
            self.doomed.update(dict.fromkeys(reference.candidates, rejection))

    def reject_cell(self, reading: RowReading, reason: str, detail: str) -> None:
        self.rejected.append(Rejection(f"row {reading.number}", "cell", reason, detail, reading.number))


def assemble(readings: Iterable[RowReading], files: Sequence[FoundFile]) -> Assembly:
    """Every file ends in one product or in one rejection of kind "file"."""
    bench = _Bench(PhotoIndex(files))
    for reading in readings:
        _take(reading, bench)
    _claim_by_code(files, bench)
    for file in files:
        if file not in bench.claimed:
            bench.rejected.append(_left_over(file, bench.doomed.get(file)))
    drafts = tuple(_draft(product) for product in bench.products.values())
    return Assembly(drafts, tuple(bench.rejected), bench.named_after_file)


def _take(reading: RowReading, bench: _Bench) -> None:
    references = [found for cell in reading.photo_cells for found in split_references(cell, bench.index)]
    reading = _with_code(reading, references, bench)
    where = f"Row {reading.number}"
    bench.rejected.extend(reading.rejected)
    if not reading.code:
        bench.reject_row(reading, "no_style_code", f"{where} has neither a style code nor a photo to name it after.")
        return
    if holds_controls(reading.code):
        detail = f"{where}: the style code {reading.code[:40]!r} holds control characters; type it again."
        bench.reject_row(reading, "bad_style_code", detail, references)
        return
    reading = _with_short_code(reading, bench)
    product = bench.products.setdefault(even(reading.code), _Product(reading))
    if product.reading is not reading and not _merge(reading, product, references, bench):
        return
    product.names_photos = product.names_photos or bool(references)
    for reference in references:
        _claim(reference, reading, product, bench)


def _with_code(reading: RowReading, references: Sequence[Reference], bench: _Bench) -> RowReading:
    """A row without a style code is named after its first photo: by stem, or by path where the stem is not unique."""
    if reading.code or not references:
        return reading
    bench.named_after_file += 1
    first = references[0]
    name = first.candidates[0].name if first.candidates else first.text.replace("\\", "/")
    unique = bench.index.with_stem(stem_of(name)) <= 1
    code = style_code_from(stem_of(name) if unique else str(PurePosixPath(name).with_suffix("")))
    return replace(reading, code=code)


def _with_short_code(reading: RowReading, bench: _Bench) -> RowReading:
    if len(reading.code) <= MAX_CODE:
        return reading
    code = style_code_from(reading.code)
    detail = f"Row {reading.number}: the style code has {len(reading.code)} characters; it was shortened to {code!r}."
    bench.reject_cell(reading, "long_style_code", detail)
    return replace(reading, code=code)


def _merge(later: RowReading, product: _Product, references: Sequence[Reference], bench: _Bench) -> bool:
    """Fill the product up from a later row; False if the row contradicts it and was rejected."""
    first = product.reading
    differing = _differences(first, later)
    if differing == ["description"] and references:  # one row per photo: its text is about the photo, not the piece
        detail = (
            f"Row {later.number}: the description differs from row {first.number}, which was kept; the photo was added."
        )
        bench.reject_cell(later, "conflicting_value", detail)
    elif differing:
        detail = (
            f"Row {later.number} repeats the style code {later.code!r} of row {first.number} with another "
            f"{', '.join(differing)}. The first row was kept; give one of them its own code."
        )
        bench.reject_row(later, "duplicate_style_code", detail, references)
        return False
    product.reading = _filled(first, later)
    return True


def _differences(first: RowReading, later: RowReading) -> list[str]:
    """Fields that both rows state with different content."""
    fields = [
        name
        for name in _SINGLE
        if None not in (getattr(first, name), getattr(later, name)) and getattr(first, name) != getattr(later, name)
    ]
    one, other = _values(first.attributes), _values(later.attributes)
    return fields + [name for name in one if name in other and one[name] != other[name]]


def _values(attributes: Sequence[AttributeDraft]) -> dict[str, set[str]]:
    values: dict[str, set[str]] = {}
    for draft in attributes:
        values.setdefault(draft.attribute, set()).add(draft.value)
    return values


def _filled(first: RowReading, later: RowReading) -> RowReading:
    known = _values(first.attributes)
    added = tuple(draft for draft in later.attributes if draft.attribute not in known)
    return replace(
        first,
        title=first.title or later.title,
        description=first.description or later.description,
        price=later.price if first.price is None else first.price,
        currency=first.currency or later.currency,
        attributes=first.attributes + added,
        given=first.given | later.given,
    )


def _claim(reference: Reference, reading: RowReading, product: _Product, bench: _Bench) -> None:
    found = reference.candidates
    named = f"Row {reading.number} names the photo {reference.text[:80]!r}"
    if not found:
        detail = f"{named}, which is not among the files. Addresses are not downloaded; pass the photo itself."
        bench.reject_cell(reading, "photo_not_found", detail)
    elif len({PurePosixPath(file.name).with_suffix("") for file in found}) > 1:
        detail = f"{named}, which may be {found[0].name} or {found[1].name}. Write the folder before the name."
        bench.reject_cell(reading, "photo_ambiguous", detail)
    else:
        for file in found:
            _claim_file(file, reading, product, bench)


def _claim_file(file: FoundFile, reading: RowReading, product: _Product, bench: _Bench) -> None:
    key = even(product.reading.code)
    owner = bench.claimed.setdefault(file, key)
    if owner != key:
        other = bench.products[owner].reading
        detail = f"Row {reading.number} names {file.name}, which row {other.number} ({other.code}) has already."
        bench.reject_cell(reading, "photo_claimed", detail)
    elif file not in product.photos:
        product.photos.append(file)


def _claim_by_code(files: Sequence[FoundFile], bench: _Bench) -> None:
    """Photos whose names begin with a style code go to it, where its rows name no photos themselves."""
    codes = CodeIndex([product.reading.code for product in bench.products.values()])
    for file in ordered([file for file in files if file not in bench.claimed and file not in bench.doomed]):
        code = codes.code_of(file)
        if code is not None and not (product := bench.products[even(code)]).names_photos:
            bench.claimed[file] = even(code)
            product.photos.append(file)


def _left_over(file: FoundFile, rejected_row: Rejection | None) -> Rejection:
    if rejected_row is not None:
        detail = (
            f"{file.name} belongs to {rejected_row.item}, which was rejected ({rejected_row.reason}). Mend that row."
        )
        return Rejection(file.name, "file", "row_rejected", detail, rejected_row.row)
    detail = f"No row of the sheet names {file.name}. Add it to the sheet, or import it without --sheet."
    return Rejection(file.name, "file", "no_row", detail)


def _draft(product: _Product) -> ProductDraft:
    reading = product.reading
    return ProductDraft(
        style_code=reading.code,
        title=reading.title,
        description=reading.description,
        price=reading.price,
        currency=reading.currency,
        attributes=reading.attributes,
        photos=tuple(product.photos),
        row=reading.number,
        fields_given=reading.given,
    )
