"""The tiny set, which is far too sure of what it reads on drawn designs, made to say what is true."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("scipy", reason='needs scipy: pip install "parure[render]"')

from parure.evaluation.made_photos import HeldOut
from parure.evaluation.probability import calibration_error
from parure.training.calibrate_house import calibrate_house, claims_on, held_out
from tests.render.drawn_set import draw_set
from tests.vision.tiny import changed, tiny_house

DESIGNS = 40


@pytest.fixture(scope="module")
def designs(tmp_path_factory: pytest.TempPathFactory) -> HeldOut:
    root = tmp_path_factory.mktemp("drawn")
    draw_set(root, DESIGNS)
    return HeldOut.read(root, DESIGNS)


def _error(manifest: Path, designs: HeldOut, attribute: str) -> float:
    claims = [each for each in claims_on(tiny_house(manifest), designs, told=_silent) if each.attribute == attribute]
    return calibration_error(np.array([each.probability for each in claims]), np.array([each.right for each in claims]))


def _silent(line: str) -> None:
    pass


def test_a_set_says_afterwards_what_is_true(designs: HeldOut, tmp_path: Path) -> None:
    manifest = changed(tmp_path, {})
    before = json.loads(manifest.read_text(encoding="utf-8"))
    mended = {each.attribute: each for each in calibrate_house(manifest, designs, told=_silent)}
    assert "type" in mended
    assert mended["type"].error_after < mended["type"].error_before
    assert _error(manifest, designs, "type") < 0.05 < mended["type"].error_before
    after = json.loads(manifest.read_text(encoding="utf-8"))
    for entry in (*before["reader"]["attributes"], *after["reader"]["attributes"]):
        entry.pop("curve", None)
    assert after == before


def test_what_is_claimed_too_seldom_keeps_its_curve(designs: HeldOut, tmp_path: Path) -> None:
    manifest = changed(tmp_path, {})
    before = manifest.read_bytes()
    few = HeldOut(designs.root, designs.records[:3])
    assert calibrate_house(manifest, few, told=_silent) == []
    assert json.loads(manifest.read_text(encoding="utf-8")) == json.loads(before)


def test_designs_are_those_that_a_reader_held_out(designs: HeldOut) -> None:
    some, none = held_out(designs.root, DESIGNS, share=0.3), held_out(designs.root, DESIGNS, share=0.0)
    assert 0 < len(some.records) < DESIGNS
    assert not none.records
