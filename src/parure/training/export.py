"""A PyTorch network to an ONNX file with its card.

Unusual: the tracing exporter is asked for by name (`dynamo=False`): it needs no package beside torch and onnx, folds
batch norm into the convolutions, and our networks have no control flow that tracing would lose.
"""

from __future__ import annotations

import json
import warnings
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import onnx
import torch
from torch import Tensor, nn

from parure.training.lean_graph import fold_paddings
from parure.vision.card import ImageInput, Output
from parure.vision.onnx_runtime import file_sha256

__all__ = ["IMAGENET_INPUT", "export_onnx", "write_card"]

OPSET = 17

# RGB / 127.5 - 1, what the TensorFlow MobileNets were trained with.
IMAGENET_INPUT = ImageInput(name="pixels", side=288, mean=(127.5, 127.5, 127.5), std=(127.5, 127.5, 127.5))


def export_onnx(network: nn.Module, path: Path, *, inputs: Mapping[str, Tensor], output: str | Sequence[str]) -> None:
    """Write `network`, traced with example `inputs` (first axis: any number of pictures); outputs in order."""
    path.parent.mkdir(parents=True, exist_ok=True)
    names = list(inputs)
    outputs = [output] if isinstance(output, str) else list(output)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        warnings.simplefilter("ignore", torch.jit.TracerWarning)  # paddings become constants: sides are fixed
        warnings.filterwarnings("ignore", "Constant folding", UserWarning)  # what is left, loading folds
        torch.onnx.export(
            network.eval(),
            tuple(inputs.values()),
            path,
            input_names=names,
            output_names=outputs,
            dynamic_axes={name: {0: "pictures"} for name in (*names, *outputs)},
            opset_version=OPSET,
            dynamo=False,
        )
    onnx.save(fold_paddings(onnx.load(str(path))), str(path))


def write_card(model: Path, image: ImageInput, output: Output, *, batch_size: int, about: Mapping[str, Any]) -> Path:
    """The card `<model>.json` for an exported model, its sha256 taken from the file."""
    card = {
        "name": model.stem,
        "file": model.name,
        "sha256": file_sha256(model),
        "licence": "Apache-2.0",
        "image": asdict(image),
        "output": asdict(output),
        "batch_size": batch_size,
        "about": dict(about),
    }
    path = model.with_suffix(".json")
    path.write_text(json.dumps(card, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    return path
