"""Weights in eight bits: near enough, a quarter of the size."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason='needs torch: pip install "parure[train]"')
pytest.importorskip("onnx", reason='needs onnx: pip install "parure[train]"')

from parure.training.export import export_onnx  # noqa: E402
from parure.training.quantise import quantise_weights, rounded  # noqa: E402
from parure.vision.onnx_runtime import OnnxSession  # noqa: E402


def test_rounding_is_off_by_half_a_step_of_its_channel_at_most() -> None:
    values = (
        np.random.default_rng(0).normal(size=(6, 5, 3, 3)).astype(np.float32)
        * np.logspace(-3, 3, 6)[:, None, None, None]
    )
    small, scales = rounded(values.astype(np.float32), 0)
    assert small.dtype == np.int8
    back = small * scales[:, None, None, None]
    assert (np.abs(back - values).max(axis=(1, 2, 3)) <= scales / 2 * 1.001).all()


def test_a_channel_of_zeros_stays_zero() -> None:
    small, scales = rounded(np.zeros((2, 4), np.float32), 1)
    assert not small.any()
    assert np.isfinite(scales).all()


def test_a_model_in_eight_bits_says_nearly_the_same_in_a_quarter_of_the_size(tmp_path: Path) -> None:
    torch.manual_seed(0)
    network = torch.nn.Sequential(
        torch.nn.Conv2d(3, 64, 3, padding=1),
        torch.nn.ReLU(),
        torch.nn.Conv2d(64, 64, 3, padding=1, groups=64),
        torch.nn.Conv2d(64, 256, 1),
        torch.nn.AdaptiveAvgPool2d(1),
        torch.nn.Flatten(),
        torch.nn.Linear(256, 128),
    )
    whole, small = tmp_path / "whole.onnx", tmp_path / "small.onnx"
    export_onnx(network, whole, inputs={"pixels": torch.rand(2, 3, 16, 16)}, output="row")
    quantise_weights(whole, small)
    inputs = {"pixels": np.random.default_rng(1).random((3, 3, 16, 16), np.float32)}
    expected = OnnxSession(whole, threads=1).run("row", inputs)
    found = OnnxSession(small, threads=1).run("row", inputs)
    assert np.abs(found - expected).max() < 0.02 * np.abs(expected).max()
    assert not np.array_equal(found, expected)
    assert small.stat().st_size < 0.35 * whole.stat().st_size


def test_what_was_tuned_keeps_moves_smaller_than_a_step(tmp_path: Path) -> None:
    """A weight that moved by a tenth of a step of int8 is told from one that did not, in float16 only."""
    network = torch.nn.Sequential(torch.nn.Linear(64, 64, bias=False))
    start = torch.linspace(-1, 1, 64 * 64).reshape(64, 64).mul(127).round().div(127)
    moved = start.abs() < 0.9
    network[0].weight.data = start + moved * 0.1 / 127
    whole = tmp_path / "whole.onnx"
    export_onnx(network, whole, inputs={"row": torch.rand(2, 64)}, output="sum")
    rows = {"row": np.eye(64, dtype=np.float32)}
    truth = OnnxSession(whole, threads=1).run("sum", rows)
    off = {}
    for name, tuned in (("int8", ()), ("float16", ("",))):
        quantise_weights(whole, tmp_path / name, tuned=tuned)
        off[name] = np.abs(OnnxSession(tmp_path / name, threads=1).run("sum", rows) - truth).max()
    assert off["int8"] > 0.05 / 127
    assert off["float16"] < 0.1 / 127
