"""Faults of known strength, the report on them, and backgrounds of real photos labelled by eye."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from parure.errors import IntakeError
from parure.evaluation.curate.quality import measured_of, quality_report, read_background_labels
from parure.evaluation.curate.quality_faults import FAULTS, Fault, exposed
from parure.evaluation.curate.quality_fit import raise_limits
from parure.evaluation.curate.quality_net import NetPlan, fit_net, fit_nets
from parure.evaluation.curate.quality_photos import CleanPhoto, cut_out, drawn_photos, shop_photos
from parure.evaluation.curate.quality_world import world_photos
from parure.evaluation.real_photos import Half, half_of
from parure.images.quality import BACKGROUNDS
from parure.images.quality.net import net_from
from tests.evaluation.made import designs_in
from tests.images.quality.drawn import ring

LABELS = Path(__file__).with_name("backgrounds.tsv")
REAL = Path(__file__).parents[4] / "shared" / "data" / "real"


def photo() -> CleanPhoto:
    pixels = ring()
    return CleanPhoto(pixels, (pixels != 255).any(2), "white", "d1")


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_a_fault_changes_the_photo_more_the_stronger_it_is(fault: Fault) -> None:
    made = [fault.make(photo(), strength, np.random.default_rng(3)) for strength in fault.strengths]
    assert all(pixels is not None and pixels.dtype == np.uint8 for pixels in made)
    if fault.name == "cut":
        areas = [pixels.size for pixels in made if pixels is not None]
        assert areas == sorted(areas, reverse=True)
    elif fault.name != "text":  # larger letters may stand elsewhere
        apart = [float(np.abs(pixels.astype(int) - ring()).mean()) for pixels in made if pixels is not None]
        assert apart[0] > 0
        assert apart[-1] > apart[0]


def test_a_fault_that_cannot_be_seen_is_not_made() -> None:
    scene = CleanPhoto(ring(), None, "scene", "d1")
    made = {fault.name: fault.make(scene, fault.strengths[0], np.random.default_rng(0)) for fault in FAULTS}
    assert [name for name, pixels in made.items() if pixels is None] == ["burnt places", "cut", "tint"]


def test_limits_are_raised_by_the_real_photos_that_may_choose_and_by_no_others(tmp_path: Path) -> None:
    lettered = FAULTS[[fault.name for fault in FAULTS].index("text")].make(photo(), 24, np.random.default_rng(0))
    assert lettered is not None
    shops = {half_of(f"shop-{number}"): f"shop-{number}" for number in range(99)}  # one of each half
    score = measured_of(lettered).scores["text"]
    low = {"text": 0.1, "washed": 1.0, "sharpness": 0.2}
    assert score > 0.1
    Image.fromarray(lettered).save(tmp_path / "a.png")
    (tmp_path / "bad.png").write_bytes(b"no picture")
    expected: tuple[tuple[Half, float], ...] = (("choose", score), ("report", 0.1))
    for half, limit in expected:
        rows = [{"file": name, "source_repo": shops[half]} for name in ("a.png", "bad.png", "missing.png")]
        (tmp_path / "manifest.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
        raised = raise_limits(low, tmp_path)
        assert raised["text"] == pytest.approx(limit, abs=0.02)
        assert {name: raised[name] for name in ("washed", "sharpness")} == {"washed": 1.0, "sharpness": 0.2}


def test_no_design_is_fitted_on_and_reported_on(tmp_path: Path) -> None:
    root = designs_in(tmp_path, 24)
    halves = [{each.design for each in drawn_photos(root, 99, report=report)} for report in (False, True)]
    assert halves[0]
    assert halves[1]
    assert not halves[0] & halves[1]


def test_a_drawn_photo_knows_its_piece_and_its_ground(tmp_path: Path) -> None:
    drawn = list(drawn_photos(designs_in(tmp_path, 24), 99, report=False))
    assert {each.background for each in drawn} <= set(BACKGROUNDS)
    assert all(each.piece is not None and each.piece.any() for each in drawn)


def test_drawn_photos_are_the_same_every_time(tmp_path: Path) -> None:
    root = designs_in(tmp_path, 12)
    first, second = (list(drawn_photos(root, 5, report=True, varied=True)) for _ in range(2))
    assert all(np.array_equal(a.pixels, b.pixels) for a, b in zip(first, second, strict=True))


def test_the_world_around_differs_and_is_the_same_every_time(tmp_path: Path) -> None:
    root = designs_in(tmp_path, 12)
    first, second = (list(world_photos(root, 2, 3, report=True)) for _ in range(2))
    assert [each.background for each in first] == ["scene"] * 3  # nothing was drawn on a body here
    assert all(np.array_equal(a.pixels, b.pixels) for a, b in zip(first, second, strict=True))
    assert len({each.pixels.tobytes() for each in first}) == 3
    assert all(each.pixels.std() > 10 for each in first)


def test_a_piece_that_is_cut_out_stands_on_pure_white() -> None:
    dim = photo()
    dim = CleanPhoto(dim.pixels // 2, dim.piece, "plain", "d1")
    random = np.random.default_rng(0)
    for alone in (cut_out(dim, random) for _ in range(8)):
        assert alone.background == "white"
        assert (alone.pixels[0] == 255).all()
        assert alone.pixels.min() < 128
        assert measured_of(alone.pixels).background == "white"


def test_a_stop_of_light_doubles_it() -> None:
    grey = CleanPhoto(np.full((4, 4, 3), 100, np.uint8), None, "plain", "d1")
    brighter, darker = (exposed(grey, stops, np.random.default_rng(0))[0, 0, 0] for stops in (1.0, -1.0))
    assert brighter == pytest.approx(100 * 2 ** (1 / 2.2), abs=1)
    assert darker == pytest.approx(100 * 0.5 ** (1 / 2.2), abs=1)


@pytest.mark.slow
def test_the_report_has_a_line_for_every_fault_and_strength(tmp_path: Path) -> None:
    sections = quality_report(designs_in(tmp_path, 12), photos=6)
    lines = {line.what for line in sections[0].lines}
    for fault in FAULTS:
        assert {f"{fault.name}, {strength:g} {fault.unit}" for strength in fault.strengths} <= lines
    assert {"false alarms of sharpness", "small, piece of 100 px"} <= lines
    assert sections[2].skipped


def test_a_small_net_learns_what_it_is_shown() -> None:
    random = np.random.default_rng(0)
    rows = random.normal(size=(600, 3)).astype(np.float32)
    wanted = (rows[:, :1] * rows[:, 1:2] > 0).astype(np.float32)  # no straight line tells these apart
    plan = NetPlan(("a", "b", "c"), ("same",), units=12, single=False, epochs=80, batch=64, rate=0.02)
    answers = net_from(fit_net(rows, wanted, plan))(rows) > 0
    assert (answers == (wanted > 0.5)).mean() > 0.93


def test_several_nets_as_one_answer_with_the_mean_of_theirs() -> None:
    random = np.random.default_rng(0)
    rows = random.normal(size=(80, 3)).astype(np.float32)
    wanted = (rows[:, :1] > 0).astype(np.float32)
    plans = [NetPlan(("a", "b", "c"), ("right",), units=4, single=False, epochs=3, seed=seed) for seed in (5, 6)]
    alone = [net_from(fit_net(rows, wanted, plan))(rows) for plan in plans]
    joined = net_from(fit_nets(rows, wanted, plans[0], count=2))(rows)
    assert np.allclose(joined, (alone[0] + alone[1]) / 2, atol=1e-3)


def test_a_wrong_label_is_named_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "labels.tsv"
    path.write_text("# by eye\nfile\tbackground\na.jpg\twhite\nb.jpg\tgreen\n", encoding="utf-8")
    with pytest.raises(IntakeError, match=r"labels\.tsv, line 4"):
        read_background_labels(path)


def test_three_hundred_photos_are_labelled() -> None:
    labels = read_background_labels(LABELS)
    assert len(labels) == 300
    assert set(labels.values()) == set(BACKGROUNDS)


@pytest.mark.real_data
@pytest.mark.skipif(not REAL.is_dir(), reason="the development photos are not beside the repository")
def test_backgrounds_of_real_photos_are_told_as_people_tell_them() -> None:
    from parure.images import decode

    labels = read_background_labels(LABELS)
    told = {
        name: measured_of(decode((REAL / "images" / name).read_bytes(), shrink_to=384).pixels).background
        for name in labels
    }
    right = np.mean([told[name] == label for name, label in labels.items()])
    assert right >= 0.80, f"{right:.3f} of {len(labels)} right"


def test_the_sample_shop_splits_by_product() -> None:
    products = [{each.design for each in shop_photos(report=report)} for report in (False, True)]
    assert not products[0] & products[1]
