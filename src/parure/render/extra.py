"""Whether the packages of the extra "render" are there, asked before work is handed to other processes."""

from __future__ import annotations

from importlib.util import find_spec

from parure.errors import MissingExtra

__all__ = ["require_geometry", "require_renderer"]


def require_renderer() -> None:
    """Raises `MissingExtra` unless pieces can be built and traced."""
    _require("mitsuba", "pyoidn", "scipy")


def require_geometry() -> None:
    """Raises `MissingExtra` unless pieces can be built; drawing a design needs no more."""
    _require("scipy")


def _require(*packages: str) -> None:
    if any(find_spec(package) is None for package in packages):
        raise MissingExtra("Rendering jewellery", "render")
