"""The pictures that show why."""

from __future__ import annotations

import numpy as np
import pytest

from parure.images.quality import MEASURES, explain
from tests.images.quality.drawn import picture_of, ring


def test_every_measure_has_a_panel() -> None:
    names = [each.name for each in MEASURES if not each.fault.startswith("on_")]
    sheet = explain(picture_of(ring()), [*names, "background"])
    assert (sheet.width, sheet.height) == (4 * 260, 3 * 282)
    assert explain(picture_of(ring())).size == sheet.size


def test_a_panel_marks_where_the_fault_is() -> None:
    framed = ring().copy()
    framed[:8] = framed[-8:] = framed[:, :8] = framed[:, -8:] = 20
    panel = np.asarray(explain(picture_of(framed), ["border"]))
    alarm = (np.abs(panel.astype(int) - (213, 94, 0)).max(2) < 8).sum()
    assert alarm > 500
    assert (
        np.abs(np.asarray(explain(picture_of(ring()), ["border"])).astype(int) - (213, 94, 0)).max(2) < 8
    ).sum() == 0


def test_a_cut_side_is_drawn_on_that_side() -> None:
    panel = np.asarray(explain(picture_of(ring(at=(0.1, 0.5))), ["cut"])).astype(int)
    alarm = np.abs(panel - (213, 94, 0)).max(2) < 8
    assert alarm[:, :8].sum() > 100
    assert alarm[:, 20:].sum() == 0


def test_an_unknown_measure_is_named() -> None:
    with pytest.raises(ValueError, match="no measure sharpnes"):
        explain(picture_of(ring()), ["sharpnes"])


@pytest.mark.parametrize("shape", [(16, 16), (40, 300), (300, 40)])
def test_small_pictures_are_explained_too(shape: tuple[int, int]) -> None:
    assert explain(picture_of(np.zeros((*shape, 3), np.uint8))).width > 0
