"""The runtime and the encoder-by-card, on a probe network that shows what reached it (see make_probe.py)."""

from __future__ import annotations

import json
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from parure.errors import ModelError
from parure.vision import Pixels
from parure.vision.card import ImageInput, read_card
from parure.vision.onnx_encoder import OnnxEncoder
from parure.vision.onnx_runtime import file_sha256, open_session
from parure.vision.preprocess import fit_square, network_input

PROBE = Path(__file__).parent / "data" / "probe.onnx"
RED, BLUE = (200, 0, 0), (0, 0, 100)


def carded(folder: Path, output: str = "mean", *, dimension: int = 3, pooling: str = "none", **image: Any) -> Path:
    shutil.copy(PROBE, folder / "probe.onnx")
    card = {
        "name": "probe",
        "file": "probe.onnx",
        "sha256": file_sha256(PROBE),
        "licence": "Apache-2.0",
        "image": {"name": "pixels", "side": 8, **image},
        "output": {"name": output, "dimension": dimension, "pooling": pooling},
    }
    path = folder / "probe.json"
    path.write_text(json.dumps(card), encoding="utf-8")
    return path


def halves(top: tuple[int, int, int], bottom: tuple[int, int, int]) -> Pixels:
    picture = np.full((40, 40, 3), top, np.uint8)
    picture[20:] = bottom
    return picture


def test_one_file_has_one_session_in_the_process_whatever_its_path(tmp_path: Path) -> None:
    shutil.copy(PROBE, tmp_path / "copy.onnx")
    with ThreadPoolExecutor(8) as pool:
        sessions = list(pool.map(open_session, [PROBE, tmp_path / "copy.onnx"] * 4))
    assert len({id(session) for session in sessions}) == 1


def test_a_file_other_than_the_card_says_is_refused(tmp_path: Path) -> None:
    path = carded(tmp_path)
    with (tmp_path / "probe.onnx").open("ab") as file:
        file.write(b"\0")
    with pytest.raises(ModelError, match="not the file its card describes"):
        OnnxEncoder(read_card(path))


def test_a_file_that_is_no_model_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "noise.onnx"
    path.write_bytes(b"this is not a model")
    with pytest.raises(ModelError, match=r"noise\.onnx cannot be loaded"):
        open_session(path)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"gone\.onnx cannot be read"):
        open_session(tmp_path / "gone.onnx")


def test_arrays_the_model_does_not_take_are_named_with_their_shape() -> None:
    with pytest.raises(ModelError, match=r"pixels float32\[2, 5\]"):
        open_session(PROBE).run("mean", {"pixels": np.zeros((2, 5), np.float32)})


def test_an_output_the_model_lacks_is_refused_when_it_is_opened(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"no output 'logits'.*map, mean, tokens, root"):
        OnnxEncoder(read_card(carded(tmp_path, "logits")))


def test_a_dimension_other_than_the_card_says_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"expected \(n, 4\)"):
        OnnxEncoder(read_card(carded(tmp_path, dimension=4))).encode_images([halves(RED, BLUE)])


def test_a_result_that_is_not_a_number_is_refused(tmp_path: Path) -> None:
    encoder = OnnxEncoder(read_card(carded(tmp_path, "root", mean=[50, 50, 50])))
    with pytest.raises(ModelError, match="not finite"):
        encoder.encode_images([halves(RED, BLUE)])


@pytest.mark.parametrize(
    ("output", "pooling", "expected"),
    [
        ("mean", "none", (100, 0, 50)),
        ("map", "mean", (100, 0, 50)),
        ("tokens", "mean", (100, 0, 50)),
        ("map", "first", RED),
        ("tokens", "first", RED),
    ],
)
def test_pooling_reads_maps_and_tokens(tmp_path: Path, output: str, pooling: str, expected: tuple[int, ...]) -> None:
    (vector,) = OnnxEncoder(read_card(carded(tmp_path, output, pooling=pooling))).encode_images([halves(RED, BLUE)])
    np.testing.assert_allclose(vector, np.array(expected) / np.linalg.norm(expected), atol=1e-6)


def test_channels_mean_std_and_layout_are_as_the_card_says() -> None:
    wanted = ImageInput("x", 4, "nhwc", "bgr", mean=(10.0, 20.0, 30.0), std=(2.0, 4.0, 5.0))
    array = network_input([np.full((4, 4, 3), (130, 60, 50), np.uint8)], wanted)
    assert array.shape == (1, 4, 4, 3)
    assert array.dtype == np.float32
    np.testing.assert_allclose(array[0, 0, 0], [(50 - 10) / 2, (60 - 20) / 4, (130 - 30) / 5])
    assert network_input([halves(RED, BLUE)], ImageInput("x", 4)).shape == (1, 3, 4, 4)


@pytest.mark.parametrize(
    ("fit", "corner", "middle"), [("letterbox", (7, 7, 7), BLUE), ("stretch", RED, BLUE), ("crop", BLUE, BLUE)]
)
def test_a_wide_picture_is_padded_stretched_or_cut(fit: Any, corner: tuple[int, ...], middle: tuple[int, ...]) -> None:
    wide = np.full((40, 120, 3), RED, np.uint8)
    wide[:, 35:85] = BLUE
    square = fit_square(wide, ImageInput("x", 12, fit=fit, fill=7))
    assert square.shape == (12, 12, 3)
    assert tuple(square[0, 0]) == corner
    assert tuple(square[6, 6]) == middle
