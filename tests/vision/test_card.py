from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from parure.errors import ModelError
from parure.vision.card import read_card

CARD: dict[str, Any] = {
    "name": "shop-clip",
    "file": "model.onnx",
    "sha256": "AB" * 32,
    "licence": "MIT",
    "image": {"name": "pixel_values", "side": 224, "fit": "crop", "mean": [123, 117, 104], "std": [58, 57, 57]},
    "output": {"name": "image_embeds", "dimension": 512},
}


def written(folder: Path, **changes: Any) -> Path:
    path = folder / "card.json"
    path.write_text(json.dumps({**CARD, **changes}), encoding="utf-8")
    return path


def test_a_card_is_read_with_its_defaults(tmp_path: Path) -> None:
    card = read_card(written(tmp_path))
    assert card.file == tmp_path / "model.onnx"
    assert card.version == "shop-clip-abababab"
    assert (card.image.layout, card.image.channels, card.image.fill) == ("nchw", "rgb", 255)
    assert card.image.std == (58.0, 57.0, 57.0)
    assert card.output.pooling == "none"


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"name": ""}, "name must be text"),
        ({"sha256": "abc"}, "64 hexadecimal"),
        ({"batch_size": 0}, "batch_size must be a whole number above 0"),
        ({"image": {"side": 224}}, r"image\.name is missing"),
        ({"image": {"name": "x", "side": "224"}}, "side must be a whole number"),
        ({"image": {"name": "x", "side": 9, "fit": "zoom"}}, "fit is 'zoom', it can be letterbox, stretch, crop"),
        ({"image": {"name": "x", "side": 9, "std": [1, 1, 0]}}, "none of them 0"),
        ({"image": {"name": "x", "side": 9, "mean": [1, 2]}}, "mean must be three numbers"),
        ({"image": {"name": "x", "side": 9, "fill": 256}}, "fill must be 0 to 255"),
        ({"output": {"name": "y", "dimension": True}}, "dimension must be a whole number"),
        ({"output": None}, "cannot be used"),
    ],
)
def test_a_wrong_field_is_named(tmp_path: Path, changes: dict[str, Any], named: str) -> None:
    path = written(tmp_path, **changes)
    with pytest.raises(ModelError, match=named) as caught:
        read_card(path)
    assert str(path) in str(caught.value)


@pytest.mark.parametrize("content", [b"{", b"[]", b"\xff\xfe", b'"text"'])
def test_a_file_that_is_no_card_is_a_model_error(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "card.json"
    path.write_bytes(content)
    with pytest.raises(ModelError, match=str(path)):
        read_card(path)


def test_a_missing_card_is_a_model_error(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="cannot be read"):
        read_card(tmp_path / "none.json")
