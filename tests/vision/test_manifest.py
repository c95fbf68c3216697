from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from parure.errors import ModelError
from parure.vision.calibration import AS_IT_IS
from parure.vision.manifest import read_manifest
from tests.vision.tiny import MANIFEST, changed

OTHER = "0" * 64


def version(folder: Path, **changes: Any) -> str:
    return read_manifest(changed(folder, {name.replace("__", "."): value for name, value in changes.items()})).version


def test_a_manifest_names_files_beside_it_and_what_they_give() -> None:
    manifest = read_manifest(MANIFEST)
    assert manifest.detector.file.path == MANIFEST.parent / "detector.onnx"
    assert manifest.detector.classes == ("ring", "earring")
    assert [attribute.id for attribute in manifest.reader.attributes] == ["type", "metal_colour"]
    assert manifest.reader.attributes[0].temperature == 0.5
    assert manifest.reader.attributes[1].calibration.true == (0, 0.25, 1)
    assert manifest.words is not None


def test_what_may_be_left_out_has_its_usual_value(tmp_path: Path) -> None:
    left_out = ["detector.overlap", "detector.most", "reader.attributes.0.temperature", "words"]
    manifest = read_manifest(changed(tmp_path, dict.fromkeys(left_out)))
    assert (manifest.detector.overlap, manifest.detector.most, manifest.detector.side) == (0.5, 8, 416)
    assert manifest.detector.calibration == AS_IT_IS
    assert manifest.reader.attributes[0].temperature == 1
    assert manifest.words is None


@pytest.mark.parametrize(
    "changes",
    [
        {"detector__sha256": OTHER},
        {"reader__sha256": OTHER},
        {"words__sha256": OTHER},
        {"words": None},
        {"detector__threshold": 0.51},
        {"reader__attributes__0__temperature": 1.5},
        {"crop__air": 0.2},
    ],
)
def test_the_version_changes_with_anything_that_changes_an_answer(tmp_path: Path, changes: dict[str, Any]) -> None:
    before = version(tmp_path)
    assert before.startswith("tiny-house-")
    assert len(before) == len("tiny-house-") + 8
    assert version(tmp_path, **changes) != before


def test_the_version_stays_with_words_for_people_and_with_the_layout(tmp_path: Path) -> None:
    before = version(tmp_path)
    assert version(tmp_path, about={"recipe": "mended"}, licence="Apache-2.0 or MIT") == before
    path = changed(tmp_path, {})
    raw = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps(dict(reversed(raw.items())), indent=4), encoding="utf-8")
    assert read_manifest(path).version == before


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"name": None}, "the field name is missing"),
        ({"detector": None}, "the field detector is missing"),
        ({"detector": []}, "detector must be a JSON object"),
        ({"detector.sha256": "abc"}, r"detector\.sha256 must be 64 hexadecimal digits"),
        ({"detector.classes": []}, r"detector\.classes must be a list of words"),
        ({"detector.classes": ["ring", "ring"]}, r"detector\.classes must be a list without repetitions"),
        ({"detector.classes": ["ring", "rinq"]}, r"detector\.classes: .*'rinq' is not in the vocabulary.*ring"),
        ({"detector.threshold": 1.5}, r"detector\.threshold must be a number from 0 to 1, not 1\.5"),
        ({"detector.threshold": True}, r"detector\.threshold must be a number"),
        ({"detector.threshold": None}, r"the field detector\.threshold is missing"),
        ({"detector.side": 400}, r"detector\.side must be a multiple of 32"),
        ({"detector.most": 0}, r"detector\.most must be a whole number above 0"),
        ({"detector.curve": {"said": [0, 1]}}, r"the field detector\.curve\.true is missing"),
        ({"detector.curve": {"said": [0, "1"], "true": [0, 1]}}, r"detector\.curve\.said must be a list of numbers"),
        ({"detector.curve": {"said": [0, 1], "true": [1, 0]}}, r"detector\.curve: .* must not fall"),
        ({"reader.side": 33}, r"reader\.side must be a multiple of 8"),
        ({"reader.dimension": "512"}, r"reader\.dimension must be a whole number"),
        ({"reader.attributes": {"type": {}}}, r"reader\.attributes must be a list"),
        ({"reader.attributes.0.attribute": "colour"}, r"reader\.attributes\[0\]\.values: .*no attribute 'colour'"),
        ({"reader.attributes.1": "type"}, r"reader\.attributes\[1\] must be a JSON object"),
        ({"reader.attributes.1": {"attribute": "type", "values": ["ring"]}}, r"names an attribute twice: type, type"),
        ({"reader.attributes.0.values": "ring"}, r"reader\.attributes\[0\]\.values must be a list of words"),
        ({"reader.attributes.0.temperature": 0}, r"reader\.attributes\[0\]\.temperature must be .* above 0"),
        ({"words.file": 3}, r"words\.file must be text"),
        ({"crop.air": None}, r"the field crop\.air is missing"),
        ({"detector.calibration": [[0, 0], [1, 1]]}, r"detector\.calibration is not a field here; there are .*curve"),
        ({"reader.attributes.0.temprature": 2}, r"reader\.attributes\[0\]\.temprature is not a field here"),
        ({"detector.curve": {"said": [0], "true": [0], "x": 1}}, r"detector\.curve\.x is not a field here"),
        ({"version": "1"}, "version is not a field here"),
        ({"about": "text"}, "about must be a JSON object"),
    ],
)
def test_a_field_that_cannot_be_used_is_named_with_the_file(
    tmp_path: Path, changes: dict[str, Any], named: str
) -> None:
    path = changed(tmp_path, changes)
    with pytest.raises(ModelError, match=named) as caught:
        read_manifest(path)
    assert str(path) in str(caught.value)


@pytest.mark.parametrize("content", [b"{", b"[]", b"\xff\xfe", b'"text"', b"{}"])
def test_a_file_that_is_no_manifest_is_a_model_error(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "house.json"
    path.write_bytes(content)
    with pytest.raises(ModelError, match=str(path)):
        read_manifest(path)


def test_a_missing_manifest_is_a_model_error(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="cannot be read"):
        read_manifest(tmp_path / "none.json")
