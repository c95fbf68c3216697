"""Writes `data/tiny-house/`, a set of models small enough to follow by hand. Needs the package onnx: run it to change
the files.

    python -m tests.vision.make_tiny_house

The detector lays its coarsest grid over the photo: a cell of 32 pixels that is red is a ring, one that is blue an
earring, each in a box of 128 pixels around the middle of the cell. The reader sees 32 pixels a side: what is red is
metal, what is blue a stone, what is light is background. Its vectors are fixed random projections. The text tower
takes the mean of random rows, one of sixteen for each token.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np

FOLDER = Path(__file__).parent / "data" / "tiny-house"
SIDE, READER_SIDE, DIMENSION, PART_DIMENSION, TOKENS = 416, 32, 24, 6, 16
TYPES, COLOURS = ("ring", "earring"), ("yellow", "white", "rose")


def main() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    files = {"detector": _detector(), "reader": _reader(), "words": _words()}
    manifest: dict[str, Any] = {
        "name": "tiny-house",
        "licence": "Apache-2.0",
        "detector": {"classes": list(TYPES), "threshold": 0.5, "overlap": 0.3, "most": 4},
        "reader": {
            "side": READER_SIDE,
            "dimension": DIMENSION,
            "attributes": [
                {"attribute": "type", "values": list(TYPES), "temperature": 0.5},
                {
                    "attribute": "metal_colour",
                    "values": list(COLOURS),
                    "curve": {"said": [0.0, 0.5, 1.0], "true": [0.0, 0.25, 1.0]},
                },
            ],
        },
        "words": {},
        "crop": {"min_share": 0.4, "air": 0.125},
    }
    for part, model in files.items():
        manifest[part] |= {"file": f"{part}.onnx", "sha256": _save(model, FOLDER / f"{part}.onnx")}
    (FOLDER / "house.json").write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf-8")


def _detector() -> Any:
    from onnx import helper

    nodes, rows = [], []
    # Channels are B, G, R: how red and how blue a cell is, beside its green.
    tones = _constant("tones", [[[[0]], [[-1]], [[1]]], [[[1]], [[-1]], [[0]]]])
    # Objectness, then one score a class; the finer grids never find anything.
    scores = _constant("scores", [[[[0.1]], [[0.1]]], [[[0.1]], [[0]]], [[[0]], [[0.1]]]])
    boxes = _constant("boxes", np.zeros((4, 3, 1, 1)))
    place = _constant("place", [0.5, 0.5, np.log(4), np.log(4)])
    constants = [tones, scores, boxes, place, _whole("flat", [0, 5 + len(TYPES), -1])]
    for stride in (8, 16, 32):
        bias = f"bias{stride}"
        constants.append(_constant(bias, [-6.0, -4.0, -4.0] if stride == 32 else [-30.0, -4.0, -4.0]))
        named = {name: f"{name}{stride}" for name in ("cell", "tone", "warm", "logit", "score", "box", "row", "line")}
        nodes += [
            helper.make_node(
                "AveragePool", ["images"], [named["cell"]], kernel_shape=[stride] * 2, strides=[stride] * 2
            ),
            helper.make_node("Conv", [named["cell"], "tones"], [named["tone"]]),
            helper.make_node("Relu", [named["tone"]], [named["warm"]]),
            helper.make_node("Conv", [named["warm"], "scores", bias], [named["logit"]]),
            helper.make_node("Sigmoid", [named["logit"]], [named["score"]]),
            helper.make_node("Conv", [named["cell"], "boxes", "place"], [named["box"]]),
            helper.make_node("Concat", [named["box"], named["score"]], [named["row"]], axis=1),
            helper.make_node("Reshape", [named["row"], "flat"], [named["line"]]),
        ]
        rows.append(named["line"])
    nodes += [
        helper.make_node("Concat", rows, ["lines"], axis=2),
        helper.make_node("Transpose", ["lines"], ["output"], perm=[0, 2, 1]),
    ]
    count = sum((SIDE // stride) ** 2 for stride in (8, 16, 32))
    inputs, outputs = {"images": ["n", 3, SIDE, SIDE]}, {"output": ["n", count, 5 + len(TYPES)]}
    return _model("detector", nodes, inputs, outputs, constants)


def _reader() -> Any:
    from onnx import helper

    random = np.random.default_rng(0)
    grid = READER_SIDE // 8
    width = 3 * grid * grid + 216
    part = np.zeros((9, 3, 1, 1))
    part[0, :, 0, 0], part[1, :, 0, 0], part[3, :, 0, 0] = (4, 4, 4), (4, 0, -4), (-4, 0, 4)
    constants = [
        _whole("flat", [0, -1]),
        _constant("to_embedding", random.normal(size=(width, DIMENSION))),
        _constant("to_setting", random.normal(size=(width, PART_DIMENSION))),
        _constant("to_stones", random.normal(size=(width, PART_DIMENSION))),
        _constant("part", part),
        _constant("part_bias", [-8, 0, -5, 0, -5, -5, -5, -5, -5]),
        _constant("type", [[4, 0, 0], [-4, -4, 0], [0, 4, 0]]),
        _constant("type_bias", [0, 0, 0.5]),
        _constant("colour_of", [[3, 1, 4, 0], [2, 1, -3, 0], [-4, 1, 0, 0]]),
        _constant("colour_bias", [0, 0, 0, 1]),
    ]
    nodes = [
        helper.make_node("AveragePool", ["pixels"], ["cells"], kernel_shape=[8, 8], strides=[8, 8]),
        helper.make_node("Reshape", ["cells", "flat"], ["line"]),
        helper.make_node("Concat", ["line", "colour"], ["all"], axis=1),
        *(helper.make_node("MatMul", ["all", f"to_{name}"], [name]) for name in ("embedding", "setting", "stones")),
        helper.make_node("Conv", ["cells", "part", "part_bias"], ["parts"]),
        helper.make_node("ReduceMean", ["cells"], ["mean"], axes=[2, 3], keepdims=0),
        helper.make_node("MatMul", ["mean", "type"], ["type_logits"]),
        helper.make_node("Add", ["type_logits", "type_bias"], ["attr_type"]),
        helper.make_node("MatMul", ["mean", "colour_of"], ["colour_logits"]),
        helper.make_node("Add", ["colour_logits", "colour_bias"], ["attr_metal_colour"]),
    ]
    outputs = {
        "embedding": ["n", DIMENSION],
        "attr_type": ["n", len(TYPES) + 1],
        "attr_metal_colour": ["n", len(COLOURS) + 1],
        "parts": ["n", 9, grid, grid],
        "setting": ["n", PART_DIMENSION],
        "stones": ["n", PART_DIMENSION],
    }
    inputs = {"pixels": ["n", 3, READER_SIDE, READER_SIDE], "colour": ["n", 216]}
    return _model("reader", nodes, inputs, outputs, constants)


def _words() -> Any:
    from onnx import TensorProto, helper

    table = np.random.default_rng(1).normal(size=(TOKENS, DIMENSION))
    table[0] = 0  # the padding of a sentence
    nodes = [
        helper.make_node("Mod", ["tokens", "count"], ["places"]),
        helper.make_node("Gather", ["table", "places"], ["rows"], axis=0),
        helper.make_node("ReduceMean", ["rows"], ["embedding"], axes=[1], keepdims=0),
    ]
    inputs, outputs = {"tokens": ["n", "l"]}, {"embedding": ["n", DIMENSION]}
    return _model(
        "words", nodes, inputs, outputs, [_constant("table", table), _whole("count", [TOKENS])], kind=TensorProto.INT64
    )


def _model(name: str, nodes: Any, inputs: Any, outputs: Any, constants: Any, *, kind: int = 1) -> Any:
    from onnx import TensorProto, checker, helper

    taken = [helper.make_tensor_value_info(key, kind, shape) for key, shape in inputs.items()]
    given = [helper.make_tensor_value_info(key, TensorProto.FLOAT, shape) for key, shape in outputs.items()]
    graph = helper.make_graph(nodes, name, taken, given, constants)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    checker.check_model(model, full_check=True)
    return model


def _constant(name: str, values: Any) -> Any:
    from onnx import numpy_helper

    return numpy_helper.from_array(np.asarray(values, np.float32), name)


def _whole(name: str, values: list[int]) -> Any:
    from onnx import numpy_helper

    return numpy_helper.from_array(np.asarray(values, np.int64), name)


def _save(model: Any, path: Path) -> str:
    from onnx import save

    from parure.vision.onnx_runtime import file_sha256

    save(model, path)
    return file_sha256(path)


if __name__ == "__main__":
    main()
