"""The first house encoder, from our tuned weights to the ONNX file and card that ship, in one command:

    python -m parure.training.export_house WEIGHTS.safetensors --renders DIR --out src/parure/vision/weights

Without `--renders` the backbone alone is exported, 1280 numbers per picture: the form in which ImageNet's own
weights are measured beside it.
"""
# mypy: disallow-subclassing-any=False
# (types are checked without torch installed, where its classes are Any)

from __future__ import annotations

import argparse
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from parure.training.composites import composites, cutouts
from parure.training.export import IMAGENET_INPUT, export_onnx, write_card
from parure.training.mobilenet import WIDTH, MobileNetV2, load_weights
from parure.training.projection import Projection, fit_projection
from parure.vision.base import Pixels
from parure.vision.card import Output, read_card
from parure.vision.colour import COLOUR_BINS, colour_histogram
from parure.vision.house import COLOUR_INPUT
from parure.vision.onnx_encoder import OnnxEncoder
from parure.vision.onnx_runtime import file_sha256

__all__ = ["COLOUR_WEIGHT", "HouseNetwork", "export_backbone", "export_house"]

COLOUR_WEIGHT = 0.7  # of the colour's similarity beside the network's; .5 to 1 measured alike on real photos
DIMENSION = 512
FLATTEN = 0.25  # at 512 numbers .15 to .35 measured alike on real photos, 0 lost a point of R@1
BATCH = 1  # two lanes of single pictures: 10.0 ms a picture on two cores, 11.5 by fours, with less memory
EACH = 2  # composites per cut-out
SEED = 0


class HouseNetwork(nn.Module):
    """Pixels (n, 3, side, side) and colours (n, 216) -> (n, 512): both at length 1, weighed, joined and projected."""

    def __init__(self, backbone: MobileNetV2, projection: Projection) -> None:
        super().__init__()
        self.backbone = backbone
        self.register_buffer("mean", torch.from_numpy(projection.mean))
        self.register_buffer("axes", torch.from_numpy(projection.axes))

    def forward(self, pixels: Tensor, colour: Tensor) -> Tensor:
        shape = functional.normalize(self.backbone(pixels), dim=1)
        joined = functional.normalize(torch.cat([shape, colour * COLOUR_WEIGHT**0.5], dim=1), dim=1)
        projected: Tensor = (joined - self.mean) @ self.axes
        return projected


def export_backbone(weights: Path, path: Path) -> Path:
    """Export the network without colour and projection; gives the path of its card."""
    side = IMAGENET_INPUT.side
    export_onnx(load_weights(weights), path, inputs={"pixels": torch.rand(2, 3, side, side)}, output="embedding")
    about = {"weights_sha256": file_sha256(weights)}
    return write_card(path, IMAGENET_INPUT, Output("embedding", WIDTH), batch_size=BATCH, about=about)


def export_house(weights: Path, renders: Path, path: Path) -> Path:
    """Fit the projection on composites of `renders` and export everything as one graph; gives the path of its card."""
    paths = cutouts(renders)
    with TemporaryDirectory() as folder:
        encoder = OnnxEncoder(read_card(export_backbone(weights, Path(folder) / "backbone.onnx")))
        pictures = composites(paths, side=encoder.input_side, each=EACH, seed=SEED)
        projection = fit_projection(_joined(encoder, pictures), DIMENSION, flatten=FLATTEN)
    side = IMAGENET_INPUT.side
    inputs = {IMAGENET_INPUT.name: torch.rand(2, 3, side, side), COLOUR_INPUT: torch.rand(2, COLOUR_BINS)}
    export_onnx(HouseNetwork(load_weights(weights), projection), path, inputs=inputs, output="embedding")
    about = _recipe(weights, len(paths), projection)
    return write_card(path, IMAGENET_INPUT, Output("embedding", DIMENSION), batch_size=BATCH, about=about)


def _joined(encoder: OnnxEncoder, pictures: Iterator[Pixels]) -> NDArray[np.float32]:
    """(n, 1496): what `HouseNetwork` has before it projects."""
    rows = []
    while batch := list(islice(pictures, encoder.batch_size)):
        colours = np.stack([colour_histogram(pixels) for pixels in batch])
        rows.append(np.concatenate([encoder.encode_images(batch), colours * COLOUR_WEIGHT**0.5], axis=1))
    joined = np.concatenate(rows)
    return np.asarray(joined / np.linalg.norm(joined, axis=1, keepdims=True), np.float32)


def _recipe(weights: Path, renders: int, projection: Projection) -> dict[str, Any]:
    return {
        "origin": "MobileNetV2 1.0 trained on ImageNet (Apache-2.0), tuned by us on rendered jewellery",
        "weights_sha256": file_sha256(weights),
        "colour_weight": COLOUR_WEIGHT,
        "projection": {
            "fitted_on": f"{renders} rendered cut-outs, {EACH} composites of each",
            "seed": SEED,
            "flatten": FLATTEN,
            "variance_kept": round(projection.kept, 4),
        },
        "made_with": {"torch": str(torch.__version__), "numpy": np.__version__},
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("weights", type=Path, help="safetensors in the timm layout")
    parser.add_argument("--renders", type=Path, help="folder of RGBA cut-outs to fit the projection on")
    parser.add_argument("--out", type=Path, required=True, help="folder for the model and its card")
    parser.add_argument("--name", default="house-v0", help="name of the model and its files")
    chosen = parser.parse_args()
    path = chosen.out / f"{chosen.name}.onnx"
    card = (
        export_house(chosen.weights, chosen.renders, path) if chosen.renders else export_backbone(chosen.weights, path)
    )
    print(f"{card}: {path.stat().st_size / 1e6:.1f} MB, sha256 {file_sha256(path)}")  # noqa: T201


if __name__ == "__main__":
    main()
