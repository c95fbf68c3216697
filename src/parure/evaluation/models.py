"""Models named on a command line: by their name in the registry, by a card (one ONNX encoder) or by a manifest (a set
that finds pieces and reads them)."""

from __future__ import annotations

import json
from pathlib import Path

from parure.errors import ModelError
from parure.registry import resolve
from parure.vision import Encoder
from parure.vision.card import read_card
from parure.vision.house_model import HouseAnalyser
from parure.vision.manifest import read_manifest
from parure.vision.onnx_encoder import OnnxEncoder

__all__ = ["find_model"]


def find_model(name: str) -> Encoder:
    """Raises `SettingsError` for an unknown name, `ModelError` for a file that is neither card nor manifest."""
    if not name.endswith(".json"):
        made: Encoder = resolve("encoder", name)()
        return made
    path = Path(name)
    return HouseAnalyser(read_manifest(path)) if _is_manifest(path) else OnnxEncoder(read_card(path))


def _is_manifest(path: Path) -> bool:
    try:
        raw = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ModelError(f"The model file {path} cannot be read ({error.strerror}).") from error
    except ValueError as error:
        raise ModelError(f"The model file {path} is not JSON: {error}") from error
    return isinstance(raw, dict) and "reader" in raw
