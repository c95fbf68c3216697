"""The PyTorch network and its ONNX file. Needs torch; the rest of the tests do not."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

INSTALL = 'needs torch: pip install "parure[train]"'
torch = pytest.importorskip("torch", reason=INSTALL)
safetensors = pytest.importorskip("safetensors.torch", reason=INSTALL)
pytest.importorskip("onnx", reason=INSTALL)

from parure.errors import ModelError  # noqa: E402
from parure.training.export_house import COLOUR_WEIGHT, HouseNetwork, export_backbone, export_house  # noqa: E402
from parure.training.mobilenet import MobileNetV2, SameConv, load_weights, same_padding  # noqa: E402
from parure.training.projection import Projection  # noqa: E402
from parure.vision.card import read_card  # noqa: E402
from parure.vision.colour import colour_histogram  # noqa: E402
from parure.vision.house import HouseEncoder  # noqa: E402
from parure.vision.onnx_encoder import OnnxEncoder  # noqa: E402
from parure.vision.preprocess import network_input  # noqa: E402
from tests.conformance.encoder import drawn_ring  # noqa: E402


@pytest.fixture(scope="module")
def weights(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Random weights with batch norm that is not the identity, in the layout of the real ones, classifier included."""
    torch.manual_seed(0)
    model = MobileNetV2()
    for layer in model.modules():
        if isinstance(layer, torch.nn.BatchNorm2d):
            layer.running_mean.uniform_(-0.2, 0.2)
            layer.running_var.uniform_(0.5, 1.5)
            layer.bias.data.uniform_(0, 0.5)
    state = {**model.state_dict(), "classifier.weight": torch.zeros(3, 1280)}
    path = tmp_path_factory.mktemp("weights") / "random.safetensors"
    safetensors.save_file(state, path)
    return path


@pytest.mark.parametrize(
    ("size", "stride", "expected"),
    [(288, 2, (0, 1)), (144, 1, (1, 1)), (9, 2, (1, 1)), (18, 2, (0, 1)), (9, 1, (1, 1)), (1, 2, (1, 1))],
)
def test_padding_puts_the_odd_pixel_last(size: int, stride: int, expected: tuple[int, int]) -> None:
    """Values of TensorFlow's documentation of SAME: max((ceil(n / s) - 1) * s + k - n, 0), the smaller half first."""
    assert same_padding(size, 3, stride) == expected


@pytest.mark.parametrize(("size", "stride"), [(8, 2), (9, 2), (8, 1), (9, 1)])
def test_a_convolution_gives_one_output_per_stride_and_sees_zeros_outside(size: int, stride: int) -> None:
    layer = SameConv(1, 1, 3, stride, bias=False)
    torch.nn.init.ones_(layer.weight)
    counts = layer(torch.ones(1, 1, size, size))[0, 0]
    assert counts.shape == (-(-size // stride),) * 2
    top, bottom = same_padding(size, 3, stride)
    assert counts[0, 0] == (3 - top) ** 2
    assert counts[-1, -1] == (3 - bottom) ** 2


def test_the_onnx_file_gives_what_pytorch_gives(weights: Path, tmp_path: Path) -> None:
    card = read_card(export_backbone(weights, tmp_path / "backbone.onnx"))
    pictures = [drawn_ring(seed) for seed in range(3)]
    with torch.inference_mode():
        expected = load_weights(weights)(torch.from_numpy(network_input(pictures, card.image))).numpy()
    found = OnnxEncoder(card, threads=1).encode_images(pictures)
    np.testing.assert_allclose(found, expected / np.linalg.norm(expected, axis=1, keepdims=True), atol=1e-4)


def test_the_house_network_joins_by_weight_and_projects() -> None:
    backbone = MobileNetV2().eval()
    axes = np.eye(1496, 512, k=-1280 + 400, dtype=np.float32)
    network = HouseNetwork(backbone, Projection(np.zeros(1496, np.float32), axes, 1.0))
    colour = torch.nn.functional.normalize(torch.rand(1, 216), dim=1)
    with torch.inference_mode():
        row = network(torch.rand(1, 3, 64, 64), colour)[0]
    joined = (COLOUR_WEIGHT / (1 + COLOUR_WEIGHT)) ** 0.5
    np.testing.assert_allclose(row[400:], colour[0, :112] * joined, atol=1e-5)


@pytest.mark.slow
def test_one_command_makes_an_encoder_from_weights_and_renders(weights: Path, tmp_path: Path) -> None:
    from PIL import Image

    renders = tmp_path / "renders"
    renders.mkdir()
    for seed in range(260):
        Image.fromarray(drawn_ring(seed, side=64)).convert("RGBA").save(renders / f"{seed:03}.png")
    card = read_card(export_house(weights, renders, tmp_path / "out" / "mine.onnx"))
    encoder = HouseEncoder(card, threads=1)
    assert encoder.version == f"mine-{card.sha256[:8]}"
    assert encoder.encode_images([drawn_ring(1)]).shape == (1, 512)
    assert card.about["projection"]["fitted_on"] == "260 rendered cut-outs, 2 composites of each"
    assert colour_histogram(drawn_ring(1)).shape == (216,)


def test_a_file_that_is_not_this_network_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "other.safetensors"
    safetensors.save_file({"conv1.weight": torch.zeros(3)}, path)
    with pytest.raises(ModelError, match=r"not a MobileNetV2 1\.0.*conv_stem"):
        load_weights(path)
    path.write_bytes(b"nothing")
    with pytest.raises(ModelError, match="not a readable safetensors"):
        load_weights(path)
