"""A trained detector to ONNX files, float32 and int8, in the raw layout of the YOLOX export that we started from."""
# mypy: disallow-subclassing-any=False

from __future__ import annotations

import copy
import logging
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnxruntime.quantization import CalibrationDataReader, CalibrationMethod, QuantType, quantize_static
from onnxruntime.quantization.shape_inference import quant_pre_process
from torch import Tensor, nn

from parure.training.detector_network import YoloxNano, of_pixels, probabilities
from parure.training.detector_recipe import SIDE
from parure.training.export import export_onnx
from parure.vision.base import Pixels
from parure.vision.detector import INPUT, OUTPUT

__all__ = ["export_detector", "quantise_detector", "squares"]

_FIRST = 12  # convolutions: the stem and the stage at a quarter of the side


class _Raw(nn.Module):
    """Probabilities, in contiguous memory: channels last is for training."""

    def __init__(self, network: YoloxNano) -> None:
        super().__init__()
        self.network = copy.deepcopy(network).to(memory_format=torch.contiguous_format)
        self.network.backbone.stem.conv = _whole(self.network.backbone.stem.conv)
        self.network.backbone.fold = nn.Identity()

    def forward(self, images: Tensor) -> Tensor:
        return probabilities(self.network(images))


def _whole(convolution: nn.Conv2d) -> nn.Conv2d:
    """The same sums by a convolution of the picture itself: without four copies of it laid side by side, which took a
    fifteenth of the time."""
    weight = of_pixels(convolution.weight.detach())
    whole = nn.Conv2d(weight.shape[1], weight.shape[0], 6, 2, 2, bias=False)
    whole.weight = nn.Parameter(weight)
    return whole


def export_detector(network: YoloxNano, path: Path) -> None:
    """Write `network` to `path`: "images" (n, 3, 416, 416) BGR 0..255 -> "output" (n, 3549, 5 + classes)."""
    export_onnx(_Raw(network).eval(), path, inputs={INPUT: torch.zeros(1, 3, SIDE, SIDE)}, output=OUTPUT)


def squares(pixels: Pixels) -> dict[str, NDArray[np.float32]]:
    """The network's input from a square of RGB pixels (side, side, 3)."""
    return {INPUT: np.ascontiguousarray(pixels[..., ::-1].transpose(2, 0, 1)[None], np.float32)}


class _Shown(CalibrationDataReader):  # type: ignore[misc, unused-ignore]
    def __init__(self, inputs: Iterable[Mapping[str, NDArray[Any]]]) -> None:
        self._inputs: Iterator[Mapping[str, NDArray[Any]]] = iter(inputs)

    def get_next(self) -> Mapping[str, NDArray[Any]] | None:
        return next(self._inputs, None)


def quantise_detector(model: Path, path: Path, pictures: Iterable[Pixels]) -> None:
    """Write the int8 form of `model` to `path`; the squares `pictures` show what ranges its numbers have.

    In float32 stay the last convolutions (the logarithm of a side, rounded to a 256th of its range, is a wrong box),
    the first ones, and the depthwise ones: they hold a tenth of the weights and nearly all of the range.
    """
    logging.getLogger("root").setLevel(logging.ERROR)  # the quantiser advises through the root logger
    with tempfile.TemporaryDirectory() as folder:
        prepared = Path(folder) / "prepared.onnx"
        quant_pre_process(str(model), str(prepared), skip_symbolic_shape=True)
        quantize_static(
            str(prepared),
            str(path),
            _Shown(map(squares, pictures)),
            per_channel=True,
            activation_type=QuantType.QUInt8,
            weight_type=QuantType.QInt8,
            calibrate_method=CalibrationMethod.MinMax,
            op_types_to_quantize=["Conv"],
            nodes_to_exclude=_delicate(onnx.load(str(prepared))),
        )


def _delicate(model: Any) -> list[str]:
    convolutions = [node for node in model.graph.node if node.op_type == "Conv"]
    depthwise = [
        node.name for node in convolutions if any(each.name == "group" and each.i > 1 for each in node.attribute)
    ]
    return [*(node.name for node in convolutions[:_FIRST]), *depthwise, *_last(model)]


def _last(model: Any) -> list[str]:
    """Names of the convolutions behind which no other comes."""
    readers: dict[str, list[Any]] = {}
    for node in model.graph.node:
        for name in node.input:
            readers.setdefault(name, []).append(node)

    def ends(node: Any) -> bool:
        after = [reader for output in node.output for reader in readers.get(output, [])]
        return all(reader.op_type != "Conv" and ends(reader) for reader in after)

    return [node.name for node in model.graph.node if node.op_type == "Conv" and ends(node)]
