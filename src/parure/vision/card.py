"""A model's card: the JSON beside a model file that says what it is and how pictures go in and vectors come out.

A card is all that is needed to plug in a model somebody else trained: `OnnxEncoder(read_card(path))`.
Fields that only people read (data, figures, limits) are kept as they are and never used by the program.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, get_args

from parure.vision.fields import Fields, read_described

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
    return read_described(path, "model card", lambda fields: _card(fields, path.parent))


def _card(fields: Fields, folder: Path) -> ModelCard:
    image, output = fields.section("image"), fields.section("output")
    return ModelCard(
        name=fields.text("name"),
        file=(folder / fields.text("file")).absolute(),
        sha256=fields.digest("sha256"),
        licence=fields.text("licence"),
        image=ImageInput(
            name=image.text("name"),
            side=image.count("side"),
            layout=_choice(image, "layout", get_args(Layout), "nchw"),
            channels=_choice(image, "channels", get_args(Channels), "rgb"),
            fit=_choice(image, "fit", get_args(Fit), "letterbox"),
            fill=_fill(image),
            mean=_triple(image, "mean", 0.0),
            std=_triple(image, "std", 1.0),
        ),
        output=Output(
            name=output.text("name"),
            dimension=output.count("dimension"),
            pooling=_choice(output, "pooling", get_args(Pooling), "none"),
        ),
        batch_size=fields.count("batch_size", 1),
        about=fields.section("about").raw if fields.has("about") else {},
    )


def _fill(fields: Fields) -> int:
    value = fields.raw.get("fill", 255)
    if not isinstance(value, int) or not 0 <= value <= 255:
        raise ValueError(f"{fields.within}fill must be 0 to 255, not {value!r}")
    return value


def _choice(fields: Fields, key: str, allowed: tuple[str, ...], default: str) -> Any:
    value = fields.raw.get(key, default)
    if value not in allowed:
        raise ValueError(f"{fields.within}{key} is {value!r}, it can be {', '.join(allowed)}")
    return value


def _triple(fields: Fields, key: str, default: float) -> tuple[float, float, float]:
    values = fields.numbers(key) if fields.has(key) else (default,) * 3
    if len(values) != 3 or (key == "std" and 0.0 in values):
        raise ValueError(f"{fields.within}{key} must be three numbers{', none of them 0' if key == 'std' else ''}")
    return values[0], values[1], values[2]
