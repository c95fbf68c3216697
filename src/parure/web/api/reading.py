"""What a request asks for, as the library's values: filters from its parameters, pixels from its upload.

Every attribute of the vocabulary is a parameter: `metal_colour=rose`, repeated for "either of", `!` before a value for
"none of", and `price=200-500`. A parameter that is neither an attribute nor the operation's own is refused, because a
filter that is silently dropped shows a shopper the wrong pieces.
"""

from __future__ import annotations

from collections.abc import Collection
from functools import lru_cache
from typing import Any

from django.http import QueryDict
from ninja import UploadedFile

from parure import images, settings, taxonomy
from parure.errors import QueryError
from parure.regions import Box
from parure.search import Selection
from parure.search.selection import PRICE
from parure.vision import Pixels
from parure.web.api.fields import check_text
from parure.web.catalogue.finder import query_side
from parure.web.catalogue.photos import limits

__all__ = ["filter_form", "filter_parameters", "page_size", "picture", "region", "selection"]

_MOST_VALUES = 100  # of all filters together: more is a mistake or an attack


def selection(given: QueryDict, own: Collection[str]) -> Selection:
    """The filters among the parameters; `own` are the operation's other ones. Raises `QueryError`."""
    filters = {name: given.getlist(name) for name in given if name not in own}
    if sum(map(len, filters.values())) > _MOST_VALUES:
        raise QueryError(f"At most {_MOST_VALUES} filter values are taken at once.")
    try:
        for name, values in filters.items():
            check_text(name + "".join(values))
    except ValueError as error:
        raise QueryError(f"A filter {error}.") from error
    return Selection.chosen(filters, taxonomy.load())


def picture(upload: UploadedFile) -> Pixels:
    """The uploaded picture as an encoder wants to see it. Raises `ImageError`."""
    return images.decode(upload.read(), limits=limits(), shrink_to=query_side()).pixels


def region(text: str) -> Box | None:
    """ "x,y,w,h" as a box; None for empty text. Raises `QueryError`."""
    if not text:
        return None
    try:
        return Box(*map(float, text.split(",")))
    except (TypeError, ValueError) as error:
        raise QueryError(f"box={text!r} is no region; write x,y,w,h with w and h above 0.") from error


def page_size(limit: int | None) -> int:
    return limit or settings.get().page_size


@lru_cache(maxsize=1)
def filter_parameters() -> dict[str, Any]:
    """The filters for an operation's description, as query parameters."""
    return {
        "parameters": [
            {"in": "query", "name": name, "required": False, "schema": schema, "description": schema["description"]}
            for name, schema in _filters().items()
        ]
    }


@lru_cache(maxsize=1)
def filter_form() -> dict[str, Any]:
    """The same as fields of a form."""
    return {"requestBody": {"content": {"multipart/form-data": {"schema": {"properties": _filters()}}}}}


def _filters() -> dict[str, dict[str, Any]]:
    words = taxonomy.load()
    filters: dict[str, dict[str, Any]] = {
        attribute.id: {
            "type": "array",
            "items": {"type": "string"},
            "description": f"{attribute.label}: any of these; with ! before it, none of these",
        }
        for attribute in words.attributes.values()
    }
    return {**filters, PRICE: {"type": "string", "description": "a band: 200-500, -500 or 200-"}}
