"""Every error Parure raises on purpose, drawn as one tree.

    ParureError
    ├── SettingsError            a setting is missing or has a value that cannot work
    ├── MissingExtra             an optional package is not installed
    ├── TaxonomyError            a word outside the vocabulary
    │   ├── UnknownAttribute
    │   └── UnknownValue
    ├── ImageError               bytes that do not become pixels; carries an `ImageReason`
    ├── IntakeError              a folder, zip, sheet or mapping that cannot be read
    │   └── SheetError
    ├── ModelError               a model file that is missing, damaged or of another shape
    │   └── TextNotSupported     the encoder has no text tower
    ├── VectorIndexError
    │   ├── IndexLocked          another process holds the index; names it
    │   └── IndexDamaged
    ├── RenderError              a design that cannot be read, built or pictured
    ├── QueryError               a search that cannot be answered as asked
    ├── NotFound                 no such product, photo, user, ...
    ├── Conflict                 the change contradicts what is stored
    ├── StorageFull              the disk is full; nothing half-written is left behind
    └── Busy                     another process does this work already; names it

A message says what happened, to which file or field, and what to do. `code` is stable and machine-readable:
the API sends it, tests compare it.
"""

from __future__ import annotations

from enum import StrEnum
from typing import ClassVar

__all__ = [
    "Busy",
    "Conflict",
    "ImageError",
    "ImageReason",
    "IndexDamaged",
    "IndexLocked",
    "IntakeError",
    "MissingExtra",
    "ModelError",
    "NotFound",
    "ParureError",
    "QueryError",
    "RenderError",
    "SettingsError",
    "SheetError",
    "StorageFull",
    "TaxonomyError",
    "TextNotSupported",
    "UnknownAttribute",
    "UnknownValue",
    "VectorIndexError",
]


class ParureError(Exception):
    """Base of all errors a caller may want to catch. `str(error)` is fit to show to a person."""

    code: ClassVar[str] = "error"


class SettingsError(ParureError):
    code = "settings"


class MissingExtra(ParureError):
    """An optional package is missing; the message holds the install command."""

    code = "missing_extra"

    def __init__(self, feature: str, extra: str) -> None:
        super().__init__(f'{feature} needs an optional package. Install it with: pip install "parure[{extra}]"')
        self.extra = extra


class TaxonomyError(ParureError):
    code = "taxonomy"


class UnknownAttribute(TaxonomyError):
    code = "unknown_attribute"


class UnknownValue(TaxonomyError):
    """A value outside the vocabulary; `nearest` are allowed value ids, best first."""

    code = "unknown_value"

    def __init__(self, message: str, *, attribute: str, value: str, nearest: tuple[str, ...]) -> None:
        super().__init__(message)
        self.attribute = attribute
        self.value = value
        self.nearest = nearest


class ImageReason(StrEnum):
    """Why a file did not become a picture. Stable: stored, shown, filtered by."""

    EMPTY = "empty"
    TOO_MANY_BYTES = "too_many_bytes"
    TOO_MANY_PIXELS = "too_many_pixels"
    TOO_SMALL = "too_small"
    NOT_AN_IMAGE = "not_an_image"
    VECTOR_GRAPHIC = "vector_graphic"
    UNSUPPORTED_FORMAT = "unsupported_format"
    TRUNCATED = "truncated"
    CORRUPT = "corrupt"
    UNREADABLE = "unreadable"  # the file itself could not be opened or is gone


class ImageError(ParureError):
    code = "image"

    def __init__(self, reason: ImageReason, message: str) -> None:
        super().__init__(message)
        self.reason = reason


class IntakeError(ParureError):
    code = "intake"


class SheetError(IntakeError):
    code = "sheet"


class ModelError(ParureError):
    code = "model"


class TextNotSupported(ModelError):
    code = "text_not_supported"


class VectorIndexError(ParureError):
    code = "index"


class IndexLocked(VectorIndexError):
    code = "index_locked"


class IndexDamaged(VectorIndexError):
    code = "index_damaged"


class RenderError(ParureError):
    code = "render"


class QueryError(ParureError):
    code = "query"


class NotFound(ParureError):
    code = "not_found"


class Conflict(ParureError):
    code = "conflict"


class StorageFull(ParureError):
    code = "storage_full"


class Busy(ParureError):
    code = "busy"
