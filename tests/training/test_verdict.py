"""Fitting the verdict: on numbers with a known answer, and on searches of small drawn designs."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from parure.errors import ModelError
from parure.evaluation.house import Bench
from parure.evaluation.made_photos import HeldOut
from parure.evaluation.seeing import chunks, see
from parure.search.verdict import FEATURES, Evidence, VerdictKind, load_verdicts
from parure.training.verdict import calibrated, claimed, fit, minimise, thresholds
from parure.training.verdict_file import fit_verdict, write_verdict
from parure.training.verdict_pairs import Pairs, RenderedSearches, changed, real_pairs, rendered_pairs, what_it_is
from tests.evaluation.made import ColourAnalyser, designs_in, photos_in, piece

pytest.importorskip("scipy", reason="designs are drawn with scipy")

SAME, OTHER, AGAIN = VerdictKind.SAME_PIECE, VerdictKind.OTHER, VerdictKind.IDENTICAL


def drawn(count: int, *, shift: float = 0.0, seed: int = 0) -> Pairs:
    """Pairs whose probability of being the same piece is the logistic of 2 x - 1 + shift in the similarity x."""
    random = np.random.default_rng(seed)
    rows = np.full((count, len(FEATURES)), np.nan)
    rows[:, 0] = random.normal(0, 1, count)
    chance = 1 / (1 + np.exp(-(2 * rows[:, 0] - 1 + shift)))
    kinds = tuple(SAME if hit else OTHER for hit in random.random(count) < chance)
    return Pairs(rows, kinds, np.arange(count))


def test_newton_finds_the_coefficients_that_made_the_data() -> None:
    pairs = drawn(20_000)
    columns = np.zeros((20_000, 2, 2))
    columns[:, 1] = np.stack([pairs.rows[:, 0], np.ones(20_000)], axis=1)
    target = np.array([int(kind == SAME) for kind in pairs.kinds])
    found = minimise(columns, target, np.ones(20_000), np.zeros(2))
    # The standard errors are about .03 and .02 at this size.
    assert found == pytest.approx([2.0, -1.0], abs=0.1)


def test_probabilities_hold_after_calibration_on_pairs_with_another_mix() -> None:
    first, second, third = drawn(6_000), drawn(6_000, shift=-2, seed=1), drawn(6_000, shift=-2, seed=2)
    raw = fit(first.rows, first.kinds, encoder="e")
    model = calibrated(raw, second.rows, second.kinds)
    right = np.array([kind == SAME for kind in third.kinds])
    said = claimed(model, model.probabilities(third.rows), SAME)
    before = claimed(raw, raw.probabilities(third.rows), SAME)
    assert abs(said.mean() - right.mean()) < 0.02 < abs(before.mean() - right.mean())


def test_features_that_are_never_there_have_no_weight() -> None:
    pairs = drawn(2_000)
    model = fit(pairs.rows, pairs.kinds, encoder="e")
    assert np.abs(model.weights[:, 1:]).max() < 1e-6
    assert model.kinds == (SAME, OTHER)


def test_a_threshold_is_the_least_probability_that_keeps_the_precision() -> None:
    said = np.linspace(1, 0.01, 100)
    right = np.arange(100) < 50
    right[45] = False
    found = thresholds(said, right)
    assert said[said >= found[0.95]].size == 51  # 49 right of 51; the next claims are wrong
    assert found[0.90] < found[0.95]
    assert right[said >= found[0.99]].all()


def test_a_precision_that_few_claims_reach_has_no_threshold() -> None:
    right = np.zeros(200, np.bool_)
    right[:15] = True
    assert thresholds(np.linspace(1, 0, 200), right) == {}


@pytest.mark.parametrize("seed", range(6))
def test_a_changed_picture_still_shows_the_piece(seed: int) -> None:
    pixels = piece((200, 40, 40), 0.6, side=160)
    found = changed(pixels, [piece((40, 40, 200), 0.6)], np.random.default_rng(seed)).astype(int)
    red = (found[..., 0] - found[..., 1] > 100) & (found[..., 0] - found[..., 2] > 100)
    assert red.mean() > 0.05
    assert found.shape != pixels.shape or np.abs(found - pixels).max() > 0


def test_what_a_result_is_follows_from_design_family_and_attributes() -> None:
    family = ["a", "a", "b", "c"]
    gold = {"type": "ring", "metal_colour": "yellow", "main_stone": "ruby"}
    shown = [gold, {**gold, "metal_colour": "white"}, gold, {**gold, "type": "earring"}]
    told = [what_it_is(0, result, family, shown, again=False) for result in range(4)]
    assert told == [SAME, VerdictKind.VARIANT, VerdictKind.SIMILAR, OTHER]
    assert what_it_is(0, 0, family, shown, again=True) == AGAIN


@pytest.fixture(scope="module")
def pairs(tmp_path_factory: pytest.TempPathFactory) -> Pairs:
    searches = RenderedSearches(HeldOut.read(designs_in(tmp_path_factory.mktemp("renders"), 24), 24))
    (sight,) = see([ColourAnalyser()], chunks(searches.pictures()), told=lambda done: None)
    return rendered_pairs(searches, sight, most=6)


def test_searches_hold_every_kind_that_they_can_hold(pairs: Pairs) -> None:
    assert len(pairs.kinds) == 24 * 2 * 2 * 6
    assert {SAME, AGAIN, OTHER} <= set(pairs.kinds)
    # A search without the design in the catalogue has no right answer.
    assert pairs.kinds.count(SAME) <= 24
    assert pairs.kinds.count(AGAIN) <= 24
    assert np.isfinite(pairs.rows[:, :2]).all()
    layouts = pairs.rows[:, FEATURES.index("layout")]
    assert ((layouts >= 0) & (layouts <= 1)).all()
    again, other = (layouts[[kind == wanted for kind in pairs.kinds]] for wanted in (AGAIN, OTHER))
    assert again.mean() > other.mean()


def test_what_is_written_is_what_the_product_reads(pairs: Pairs, tmp_path: Path) -> None:
    path = tmp_path / "verdict.json"
    fitted = fit_verdict(pairs, "colours-1")
    write_verdict(fitted, path)
    model = load_verdicts("colours-1", path)
    assert model is not None
    rows = pairs.rows[:50]
    np.testing.assert_allclose(model.probabilities(rows), fitted.model.probabilities(rows), atol=1e-5)
    near, far = model.judge([Evidence(0.99, 0.3), Evidence(0.1, 0.0)])
    assert near.probabilities[OTHER] < far.probabilities[OTHER]
    assert load_verdicts("another", path) is None


def test_real_pairs_choose_the_threshold_of_the_same_piece_only(pairs: Pairs, tmp_path: Path) -> None:
    sights = Bench(ColourAnalyser(), real=photos_in(tmp_path)).real_sights
    real = real_pairs(sights.photos, sights.asked, sights.model)
    assert set(real.kinds) == {SAME, OTHER}
    with_real, without = fit_verdict(pairs, "e", real=real), fit_verdict(pairs, "e")
    np.testing.assert_array_equal(with_real.model.weights, without.model.weights)
    assert with_real.model.thresholds.get(AGAIN) == without.model.thresholds.get(AGAIN)
    assert with_real.real[0].pairs == len(real.kinds)


def test_too_few_designs_are_refused(pairs: Pairs) -> None:
    with pytest.raises(ModelError, match="more designs"):
        fit_verdict(pairs.chosen(pairs.group < 2), "e")
