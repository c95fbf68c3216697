"""Polars, or the sentence that says how to install it. The only place that imports it."""

from __future__ import annotations

from parure.errors import MissingExtra

try:
    import polars as pl
except ImportError as error:  # pragma: no cover - tests/curate/test_sheets_extra.py runs this in a process of its own
    raise MissingExtra("Merging sheets", "curate") from error

__all__ = ["pl"]
