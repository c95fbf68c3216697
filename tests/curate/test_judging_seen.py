"""What a model saw takes part in verdicts: no jewellery, a type other than the sheet's, the piece's own sharpness."""

from __future__ import annotations

from dataclasses import replace

from parure.curate import KnownStyle, Measures, StyleIndex, Verdict, default_rules
from parure.curate.judging_evidence import Evidence, SeenPhotos, gather
from parure.curate.quality import QualityRules, faults_of, judge_quality
from parure.curate.quality_limits import Limits, load_limits
from parure.curate.quality_seen import SeenType, Sight
from tests.curate.judged import STYLES, digest, photo

RULES = default_rules()
RING = SeenType(0.9, (0.1, 0.1, 0.8, 0.8), {"ring": 0.98})
FIGURES = {"jewellery": 0.9, "sharpness": 1.0, "resolution": 1.0, "cut": 0.0}
TYPES = {"AJ-1001": "ring", "AJ-1002": "necklace"}


def judged(name: str, sight: Sight, *, types: dict[str, str] | None = None, assigned: str = "") -> Evidence:
    index = StyleIndex([KnownStyle(code) for code in STYLES], RULES.normalise)
    given = {digest(name): assigned} if assigned else {}
    seen = SeenPhotos({digest(name): sight}, types or {}, given)
    (found,) = gather([photo(name)], RULES, index, seen=seen)
    return found


def outcome(evidence: Evidence) -> tuple[Verdict, str]:
    assert evidence.quality is not None
    return evidence.quality[0], evidence.quality[1][0].code


def test_limits_of_what_is_seen_ship_with_the_analyser_they_belong_to() -> None:
    limits = load_limits()
    assert {"jewellery", "sharpness", "cut", "resolution", "type_agrees"} <= set(limits.seen)
    assert 0 < limits.seen["jewellery"] < 0.5
    assert limits.analyser.startswith("house-v1-")


def test_what_is_no_jewellery_is_rejected_only_where_it_was_seen() -> None:
    (unseen,) = gather([photo("AJ-1001.jpg")], RULES, StyleIndex([], RULES.normalise))
    assert outcome(unseen)[0] is Verdict.KEEP
    assert outcome(judged("AJ-1001.jpg", Sight("v", (), {"jewellery": 0.0}))) == (Verdict.REJECT, "not_jewellery")
    assert outcome(judged("AJ-1001.jpg", Sight("v", (RING,), FIGURES)))[0] is Verdict.KEEP


def test_a_ring_named_as_a_necklace_of_the_sheet_goes_to_a_person() -> None:
    ring = Sight("v", (RING,), FIGURES)
    assert outcome(judged("AJ-1002.jpg", ring, types=TYPES)) == (Verdict.REVIEW, "wrong_type")
    assert outcome(judged("AJ-1001.jpg", ring, types=TYPES))[0] is Verdict.KEEP
    assert outcome(judged("AJ-1003.jpg", ring, types=TYPES))[0] is Verdict.KEEP  # the sheet does not say what it is


def test_a_style_that_a_person_gave_stands_above_that_of_the_name() -> None:
    ring = Sight("v", (RING,), FIGURES)
    assert outcome(judged("AJ-1002.jpg", ring, types=TYPES, assigned="AJ-1001"))[0] is Verdict.KEEP
    assert outcome(judged("AJ-1001.jpg", ring, types=TYPES, assigned="AJ-1002")) == (Verdict.REVIEW, "wrong_type")


def test_the_piece_that_was_seen_counts_where_a_limit_was_fitted_for_it() -> None:
    measures = photo("AJ-1001.jpg").measures
    assert measures is not None
    seen = {**FIGURES, "sharpness": 0.01}
    fitted = Limits({"sharpness": 0.4}, seen={"sharpness": 0.3})
    assert judge_quality(measures, RULES.quality, seen=seen, limits=fitted).reasons[0].code == "blurred"
    unfitted = replace(fitted, seen={})
    assert judge_quality(measures, RULES.quality, seen=seen, limits=unfitted).verdict is Verdict.KEEP
    sharp = {**FIGURES, "sharpness": 0.35}  # between the two limits
    assert judge_quality(measures, RULES.quality, seen=sharp, limits=fitted).verdict is Verdict.KEEP


def test_on_an_even_ground_the_scan_knows_the_size_of_the_piece_better() -> None:
    limits, seen = Limits({"resolution": 0.4}, seen={"resolution": 0.2}), {"resolution": 0.1}
    for background, codes in (("white", []), ("scene", ["small"])):
        measures = Measures(800, 800, {"resolution": 1.0}, background)
        told = judge_quality(measures, QualityRules(), seen=seen, limits=limits)
        assert [fault.code for fault in told.faults] == codes


def test_a_piece_is_known_to_be_cut_in_a_scene_only_where_it_was_seen() -> None:
    scene = Measures(800, 800, {"sharpness": 1.0, "cut": 1.0}, "scene")
    limits = Limits({"cut": 0.1}, seen={"cut": 0.2})
    assert faults_of(scene, limits) == ()
    assert [fault.code for fault in faults_of(scene, limits.for_seen(), {"cut": 0.5})] == ["cut"]
    assert faults_of(scene, limits.for_seen(), {"cut": 0.15}) == ()
    assert faults_of(replace(scene, background="worn"), limits.for_seen(), {"cut": 0.5}) == ()
