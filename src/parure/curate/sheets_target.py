"""What a column of a source can mean: the targets of `parure import`, and fields of the shop's own with a type."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from parure.errors import IntakeError, UnknownAttribute
from parure.intake.mapping import ATTRIBUTE_PREFIX, FIELDS, IGNORE

if TYPE_CHECKING:
    from parure.taxonomy import Taxonomy

__all__ = ["OWN_TYPES", "PLAIN_FIELDS", "SOURCES_COLUMN", "Kind", "Target", "read_target"]

OWN_TYPES = ("text", "number", "date")
SOURCES_COLUMN = "sources"  # of the output: which sources know the style
PLAIN_FIELDS = ("style_code", "vendor_sku", *FIELDS[1:])  # in the order of the output
_NAME = re.compile(r"[A-Za-z]\w{0,59}")


class Kind(Enum):
    CODE = "style_code"
    SKU = "vendor_sku"
    TITLE = "title"
    DESCRIPTION = "description"
    PRICE = "price"
    CURRENCY = "currency"
    PHOTOS = "photos"
    ATTRIBUTE = "attribute"
    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    IGNORE = "ignore"


_MANY = frozenset({Kind.PHOTOS, Kind.ATTRIBUTE, Kind.IGNORE})  # several columns of one source may fill them


@dataclass(frozen=True)
class Target:
    """`field` is the column of the output it fills."""

    kind: Kind
    field: str

    @property
    def takes_several(self) -> bool:
        return self.kind in _MANY


def read_target(text: str, taxonomy: Taxonomy) -> Target:
    """From "price", "attribute:metal", "number:weight_g", "ignore". Raises `IntakeError` without a place."""
    if text == IGNORE or text in PLAIN_FIELDS:
        return Target(Kind(text), text)
    if text.startswith(ATTRIBUTE_PREFIX):
        attribute = text.removeprefix(ATTRIBUTE_PREFIX)
        try:
            taxonomy.attribute(attribute)
        except UnknownAttribute as error:
            raise IntakeError(str(error)) from error
        return Target(Kind.ATTRIBUTE, attribute)
    kind, colon, name = text.partition(":")
    if colon and kind in OWN_TYPES:
        return Target(Kind(kind), _own_name(name, taxonomy))
    known = (*PLAIN_FIELDS, f"{ATTRIBUTE_PREFIX}<attribute>", *(f"{kind}:<name>" for kind in OWN_TYPES), IGNORE)
    near = difflib.get_close_matches(text, known, n=1, cutoff=0.6)
    hint = f"Did you mean {near[0]}?" if near else f"Use one of: {', '.join(known)}."
    raise IntakeError(f"{text!r} is not a target. {hint}")


def _own_name(name: str, taxonomy: Taxonomy) -> str:
    if not _NAME.fullmatch(name):
        raise IntakeError(f"{name!r} cannot name a column: write letters, digits and _, beginning with a letter.")
    if name in PLAIN_FIELDS or name == SOURCES_COLUMN:
        raise IntakeError(f"{name!r} is a field already; choose another name, or write {name} without a type.")
    if name in taxonomy.attributes:
        raise IntakeError(f"{name!r} is an attribute; write {ATTRIBUTE_PREFIX}{name}, or choose another name.")
    return name
