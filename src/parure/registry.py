"""One visible table of every exchangeable part: kind, name, where it lives, which extra it needs.

Nothing here is imported until it is asked for. Packages outside Parure add their own rows through the entry
point group `parure.parts`, each entry named `kind:name` and pointing at the class or factory.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import EntryPoint, entry_points
from typing import Any

from parure.errors import MissingExtra, SettingsError

__all__ = ["PARTS", "Part", "names", "resolve"]

GROUP = "parure.parts"


@dataclass(frozen=True)
class Part:
    """One row. `path` is `module:attribute` of a class or factory; `extra` is "" for what the core install has."""

    kind: str
    name: str
    path: str
    about: str
    extra: str = ""


PARTS: tuple[Part, ...] = (
    Part(
        "encoder",
        "house-v1",
        "parure.vision.house_model:load_house",
        "finds the pieces of a photo and reads each one",
    ),
    Part(
        "encoder",
        "house-v0",
        "parure.vision.house:load_house_v0",
        "our MobileNetV2 tuned on renders, with colour",
    ),
    Part(
        "encoder",
        "histogram",
        "parure.vision.histogram:HistogramEncoder",
        "colour and edge directions, no model",
    ),
    Part("index", "qdrant-edge", "parure.index.qdrant_edge:QdrantEdgeIndex", "embedded, on disk, one process"),
    Part("index", "memory", "parure.index.memory:MemoryIndex", "exact, in memory, the reference"),
)


def names(kind: str) -> tuple[str, ...]:
    """Names that `resolve(kind, ...)` accepts, own rows first."""
    return tuple(dict.fromkeys(part.name for part in _all_parts() if part.kind == kind))


def resolve(kind: str, name: str) -> Callable[..., Any]:
    """Import and return the part. Raises `SettingsError` for an unknown name, `MissingExtra` if a package lacks."""
    for part in _all_parts():
        if (part.kind, part.name) == (kind, name):
            return _import(part)
    raise SettingsError(f"There is no {kind} called {name!r}. Known: {', '.join(names(kind))}.")


def _all_parts() -> list[Part]:
    return [*PARTS, *(part for entry in entry_points(group=GROUP) if (part := _outside(entry)) is not None)]


def _outside(entry: EntryPoint) -> Part | None:
    kind, colon, name = entry.name.partition(":")
    package = entry.dist.name if entry.dist else "a plugin"
    return Part(kind, name, entry.value, f"from {package}") if colon else None


def _import(part: Part) -> Callable[..., Any]:
    module, _, attribute = part.path.partition(":")
    try:
        found: Callable[..., Any] = getattr(importlib.import_module(module), attribute)
    except ModuleNotFoundError as error:
        if part.extra and not (error.name or "").startswith("parure"):
            raise MissingExtra(f"The {part.kind} {part.name!r}", part.extra) from error
        raise
    return found
