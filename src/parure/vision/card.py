"""A model's card: the JSON beside a model file that says what it is and how pictures go in and vectors come out.

A card is all that is needed to plug in a model somebody else trained: `OnnxEncoder(read_card(path))`.
Fields that only people read (data, figures, limits) are kept as they are and never used by the program.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, get_args

from parure.errors import ModelError

__all__ = ["ImageInput", "ModelCard", "Output", "read_card"]

Layout = Literal["nchw", "nhwc"]
Channels = Literal["rgb", "bgr"]
Fit = Literal["letterbox", "stretch", "crop"]
Pooling = Literal["none", "mean", "first"]


@dataclass(frozen=True)
class ImageInput:
    """What the network wants: a square of `side` pixels, values (0..255 - mean) / std per channel in `channels` order.

    `fit` says how a picture becomes a square: padded with `fill`, stretched, or its middle cut out.
    """

    name: str
    side: int
    layout: Layout = "nchw"
    channels: Channels = "rgb"
    fit: Fit = "letterbox"
    fill: int = 255
    mean: tuple[float, float, float] = (0.0, 0.0, 0.0)
    std: tuple[float, float, float] = (1.0, 1.0, 1.0)


@dataclass(frozen=True)
class Output:
    """The output to read. `pooling` for one with an axis too many: "none" (n, d); "mean" or "first" over the
    positions of a feature map (n, d, h, w) or of tokens (n, t, d)."""

    name: str
    dimension: int
    pooling: Pooling = "none"


@dataclass(frozen=True)
class ModelCard:
    """`file` is absolute. `about` holds what is written for people: data, recipe, figures, limits."""

    name: str
    file: Path
    sha256: str
    licence: str
    image: ImageInput
    output: Output
    batch_size: int = 1
    about: Mapping[str, Any] = field(default_factory=dict)

    @property
    def version(self) -> str:
        """Names weights and preprocessing exactly, as `Encoder.version` wants it."""
        return f"{self.name}-{self.sha256[:8]}"


def read_card(path: Path) -> ModelCard:
    """Read and check a card. Raises `ModelError` naming the file and the field."""
    try:
        raw = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ModelError(f"The model card {path} cannot be read ({error.strerror}).") from error
    except ValueError as error:
        raise ModelError(f"The model card {path} is not JSON: {error}") from error
    try:
        return _card(raw, path.parent)
    except (KeyError, TypeError, ValueError) as error:
        reason = f"the field {error} is missing" if isinstance(error, KeyError) else str(error)
        raise ModelError(f"The model card {path} cannot be used: {reason}.") from error


def _card(raw: Mapping[str, Any], folder: Path) -> ModelCard:
    image, output = raw["image"], raw["output"]
    return ModelCard(
        name=_text(raw, "name"),
        file=(folder / _text(raw, "file")).absolute(),
        sha256=_digest(raw),
        licence=_text(raw, "licence"),
        image=ImageInput(
            name=_text(image, "name"),
            side=_count(image, "side"),
            layout=_choice(image, "layout", get_args(Layout), "nchw"),
            channels=_choice(image, "channels", get_args(Channels), "rgb"),
            fit=_choice(image, "fit", get_args(Fit), "letterbox"),
            fill=_fill(image),
            mean=_triple(image, "mean", 0.0),
            std=_triple(image, "std", 1.0),
        ),
        output=Output(
            name=_text(output, "name"),
            dimension=_count(output, "dimension"),
            pooling=_choice(output, "pooling", get_args(Pooling), "none"),
        ),
        batch_size=_count(raw, "batch_size", 1),
        about=raw.get("about", {}),
    )


def _text(raw: Mapping[str, Any], key: str) -> str:
    value = raw[key]
    if not isinstance(value, str) or not value:
        raise ValueError(f"{key} must be text")
    return value


def _digest(raw: Mapping[str, Any]) -> str:
    value = _text(raw, "sha256").lower()
    if len(value) != 64 or set(value) - set("0123456789abcdef"):
        raise ValueError("sha256 must be 64 hexadecimal digits")
    return value


def _count(raw: Mapping[str, Any], key: str, default: int | None = None) -> int:
    value = raw[key] if default is None else raw.get(key, default)
    if not isinstance(value, int) or isinstance(value, bool) or value < 1:
        raise ValueError(f"{key} must be a whole number above 0, not {value!r}")
    return value


def _fill(raw: Mapping[str, Any]) -> int:
    value = raw.get("fill", 255)
    if not isinstance(value, int) or not 0 <= value <= 255:
        raise ValueError(f"fill must be 0 to 255, not {value!r}")
    return value


def _choice(raw: Mapping[str, Any], key: str, allowed: tuple[str, ...], default: str) -> Any:
    value = raw.get(key, default)
    if value not in allowed:
        raise ValueError(f"{key} is {value!r}, it can be {', '.join(allowed)}")
    return value


def _triple(raw: Mapping[str, Any], key: str, default: float) -> tuple[float, float, float]:
    values = [float(value) for value in raw.get(key, [default] * 3)]
    if len(values) != 3 or (key == "std" and 0.0 in values):
        raise ValueError(f"{key} must be three numbers{', none of them 0' if key == 'std' else ''}")
    return values[0], values[1], values[2]
