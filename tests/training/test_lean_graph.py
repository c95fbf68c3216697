"""Paddings as attributes of convolutions: the same numbers from fewer nodes. Needs torch and onnx."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

INSTALL = 'needs torch: pip install "parure[train]"'
torch = pytest.importorskip("torch", reason=INSTALL)
onnx = pytest.importorskip("onnx", reason=INSTALL)

from parure.training.export import OPSET, export_onnx  # noqa: E402
from parure.training.lean_graph import fold_paddings  # noqa: E402
from parure.training.mobilenet import SameConv  # noqa: E402
from parure.vision.onnx_runtime import OnnxSession  # noqa: E402


class Padded(torch.nn.Module):  # type: ignore[misc, unused-ignore]
    """Zeros before a convolution that pads too, and `value` before another; all read a map of 9 x 8."""

    def __init__(self, value: float | None) -> None:
        super().__init__()
        self.first, self.second = SameConv(3, 4, 3, 2, bias=False), torch.nn.Conv2d(4, 5, 3, padding=(2, 1))
        self.value = value

    def forward(self, pixels: torch.Tensor) -> torch.Tensor:
        maps = self.first(torch.nn.functional.pad(pixels, (0, 1, 2, 0)))
        return self.second(torch.nn.functional.pad(maps, (1, 0, 0, 3), value=self.value)).flatten(1)


def raw(network: torch.nn.Module, path: Path) -> Path:
    """Traced and nothing else."""
    torch.onnx.export(
        network.eval(), (torch.rand(2, 3, 9, 8),), path, input_names=["pixels"], output_names=["row"],
        dynamic_axes={"pixels": {0: "n"}, "row": {0: "n"}}, opset_version=OPSET, dynamo=False,
    )  # fmt: skip
    return path


def kinds(path: Path) -> list[str]:
    return [node.op_type for node in onnx.load(path).graph.node]


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize(("value", "left"), [(None, 0), (1.5, 1)])
def test_paddings_by_zeros_go_into_the_convolution_and_nothing_else_changes(
    tmp_path: Path, value: float | None, left: int
) -> None:
    torch.manual_seed(0)
    network = Padded(value)
    before = raw(network, tmp_path / "before.onnx")
    export_onnx(network, tmp_path / "after.onnx", inputs={"pixels": torch.rand(2, 3, 9, 8)}, output="row")
    assert kinds(before).count("Pad") >= 2
    assert kinds(tmp_path / "after.onnx").count("Pad") == left
    assert len(kinds(tmp_path / "after.onnx")) < len(kinds(before))
    fed = {"pixels": np.random.default_rng(1).random((3, 3, 9, 8), np.float32)}
    expected, found = (
        OnnxSession(tmp_path / name, threads=1).run("row", fed) for name in ("before.onnx", "after.onnx")
    )
    np.testing.assert_allclose(found, expected, atol=1e-5)


def conv_behind_pad(widths: list[int] | None, *, also_read: bool = False) -> onnx.ModelProto:
    """`pixels` padded by constant `widths`, or by an input of that name, then convolved; `padded` may be an output."""
    helper, float32 = onnx.helper, onnx.TensorProto.FLOAT
    nodes = [
        helper.make_node("Pad", ["pixels", "widths"], ["padded"]),
        helper.make_node("Conv", ["padded", "weight"], ["maps"]),
    ]
    inputs = [helper.make_tensor_value_info("pixels", float32, [1, 1, 4, 4])]
    weights = [onnx.numpy_helper.from_array(np.ones((1, 1, 3, 3), np.float32), "weight")]
    if widths is None:
        inputs.append(helper.make_tensor_value_info("widths", onnx.TensorProto.INT64, [8]))
    else:
        weights.append(onnx.numpy_helper.from_array(np.array(widths, np.int64), "widths"))
    outputs = [helper.make_tensor_value_info(name, float32, [None] * 4) for name in ("maps", *["padded"] * also_read)]
    graph = helper.make_graph(nodes, "padded", inputs, outputs, weights)
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPSET)], ir_version=9)


def test_a_padding_stays_where_it_is_read_otherwise_or_its_widths_are_not_known() -> None:
    constant = [0, 0, 1, 0, 0, 0, 0, 2]
    for model, left in (
        (conv_behind_pad(constant), 0),
        (conv_behind_pad(None), 1),
        (conv_behind_pad(constant, also_read=True), 1),
        (conv_behind_pad([0, 1, 1, 0, 0, 0, 0, 2]), 1),  # channels
        (conv_behind_pad([0, 0, 1, -1, 0, 0, 0, 2]), 1),  # a cut
    ):
        assert [node.op_type for node in fold_paddings(model).graph.node].count("Pad") == left
