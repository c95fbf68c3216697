"""The trained tower to `words.onnx`: the big tables in half precision, everything computed in single.

Unusual: each half table is followed by a cast, which ONNX Runtime folds away when it loads the file.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from onnx import numpy_helper

from parure.training.export import export_onnx
from parure.training.words_recipe import TextRecipe
from parure.training.words_tower import TextTower
from parure.vision.onnx_runtime import file_sha256
from parure.vision.words import tokenise

__all__ = ["EXAMPLE", "export_tower", "halved", "write_about"]

EXAMPLE = ("oval sapphire ring in rose gold, with round diamonds", "plain band")
_HALVED_FROM = 1024  # numbers; smaller tables are not worth a cast


def export_tower(tower: TextTower, path: Path) -> Path:
    """Input "tokens" (n, 384) int64, output "embedding" (n, dimension) float32."""
    tower.eval()
    export_onnx(tower, path, inputs={"tokens": torch.from_numpy(tokenise(EXAMPLE))}, output="embedding")
    onnx.save(halved(onnx.load(path)), path)
    return path


def halved(model: Any) -> Any:
    """The same model with its large tables stored in half precision."""
    graph = model.graph
    casts = []
    for table in list(graph.initializer):
        values = numpy_helper.to_array(table)
        if values.dtype != np.float32 or values.size < _HALVED_FROM:
            continue
        half = numpy_helper.from_array(values.astype(np.float16), f"{table.name}_half")
        graph.initializer.remove(table)
        graph.initializer.append(half)
        casts.append(onnx.helper.make_node("Cast", [half.name], [table.name], to=onnx.TensorProto.FLOAT))
    nodes = [*casts, *graph.node]
    del graph.node[:]
    graph.node.extend(nodes)
    onnx.checker.check_model(model)
    return model


def write_about(model: Path, recipe: TextRecipe, *, made: Mapping[str, Any], figures: Mapping[str, Any]) -> Path:
    """`words.json`: what the tower is, how it was made and how good it is."""
    about = {
        "file": model.name,
        "sha256": file_sha256(model),
        "bytes": model.stat().st_size,
        "licence": "Apache-2.0",
        "input": "tokens, int64 (n, 384), from parure.vision.words.tokenise",
        "output": f"embedding, float32 (n, {recipe.dimension}), not of length 1",
        "recipe": asdict(recipe),
        "made": {**made, "torch": str(torch.__version__), "numpy": np.__version__},
        "figures": dict(figures),
    }
    path = model.with_suffix(".json")
    path.write_text(json.dumps(about, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    return path
