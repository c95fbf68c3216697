"""Writes `data/probe.onnx`, a network that shows what reached it. Needs the package onnx: run it to change the file.

    python -m tests.vision.make_probe

Input `pixels` (n, 3, h, w); outputs `map` (the input), `mean` (n, 3), `tokens` (n, h * w, 3) and `root` (n, 3), the
square root of the mean, which is not a number when that is negative.
"""

from __future__ import annotations

from pathlib import Path

PROBE = Path(__file__).parent / "data" / "probe.onnx"


def main() -> None:
    from onnx import TensorProto, checker, helper, save

    nodes = [
        helper.make_node("Identity", ["pixels"], ["map"]),
        helper.make_node("ReduceMean", ["pixels"], ["mean"], axes=[2, 3], keepdims=0),
        helper.make_node("Reshape", ["pixels", "flat"], ["rows"]),
        helper.make_node("Transpose", ["rows"], ["tokens"], perm=[0, 2, 1]),
        helper.make_node("Sqrt", ["mean"], ["root"]),
    ]
    flat = helper.make_tensor("flat", TensorProto.INT64, [3], [0, 3, -1])
    image = helper.make_tensor_value_info("pixels", TensorProto.FLOAT, ["n", 3, "h", "w"])
    shapes = {"map": ["n", 3, "h", "w"], "mean": ["n", 3], "tokens": ["n", "t", 3], "root": ["n", 3]}
    outputs = [helper.make_tensor_value_info(name, TensorProto.FLOAT, shape) for name, shape in shapes.items()]
    graph = helper.make_graph(nodes, "probe", [image], outputs, [flat])
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    checker.check_model(model)
    PROBE.parent.mkdir(exist_ok=True)
    save(model, PROBE)


if __name__ == "__main__":
    main()
