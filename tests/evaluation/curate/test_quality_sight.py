"""Pictures without jewellery, limits of what an analyser sees, and the report on it, with one that sees only red."""

from __future__ import annotations

import json
from itertools import islice
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from parure.curate.quality_limits import load_limits
from parure.evaluation.curate.quality_fit_seen import fit_seen, lower_seen
from parure.evaluation.curate.quality_photos import CleanPhoto, shop_photos
from parure.evaluation.curate.quality_sight import sight_report
from parure.evaluation.curate.quality_strangers import STRANGERS, strangers
from parure.evaluation.real_photos import Half, half_of
from tests.curate.seen import RedIsARing


def test_strangers_are_of_all_kinds_in_turn_and_the_same_each_time() -> None:
    made = list(strangers(2 * len(STRANGERS)))
    assert [kind for kind, _ in made] == [*STRANGERS, *STRANGERS]
    again = list(strangers(2 * len(STRANGERS)))
    assert all(np.array_equal(one, other) for (_, one), (_, other) in zip(made, again, strict=True))
    assert not any(np.array_equal(one, other) for (_, one), (_, other) in zip(made[:8], made[8:], strict=True))
    assert {pixels.shape for _, pixels in made} == {(384, 384, 3)}


def _disc(red: int) -> CleanPhoto:
    """A red disc on white, sharp and whole."""
    down, across = np.indices((256, 256)) - 128
    piece = down**2 + across**2 < 80**2
    pixels = np.full((256, 256, 3), 255, np.uint8)
    pixels[piece] = (red, 20, 20)
    return CleanPhoto(pixels, piece, "white", f"d{red}")


def test_limits_blame_one_of_a_hundred_of_the_photos_they_are_fitted_on() -> None:
    limits = fit_seen([_disc(red) for red in range(150, 250)], RedIsARing())
    assert set(limits) == {"jewellery", "sharpness", "cut", "resolution", "type_agrees"}
    assert limits["jewellery"] <= 0.8
    assert limits["cut"] == 1.0  # to it a piece is all of the photo, so nothing more may be cut
    assert limits["sharpness"] > 0.5


@pytest.mark.parametrize(("half", "lowered"), [("choose", True), ("report", False)])
def test_real_photos_that_may_choose_lower_what_is_asked_of_jewellery(
    tmp_path: Path, half: Half, lowered: bool
) -> None:
    shop = next(name for name in (f"shop-{number}" for number in range(99)) if half_of(name) == half)
    Image.fromarray(np.full((64, 64, 3), (0, 0, 200), np.uint8)).save(tmp_path / "blue.png")  # no ring to it
    (tmp_path / "bad.png").write_bytes(b"no picture")
    rows = [{"file": name, "source_repo": shop} for name in ("blue.png", "bad.png", "missing.png")]
    (tmp_path / "manifest.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    limits = {"jewellery": 0.5, "cut": 0.2}
    moved = lower_seen(limits, tmp_path, RedIsARing())
    assert moved["cut"] == 0.2
    assert (moved["jewellery"] < 0.5) is lowered


def test_the_report_tells_what_was_found_and_what_was_blamed_for_nothing() -> None:
    section = sight_report(RedIsARing(), None)
    figures = {line.what: line.figure for line in section.lines}
    assert {f"no jewellery: {kind}" for kind in STRANGERS} <= set(figures)
    found = figures["no jewellery, all kinds"]
    alarms = figures["false alarms of not_jewellery, drawn photos"]
    assert found is not None
    assert alarms is not None
    assert (found.count, alarms.count) == (240, len(list(shop_photos(report=True))))
    reddish = np.mean(
        [pixels[..., 0].mean() <= pixels[..., 2].mean() for _, pixels in islice(strangers(240, seed=1), 240)]
    )
    assert found.value == np.float64(reddish)  # only what is not red is no jewellery to it
    assert load_limits().analyser in section.notes[0]
