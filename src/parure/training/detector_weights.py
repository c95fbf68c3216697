"""The detector's network out of an ONNX file: COCO's, or one of ours, to train on where no checkpoint is left."""
# mypy: disallow-subclassing-any=False
# (types are checked without torch installed, where its classes are Any)

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn

from parure.errors import ModelError
from parure.training.detector_network import COCO_CLASSES, Conv, YoloxNano, of_blocks

__all__ = ["load_coco_weights", "load_exported_weights"]

_Pair = tuple[NDArray[np.float32], NDArray[np.float32]]
_NOTHING: _Pair = (np.zeros(0, np.float32), np.zeros(0, np.float32))


def load_coco_weights(path: Path) -> YoloxNano:
    """The network of a YOLOX-nano ONNX file with COCO's classes. Raises `ModelError` for any other file."""
    network = YoloxNano(COCO_CLASSES)
    _take(network, [pair for _, pair in _stored(path)], f"{path} is not a YOLOX-nano with {COCO_CLASSES} classes")
    return network


def load_exported_weights(path: Path) -> YoloxNano:
    """The network of an ONNX file that `export_detector` wrote, eight-bit weights as they were rounded: to train on
    where no checkpoint is left. `settle` it first. Raises `ModelError` for any other file."""
    stored = {_module_of(name): pair for name, pair in _stored(path)}
    _, rows = stored.get("heads.0.class_logits", _NOTHING)
    network = YoloxNano(max(1, len(rows)))
    names = {id(layer): name for name, layer in network.named_modules()}
    stem, bias = stored.get("backbone.stem.conv", _NOTHING)
    if stem.shape[2:] == (6, 6):
        stored["backbone.stem.conv"] = of_blocks(torch.from_numpy(np.array(stem))).numpy(), bias
    _take(
        network,
        [stored.get(names[id(layer)], _NOTHING) for layer, _ in _convolutions(network)],
        f"{path} is no detector of ours",
    )
    return network


def _stored(path: Path) -> list[tuple[str, _Pair]]:
    """The name, weight and bias of each convolution of an ONNX file, in its order."""
    import onnx

    try:
        graph = onnx.load(path).graph
    except Exception as error:  # protobuf's exceptions share no base class with onnx's
        raise ModelError(f"{path} cannot be read as ONNX: {error}") from error
    values = {tensor.name: onnx.numpy_helper.to_array(tensor) for tensor in graph.initializer}
    for node in graph.node:
        if node.op_type == "DequantizeLinear" and all(name in values for name in node.input):
            whole, scale = values[node.input[0]], values[node.input[1]]  # around zero, by channel
            values[node.output[0]] = whole * scale.reshape(-1, *(1,) * (whole.ndim - 1))
        elif node.op_type == "Identity" and node.input[0] in values:  # equal ones are stored once
            values[node.output[0]] = values[node.input[0]]
    found = [(node.name, *node.input[1:]) for node in graph.node if node.op_type == "Conv"]
    nothing, _ = _NOTHING
    return [(name, (values.get(weight, nothing), values.get(bias, nothing))) for name, weight, bias in found]


def _module_of(node: str) -> str:
    """Where in the network the node of an export came from: /network/heads.0/class_logits/Conv to
    heads.0.class_logits. A part of a sequence is named with it: /stage3/stage3.1 is stage3.1."""
    parts = [part for part in node.split("/") if part][1:-1]
    return ".".join(part for at, part in enumerate(parts) if not "".join(parts[at + 1 : at + 2]).startswith(f"{part}."))


def _take(network: YoloxNano, stored: list[_Pair], otherwise: str) -> None:
    """Put weights and biases into the convolutions, in the order in which they run. Raises `ModelError`, beginning with
    `otherwise`, where they do not fit."""
    layers = list(_convolutions(network))
    if [tuple(weight.shape) for weight, _ in stored] != [tuple(layer.weight.shape) for layer, _ in layers]:
        raise ModelError(f"{otherwise}: its convolutions differ.")
    with torch.no_grad():
        for (layer, norm), (weight, bias) in zip(layers, stored, strict=True):
            layer.weight.copy_(torch.from_numpy(np.array(weight)))
            (norm or layer).bias.copy_(torch.from_numpy(np.array(bias)))


def _convolutions(network: nn.Module) -> Iterator[tuple[nn.Conv2d, nn.BatchNorm2d | None]]:
    """In the order in which they run, each with the norm behind it."""
    norms = {id(part.conv): part.norm for part in network.modules() if isinstance(part, Conv)}
    for part in network.modules():
        if isinstance(part, nn.Conv2d):
            yield part, norms.get(id(part))
