"""Fragments as the exports write them, around the tiny models, to a set that sees as the tiny set does."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from parure.errors import ModelError
from parure.training.assemble_house import assemble
from parure.vision.house_model import HouseAnalyser
from parure.vision.manifest import CropPolicy
from tests.vision.tiny import MANIFEST, RED, photo, tiny_house

TINY: dict[str, Any] = json.loads(MANIFEST.read_text(encoding="utf-8"))
CROP = CropPolicy(**TINY["crop"])


@pytest.fixture
def parts(tmp_path: Path) -> dict[str, Path]:
    """detector.json, reader.json and words.json beside the tiny models."""
    digests = {part: TINY[part]["sha256"] for part in ("detector", "reader", "words")}
    for part in digests:
        (tmp_path / f"{part}.onnx").write_bytes((MANIFEST.parent / f"{part}.onnx").read_bytes())
    curve = {"said": [0.0, 1.0], "true": [0.0, 1.0]}
    attributes = [
        {"temperature": 1.0, "curve": curve, **entry, "error_raw": 0.1} for entry in TINY["reader"]["attributes"]
    ]
    fragments = {
        "detector": {
            "file": "detector.onnx",
            "sha256": digests["detector"],
            "side": 416,
            "classes": TINY["detector"]["classes"],
            "threshold": 0.5,
            "calibration": [[0.0, 0.0], [1.0, 1.0]],
            "about": {"figures": {"map": 0.5}},
        },
        "reader": {
            "side": 32,
            "dimension": 24,
            "part_dimension": 6,
            "attributes": attributes,
            "files": {"reader.onnx": digests["reader"]},
            "training": {"seed": 0},
        },
        "words": {"file": "words.onnx", "sha256": digests["words"], "licence": "Apache-2.0", "bytes": 9},
    }
    for part, fragment in fragments.items():
        (tmp_path / f"{part}.json").write_text(json.dumps(fragment), encoding="utf-8")
    return {part: tmp_path / f"{part}.json" for part in fragments}


def test_the_set_sees_as_its_parts_do(parts: dict[str, Path], tmp_path: Path) -> None:
    made = HouseAnalyser(assemble("shop", parts, CROP, tmp_path / "out"), threads=1)
    pixels = photo((5, 4, RED))
    np.testing.assert_array_equal(made.encode_images([pixels]), tiny_house().encode_images([pixels]))
    assert made.supports_text
    assert {path.name for path in (tmp_path / "out").iterdir()} == {
        "shop.json", "shop-detector.onnx", "shop-reader.onnx", "shop-words.onnx",
    }  # fmt: skip


def test_what_people_want_to_know_is_kept_apart(parts: dict[str, Path], tmp_path: Path) -> None:
    made = assemble("shop", parts, CROP, tmp_path / "out")
    assert made.about["reader"]["training"] == {"seed": 0}
    assert made.about["detector"]["about"] == {"figures": {"map": 0.5}}
    assert made.about["words"]["bytes"] == 9


def test_what_is_not_given_comes_from_another_set(parts: dict[str, Path], tmp_path: Path) -> None:
    base = assemble("shop", parts, CROP, tmp_path / "out")
    fragment = json.loads(parts["detector"].read_text(encoding="utf-8"))
    parts["detector"].write_text(json.dumps({**fragment, "threshold": 0.25}), encoding="utf-8")
    again = assemble("mine", {"detector": parts["detector"]}, None, tmp_path / "mine", base=base.path)
    assert (again.detector.threshold, base.detector.threshold) == (0.25, 0.5)
    assert (again.reader.attributes, again.crop) == (base.reader.attributes, base.crop)
    assert again.reader.file.path.read_bytes() == base.reader.file.path.read_bytes()
    assert again.about["reader"] == base.about["reader"]
    assert again.words
    assert again.version != base.version
    with pytest.raises(ModelError, match="needs a reader"):
        assemble("half", {"detector": parts["detector"]}, CROP, tmp_path / "half")


def test_a_set_need_not_read_words(parts: dict[str, Path], tmp_path: Path) -> None:
    del parts["words"]
    assert assemble("shop", parts, CROP, tmp_path / "out").words is None


def test_a_file_that_was_exported_again_is_refused(parts: dict[str, Path], tmp_path: Path) -> None:
    with (tmp_path / "reader.onnx").open("ab") as file:
        file.write(b"\0")
    with pytest.raises(ModelError, match=r"reader\.onnx is not the file that its JSON describes"):
        assemble("shop", parts, CROP, tmp_path / "out")


def test_a_part_without_a_field_is_refused(parts: dict[str, Path], tmp_path: Path) -> None:
    parts["detector"].write_text("{}", encoding="utf-8")
    with pytest.raises(ModelError, match="'file' is missing"):
        assemble("shop", parts, CROP, tmp_path / "out")


def test_parts_that_do_not_fit_each_other_are_refused(parts: dict[str, Path], tmp_path: Path) -> None:
    raw = json.loads(parts["reader"].read_text(encoding="utf-8"))
    parts["reader"].write_text(json.dumps({**raw, "dimension": 25}), encoding="utf-8")
    with pytest.raises(ModelError, match=r"reader\.dimension"):
        assemble("shop", parts, CROP, tmp_path / "out")
