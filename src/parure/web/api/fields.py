"""The kinds of text and number that come in, with their limits, so that the description shows what is accepted.

Limits follow the columns: a database cuts or refuses what is longer. PostgreSQL cannot store NUL, so it stops here.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated

from pydantic import AfterValidator, Field, StringConstraints

__all__ = [
    "BoxText",
    "Currency",
    "Limit",
    "Number",
    "Offset",
    "PieceNumber",
    "Price",
    "StyleCode",
    "Text",
    "Title",
    "WeightsText",
    "Words",
    "check_text",
]

_LARGEST = 2**63 - 1  # what a 64-bit column holds


def check_text(text: str) -> str:
    if "\x00" in text:
        raise ValueError("has a NUL character")
    return text


def _check_printable(text: str) -> str:
    if any(ord(character) < 32 or ord(character) == 127 for character in text):
        raise ValueError("has a control character")
    return text


_NO_NUL = AfterValidator(check_text), Field(json_schema_extra={"pattern": r"^[^\x00]*$"})

Text = Annotated[str, StringConstraints(max_length=20_000), *_NO_NUL]
Title = Annotated[str, StringConstraints(max_length=500), *_NO_NUL]
Words = Annotated[str, StringConstraints(max_length=1000), *_NO_NUL]
Value = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200), *_NO_NUL]
StyleCode = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=100),
    AfterValidator(_check_printable),
    Field(json_schema_extra={"pattern": r"^[^\x00-\x1f\x7f]*[^\x00-\x20\x7f][^\x00-\x1f\x7f]*$"}),
]
Currency = Annotated[str, Field(pattern=r"^([A-Z]{3})?$", description="three capital letters, or empty for the shop's")]
Price = Annotated[Decimal, Field(ge=0, max_digits=14, decimal_places=2)]
Number = Annotated[int, Field(ge=1, le=_LARGEST)]
Limit = Annotated[int, Field(ge=1, le=200, description="how many; the shop's page size when left out")]
Offset = Annotated[int, Field(ge=0, le=10_000_000, description="how many to leave out from the start")]

_SHARE = r"-?[0-9]{1,3}([.][0-9]{1,9})?"
BoxText = Annotated[
    str,
    Field(
        pattern=rf"^({_SHARE},{_SHARE},{_SHARE},{_SHARE})?$",
        description="search with this region: x,y,w,h as fractions of the picture, from its top left corner",
    ),
]
PieceNumber = Annotated[int, Field(ge=0, le=1000, description="search with this piece of `analyse`; 0 is the main one")]
WeightsText = Annotated[
    str,
    Field(
        max_length=100,
        pattern=r"^((overall|setting|stones):[0-9]{1,3}([.][0-9]{1,6})?(,|$))*$",
        description="how much the whole and its parts count, as overall:1,setting:0.5,stones:2; left out counts 0",
    ),
]
