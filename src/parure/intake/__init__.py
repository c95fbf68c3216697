"""What a person hands in: folders, zips, photos and sheets, turned into a plan of products. Pure: no database."""

from parure.intake.discovery import discover
from parure.intake.drafts import AttributeDraft, ImportPlan, ProductDraft
from parure.intake.found import Found, FoundFile, Rejection
from parure.intake.mapping import ColumnMapping, ColumnTarget, guess_mapping
from parure.intake.mapping_file import dump_mapping, load_mapping
from parure.intake.plan import plan_import
from parure.intake.sheet import Sheet, SheetRow, read_sheet, read_sheet_parts

__all__ = [
    "AttributeDraft",
    "ColumnMapping",
    "ColumnTarget",
    "Found",
    "FoundFile",
    "ImportPlan",
    "ProductDraft",
    "Rejection",
    "Sheet",
    "SheetRow",
    "discover",
    "dump_mapping",
    "guess_mapping",
    "load_mapping",
    "plan_import",
    "read_sheet",
    "read_sheet_parts",
]
