"""A float32 ONNX reader to int8: weights and activations of convolutions and dense layers, by what pictures show.

Unusual: the layers that make the vectors stay in float32. They are a few per cent of the time, and rounding there goes
straight into every similarity.
"""

from __future__ import annotations

import logging
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnxruntime.quantization import CalibrationDataReader, CalibrationMethod, QuantType, quantize_static
from onnxruntime.quantization.shape_inference import quant_pre_process

__all__ = ["quantise"]

_VECTORS = ("embedding", "setting", "stones")


class _Inputs(CalibrationDataReader):  # type: ignore[misc, unused-ignore]
    def __init__(self, batches: Iterable[Mapping[str, NDArray[Any]]]) -> None:
        self._batches: Iterator[Mapping[str, NDArray[Any]]] = iter(batches)

    def get_next(self) -> Mapping[str, NDArray[Any]] | None:
        return next(self._batches, None)


def quantise(model: Path, path: Path, batches: Iterable[Mapping[str, NDArray[np.float32]]]) -> None:
    """Write the int8 form of `model` to `path`; `batches` of its inputs show what ranges its numbers have."""
    logging.getLogger("root").setLevel(logging.ERROR)  # the quantiser advises through the root logger
    with tempfile.TemporaryDirectory() as folder:
        prepared = Path(folder) / "prepared.onnx"
        quant_pre_process(str(model), str(prepared), skip_symbolic_shape=True)
        quantize_static(
            str(prepared),
            str(path),
            _Inputs(batches),
            per_channel=True,
            activation_type=QuantType.QUInt8,
            weight_type=QuantType.QInt8,
            calibrate_method=CalibrationMethod.MinMax,
            op_types_to_quantize=["Conv", "Gemm", "MatMul", "Add"],
            nodes_to_exclude=_makers(onnx.load(str(prepared))),
        )


def _makers(model: Any) -> list[str]:
    """Names of the dense layers that end in a vector, with what is between."""
    maker = {output: node for node in model.graph.node for output in node.output}
    found = []
    for output in _VECTORS:
        node = maker[output]
        found.append(node.name)
        while node.op_type not in ("MatMul", "Gemm"):
            node = maker[node.input[0]]
            found.append(node.name)
        found += [maker[name].name for name in node.input if name in maker]
    return found
