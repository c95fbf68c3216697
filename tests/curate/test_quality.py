"""From measures to faults, and from faults by a person's rules to a verdict."""

from __future__ import annotations

from pathlib import Path

import pytest

from parure.curate import Reason, Verdict, default_rules, read_rules
from parure.curate.quality import QualityRules, faults_of, judge_quality, measures_of
from parure.curate.quality_limits import FAULT_WORDS, Limits, load_limits
from parure.curate.values import Measures
from parure.errors import IntakeError
from parure.images.quality import BACKGROUNDS, MEASURES
from tests.images.quality.drawn import picture_of, ring

LIMITS = Limits({"sharpness": 0.4, "cut": 0.1, "text": 0.9, "resolution": 0.3, "jewellery": 0.2, "type_agrees": 0.05})
GOOD = {"sharpness": 0.6, "cut": 0.0, "text": 0.1, "resolution": 0.8}


def measures(background: str = "white", **scores: float) -> Measures:
    return Measures(1200, 800, {**GOOD, **scores}, background, (0.1, 0.1, 0.8, 0.8))


def quality(tmp_path: Path, text: str) -> QualityRules:
    path = tmp_path / "rules.yaml"
    path.write_text(text, encoding="utf-8")
    return read_rules(path).quality


def codes(reasons: tuple[Reason, ...]) -> list[str]:
    return [each.code for each in reasons]


def test_a_good_photo_has_no_faults() -> None:
    assert faults_of(measures(), LIMITS) == ()


def test_faults_are_told_worst_first_with_figure_and_limit() -> None:
    found = faults_of(measures(sharpness=0.35, cut=0.9), LIMITS)
    assert codes(found) == ["cut", "blurred"]
    assert "0.35; the limit is 0.40" in found[1].detail


@pytest.mark.parametrize("background", ["worn", "scene"])
def test_what_leaves_the_frame_on_a_body_is_no_cut_piece(background: str) -> None:
    assert faults_of(measures(background, cut=0.9), LIMITS) == ()


def test_a_figure_at_its_limit_is_no_fault() -> None:
    assert faults_of(measures(sharpness=0.4, cut=0.1), LIMITS) == ()


def test_what_the_analyser_said_counts_where_it_was_asked() -> None:
    assert codes(faults_of(measures(), LIMITS, {"jewellery": 0.1, "type_agrees": 0.01})) == [
        "wrong_type",
        "not_jewellery",
    ]
    assert faults_of(measures(), LIMITS, {"jewellery": 0.9}) == ()


def test_a_usable_photo_is_white_whole_and_sharp(tmp_path: Path) -> None:
    rules = quality(tmp_path, "quality:\n  usable: white background and not cut and sharp\n  review: not usable\n")
    for photo, usable in (
        (measures(), True),
        (measures("plain"), False),
        (measures(cut=0.5), False),
        (measures(sharpness=0.2), False),
    ):
        judged = judge_quality(photo, rules, limits=LIMITS)
        assert judged.words["usable"] is usable
        assert judged.verdict is (Verdict.KEEP if usable else Verdict.REVIEW)


def test_the_reasons_of_a_verdict_are_the_faults_its_rules_speak_of(tmp_path: Path) -> None:
    rules = quality(tmp_path, "quality:\n  usable: white and sharp\n  review: not usable\n")
    judged = judge_quality(measures(sharpness=0.1, text=1.0), rules, limits=LIMITS)
    assert codes(judged.reasons) == ["blurred", "quality_review"]
    assert judged.reasons[1].detail == "Rule review: not usable. The background is white."
    assert codes(judged.faults) == ["text", "blurred"]


def test_reject_comes_before_review(tmp_path: Path) -> None:
    rules = quality(tmp_path, "quality:\n  review: blurred\n  reject: blurred and cut\n")
    assert judge_quality(measures(sharpness=0.1, cut=0.9), rules, limits=LIMITS).verdict is Verdict.REJECT
    assert judge_quality(measures(sharpness=0.1), rules, limits=LIMITS).verdict is Verdict.REVIEW
    assert judge_quality(measures(cut=0.9), rules, limits=LIMITS).verdict is Verdict.KEEP


def test_a_limit_of_the_rules_file_replaces_the_fitted_one(tmp_path: Path) -> None:
    rules = quality(tmp_path, "quality:\n  review: blurred\nquality_limits:\n  sharpness: 0.7\n")
    assert judge_quality(measures(), rules, limits=LIMITS).verdict is Verdict.REVIEW


def test_sizes_can_be_asked_for(tmp_path: Path) -> None:
    rules = quality(tmp_path, "quality:\n  reject: shorter_side < 900 or longer_side > 4000\n")
    assert judge_quality(measures(), rules, limits=LIMITS).verdict is Verdict.REJECT


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("quality:\n  usable: white and\n", "rules.yaml, line 2: usable: something is missing"),
        ("quality:\n  a: b\n  b: white\n", "line 2: a: there is no 'b'"),
        ("quality:\n  usable: usable\n", "there is no 'usable'"),
        ("quality:\n  cut: white\n", "'cut' has a meaning already"),
        ("quality:\n  Two words: white\n", "a rule's name is one word in small letters"),
        ("quality: [white]\n", "line 1: write each rule of quality as"),
        ("quality_limits:\n  sharp: 0.5\n", "there is no measure 'sharp'. Nearest: sharpness"),
        ("quality_limits:\n  sharpness: high\n", "the limit of sharpness is a number from 0 to 1, not 'high'"),
        ("quality_limits:\n  sharpness: 40\n", "from 0 to 1, not '40'"),
    ],
)
def test_a_mistake_in_the_file_is_told_with_its_line(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(IntakeError) as error:
        quality(tmp_path, text)
    assert told in str(error.value)


def test_the_rules_that_init_writes_keep_good_photos_and_hold_back_bad_ones() -> None:
    rules = default_rules().quality
    assert judge_quality(measures(), rules, limits=LIMITS).verdict is Verdict.KEEP
    assert judge_quality(measures("worn"), rules, limits=LIMITS).verdict is Verdict.KEEP
    assert judge_quality(measures(text=1.0), rules, limits=LIMITS).verdict is Verdict.REVIEW
    assert judge_quality(measures(sharpness=0.1, resolution=0.1), rules, limits=LIMITS).verdict is Verdict.REJECT
    assert judge_quality(measures(), rules, limits=LIMITS, seen={"jewellery": 0.0}).verdict is Verdict.REJECT


def test_every_measure_of_a_photo_has_a_fitted_limit() -> None:
    fitted = load_limits().values
    assert {each.name for each in MEASURES} - {*BACKGROUNDS} <= set(fitted)
    assert set(fitted) <= set(FAULT_WORDS)
    assert all(0 <= value <= 1 for value in fitted.values())


def test_a_damaged_file_of_limits_is_named(tmp_path: Path) -> None:
    path = tmp_path / "limits.json"
    path.write_text('{"limits": {"sharpness": "high"}}', encoding="utf-8")
    with pytest.raises(IntakeError, match=r"limits\.json"):
        load_limits(path)


def test_a_picture_becomes_measures_with_the_size_of_its_file() -> None:
    found = measures_of(picture_of(ring(), width=2000))
    assert (found.width, found.height, found.background) == (2000, 2000, "white")
    assert set(found.scores) == {each.name for each in MEASURES}
