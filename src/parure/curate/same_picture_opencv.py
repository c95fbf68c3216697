"""The one place that asks for OpenCV, so that everything else starts without it."""

from __future__ import annotations

from types import ModuleType

from parure.errors import MissingExtra

__all__ = ["opencv"]


def opencv() -> ModuleType:
    """The module `cv2`. Raises `MissingExtra`."""
    try:
        import cv2
    except ImportError as error:
        raise MissingExtra("Comparing pictures", "curate") from error
    return cv2
