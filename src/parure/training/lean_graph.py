"""The same numbers from an ONNX graph with less work in it: paddings as attributes of their convolutions.

Unusual: tracing writes TensorFlow's padding as a `Pad` that copies the map, its widths worked out by a chain of nodes.
ONNX Runtime folds the chain and keeps the copy, and lays the map out anew on both sides of it: a tenth of the reader's
time.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import onnx
import onnxruntime
from numpy.typing import NDArray
from onnx import TensorProto, helper

__all__ = ["fold_paddings"]


def fold_paddings(model: Any) -> Any:
    """The model (a `ModelProto`, changed in place and given back) with every padding by zeros, whose widths do not
    depend on its inputs, moved into the convolution behind it."""
    for node in [each for each in model.graph.node if each.op_type == "Pad"]:
        readers = [each for each in model.graph.node if node.output[0] in each.input]
        shown = any(output.name == node.output[0] for output in model.graph.output)
        foldable = _by_zeros(node) and not shown and all(_takes(each, node) for each in readers)
        widths = _widths(model, node) if foldable else None
        # A convolution pads neither pictures nor channels, and cuts nothing off.
        if widths is None or widths[:, :2].any() or (widths < 0).any():
            continue
        for reader in readers:
            _set_pads(reader, widths[:, 2:])
            reader.input[0] = node.input[0]
    _drop_unread(model)
    return model


def _by_zeros(node: Any) -> bool:
    modes = [helper.get_attribute_value(entry) for entry in node.attribute if entry.name == "mode"]
    return modes in ([], [b"constant"]) and not any(node.input[2:])


def _takes(reader: Any, pad: Any) -> bool:
    return bool(reader.op_type == "Conv" and reader.input[0] == pad.output[0])


def _widths(model: Any, pad: Any) -> NDArray[np.int64] | None:
    """(2, axes): before and after, or None where they depend on what the model is given."""
    wanted, nodes = {pad.input[1]}, []
    for node in reversed(model.graph.node):
        if wanted.intersection(node.output):
            nodes.append(node)
            wanted.update(node.input)
    if wanted.intersection(each.name for each in model.graph.input):
        return None
    constants = [tensor for tensor in model.graph.initializer if tensor.name in wanted]
    output = helper.make_tensor_value_info(pad.input[1], TensorProto.INT64, None)
    graph = helper.make_graph(nodes[::-1], "widths", [], [output], constants)
    part = helper.make_model(graph, opset_imports=model.opset_import, ir_version=model.ir_version)
    session = onnxruntime.InferenceSession(part.SerializeToString(), providers=["CPUExecutionProvider"])
    return np.asarray(session.run(None, {})[0], np.int64).reshape(2, -1)


def _set_pads(convolution: Any, widths: NDArray[np.int64]) -> None:
    for entry in list(convolution.attribute):
        if entry.name == "pads":
            widths = widths + np.reshape(entry.ints, (2, -1))
            convolution.attribute.remove(entry)
    convolution.attribute.append(helper.make_attribute("pads", [int(width) for width in widths.ravel()]))


def _drop_unread(model: Any) -> None:
    """Nodes and weights that no output comes from."""
    read = {output.name for output in model.graph.output}
    kept = []
    for node in reversed(model.graph.node):
        if read.intersection(node.output):
            kept.append(node)
            read.update(node.input)
    weights = [tensor for tensor in model.graph.initializer if tensor.name in read]
    _refill(model.graph.node, reversed(kept))
    _refill(model.graph.initializer, iter(weights))
    onnx.checker.check_model(model)


def _refill(field: Any, entries: Iterator[Any]) -> None:
    kept = list(entries)
    del field[:]
    field.extend(kept)
