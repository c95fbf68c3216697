"""A model's JSON file, field by field: each is read by the type it must have, and a wrong one is named in full.

`Fields` raises `ValueError` with the name of the field; `read_described` makes that a `ModelError` with the name of the
file too.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from parure.errors import ModelError, TaxonomyError

__all__ = ["Fields", "read_described"]

Described = TypeVar("Described")


def read_described(path: Path, what: str, build: Callable[[Fields], Described]) -> Described:
    """What `build` makes of a JSON file; `what` is what people call it. Raises `ModelError`."""
    try:
        raw = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ModelError(f"The {what} {path} cannot be read ({error.strerror}).") from error
    except ValueError as error:
        raise ModelError(f"The {what} {path} is not JSON: {error}") from error
    try:
        return build(Fields(raw))
    except (TypeError, ValueError, TaxonomyError) as error:
        raise ModelError(f"The {what} {path} cannot be used: {str(error).rstrip('.')}.") from error


@dataclass(frozen=True)
class Fields:
    """One object of the file; `within` is the way to it, with a dot at its end: "detector."."""

    raw: Mapping[str, Any]
    within: str = ""

    def __post_init__(self) -> None:
        if not isinstance(self.raw, Mapping):
            raise ValueError(f"{self.within.rstrip('.') or 'the file'} must be a JSON object")

    def only(self, *keys: str) -> Fields:
        """The object itself. A field that nobody reads is refused: a misspelt one would be left out in silence."""
        for key in self.raw:
            if key not in keys:
                raise ValueError(f"{self.within}{key} is not a field here; there are {', '.join(keys)}")
        return self

    def has(self, key: str) -> bool:
        return key in self.raw

    def section(self, key: str) -> Fields:
        return Fields(self._value(key, None), f"{self.within}{key}.")

    def sections(self, key: str) -> tuple[Fields, ...]:
        """A list of objects; each is named by its place: "reader.attributes[0].values"."""
        value = self._value(key, None)
        if not isinstance(value, list):
            raise self._wrong(key, "a list", value)
        return tuple(Fields(item, f"{self.within}{key}[{place}].") for place, item in enumerate(value))

    def text(self, key: str) -> str:
        value = self._value(key, None)
        if not isinstance(value, str) or not value:
            raise self._wrong(key, "text", value)
        return value

    def digest(self, key: str) -> str:
        """A sha256, in small letters."""
        value = self.text(key).lower()
        if len(value) != 64 or set(value) - set("0123456789abcdef"):
            raise self._wrong(key, "64 hexadecimal digits", value)
        return value

    def count(self, key: str, default: int | None = None, *, step: int = 1) -> int:
        """A whole number above 0, a multiple of `step`."""
        value = self._value(key, default)
        if not isinstance(value, int) or isinstance(value, bool) or value < 1 or value % step:
            raise self._wrong(key, "a whole number above 0" if step == 1 else f"a multiple of {step}", value)
        return value

    def share(self, key: str, default: float | None = None) -> float:
        """A number from 0 to 1."""
        value = self._value(key, default)
        if not _is_number(value) or not 0 <= value <= 1:
            raise self._wrong(key, "a number from 0 to 1", value)
        return float(value)

    def positive(self, key: str, default: float | None = None) -> float:
        value = self._value(key, default)
        if not _is_number(value) or value <= 0:
            raise self._wrong(key, "a number above 0", value)
        return float(value)

    def texts(self, key: str) -> tuple[str, ...]:
        """At least one, none twice."""
        value = self._value(key, None)
        if not isinstance(value, list) or not value or not all(isinstance(item, str) and item for item in value):
            raise self._wrong(key, "a list of words", value)
        if len(set(value)) != len(value):
            raise self._wrong(key, "a list without repetitions", value)
        return tuple(value)

    def numbers(self, key: str) -> tuple[float, ...]:
        value = self._value(key, None)
        if not isinstance(value, list) or not all(map(_is_number, value)):
            raise self._wrong(key, "a list of numbers", value)
        return tuple(map(float, value))

    def _value(self, key: str, default: object) -> Any:
        value = self.raw.get(key, default)
        if value is None:
            raise ValueError(f"the field {self.within}{key} is missing")
        return value

    def _wrong(self, key: str, wanted: str, value: object) -> ValueError:
        shown = repr(value)
        return ValueError(
            f"{self.within}{key} must be {wanted}, not {shown if len(shown) < 60 else shown[:57] + '...'}"
        )


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
