"""Keeps warnings of Pillow to itself while a file is read.

A damaged tag is no news to the person at the screen: either the file becomes a picture or it is refused with a
reason. `warnings.catch_warnings` swaps the filters of the whole process and two threads can leave them swapped, so
here one filter for Pillow's own modules is put in by the first reader and taken out by the last.
"""

from __future__ import annotations

import contextlib
import re
import threading
import warnings
from collections.abc import Iterator

__all__ = ["quiet_readers"]

_MODULES = r"(PIL|pi_heif)\."
_FILTER = ("ignore", None, Warning, re.compile(_MODULES), 0)  # as `filterwarnings` below stores it
_lock = threading.Lock()
_readers = 0


@contextlib.contextmanager
def quiet_readers() -> Iterator[None]:
    """Inside, warnings raised by Pillow and pi_heif are dropped; all others pass. Safe in threads."""
    global _readers  # noqa: PLW0603
    with _lock:
        _readers += 1
        warnings.filterwarnings("ignore", module=_MODULES)  # moves the filter to the front if it is there already
    try:
        yield
    finally:
        with _lock:
            _readers -= 1
            if not _readers:
                _remove_filter()


def _remove_filter() -> None:
    with contextlib.suppress(ValueError):  # someone else may have reset the filters meanwhile
        warnings.filters.remove(_FILTER)  # type: ignore[attr-defined]
