"""What was found, with or without a sheet -> what an import would do. The one place that decides where a photo goes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from parure.errors import SheetError
from parure.intake.drafts import ImportPlan, ProductDraft
from parure.intake.filename_facts import facts_in_name
from parure.intake.found import Found
from parure.intake.grouping import Group, group_photos
from parure.intake.mapping import ColumnMapping, guess_mapping
from parure.intake.names import title_from
from parure.intake.products import assemble
from parure.intake.rows import RowReader
from parure.intake.sheet import Sheet

if TYPE_CHECKING:
    from parure.taxonomy import Taxonomy

__all__ = ["plan_import"]


def plan_import(
    found: Found,
    sheet: Sheet | None,
    mapping: ColumnMapping | None,
    *,
    group_by: Literal["stem", "folder"] = "stem",
    taxonomy: Taxonomy,
) -> ImportPlan:
    """The plan, with every rejection so far in it. Without a `mapping` the guess is used.

    Raises `SheetError` if the sheet tells neither style codes nor photos.
    """
    if sheet is None:
        products = tuple(_from_group(group, taxonomy) for group in group_photos(found.files, group_by))
        return ImportPlan(products, found.rejected, found.notes)
    mapping = mapping or guess_mapping(sheet, taxonomy)
    _check(sheet, mapping)
    reader = RowReader(mapping, taxonomy)
    made = assemble((reader.read(row) for row in sheet.rows), found.files)
    rejected = (*found.rejected, *sheet.rejected, *made.rejected)
    return ImportPlan(made.products, rejected, (*found.notes, *sheet.notes, *_notes(made.named_after_file)))


def _from_group(group: Group, taxonomy: Taxonomy) -> ProductDraft:
    facts = facts_in_name(group.photos[0].name, group.label, taxonomy)
    return ProductDraft(
        style_code=group.code,
        title=title_from(group.label),
        description=None,
        price=None,
        currency=None,
        attributes=facts,
        photos=group.photos,
        row=None,
        fields_given=frozenset({"photos"}),
    )


def _check(sheet: Sheet, mapping: ColumnMapping) -> None:
    strange = next((item.column for item in mapping.targets if item.column not in sheet.columns), None)
    if strange is not None:
        raise SheetError(f"The mapping names a column {strange!r} that {sheet.name} does not have.")
    if not mapping.columns("style_code") and not mapping.columns("photos"):
        raise SheetError(
            f"{sheet.name} has no column for the style code and none for photo files, so no row can be told from "
            f"another. Its columns: {', '.join(sheet.columns[:12])}. Rename one to SKU, or name it in a mapping file."
        )


def _notes(named_after_file: int) -> tuple[str, ...]:
    if not named_after_file:
        return ()
    return (f"Rows without a style code were named after their photo ({named_after_file}).",)
