"""What a result is to the picture: features from values, a model from a file, a claim only when it is sure enough."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from parure.errors import ModelError
from parure.regions import PartClass
from parure.search.traits import Traits
from parure.search.verdict import FEATURES, Evidence, VerdictKind, features, load_verdicts, margins
from parure.vision.analysis import Belief

GOLD, ROSE = Belief("metal", "gold", 0.9), Belief("metal_colour", "rose", 0.8, (("yellow", 0.2),))
YELLOW, RUBY = Belief("metal_colour", "yellow", 0.9, (("rose", 0.1),)), Belief("main_stone", "ruby", 0.7)
UNSURE = Belief("main_stone", "", 0.9)


def written(path: Path, **changed: Any) -> Path:
    """A model that goes by the similarity alone: 1 is identical, .9 the same piece, .5 similar, 0 other."""
    rows = {
        "identical": (410, -389),
        "same_piece": (200, -182),
        "variant": (0, -99),
        "similar": (20, -17),
        "other": (0, -10),
    }
    data = {
        "encoder": "columns-1",
        "features": list(FEATURES),
        "mean": [0.0] * 9,
        "scale": [1.0] * 9,
        "kinds": list(rows),
        "weights": [[slope, *[0] * 8] for slope, _ in rows.values()],
        "bias": [bias for _, bias in rows.values()],
        "thresholds": {kind: {"0.95": 0.9, "0.99": 0.99999} for kind in ("identical", "same_piece", "variant")},
    }
    path.write_text(json.dumps({**data, **changed}))
    return path


def test_features_stand_in_the_order_of_their_names_and_nothing_is_missing_silently() -> None:
    found = dict(
        zip(
            FEATURES,
            features(Evidence(0.8, 0.1, Traits((GOLD, ROSE, RUBY)), Traits((GOLD, YELLOW, RUBY)))),
            strict=True,
        )
    )
    assert (found["similarity"], found["margin"], found["stone"]) == pytest.approx((0.8, 0.1, 0.7))
    assert found["agreement"] == pytest.approx(2 / 3)
    assert found["metal"] == pytest.approx((0.9 + (0.8 * 0.1) ** 0.5 + (0.2 * 0.9) ** 0.5) / 2)
    assert np.isnan([found["setting_look"], found["stones_look"], found["layout"]]).all()


def test_parts_are_compared_one_by_one_and_where_they_lie() -> None:
    here, there = np.zeros((24, 24), np.uint8), np.zeros((24, 24), np.uint8)
    here[:12], there[:6] = PartClass.METAL, PartClass.METAL
    ours = Traits(parts={"stones": np.array([0.6, 0.8], np.float32)}, layout=here)
    theirs = Traits(parts={"stones": np.array([1.0, 0.0], np.float32), "setting": np.array([1.0, 0.0])}, layout=there)
    found = dict(zip(FEATURES, features(Evidence(0.8, 0.1, ours, theirs)), strict=True))
    assert (found["stones_look"], found["layout"]) == pytest.approx((0.6, 0.5))
    assert np.isnan(found["setting_look"])


def test_who_cannot_tell_neither_agrees_nor_disagrees() -> None:
    row = features(Evidence(0.8, 0.1, Traits((UNSURE,)), Traits((RUBY,))))
    assert np.isnan(row[2:]).all()


def test_a_likeness_is_worth_what_it_is_above_the_crowd() -> None:
    row = dict(zip(FEATURES, features(Evidence(0.8, 0.1, crowding=0.65)), strict=True))
    assert row["above_crowd"] == pytest.approx(0.15)
    assert np.isnan(features(Evidence(0.8, 0.1))[-1])


def test_margins_are_the_lead_over_the_next() -> None:
    assert margins([0.9, 0.6, 0.6, 0.1]) == pytest.approx([0.3, 0, 0.5, 0])
    assert margins([]).shape == (0,)


def test_the_strongest_claim_that_is_sure_enough_is_made(tmp_path: Path) -> None:
    model = load_verdicts("columns-1", written(tmp_path / "verdict.json"))
    assert model
    alike = model.judge([Evidence(s, 0.0) for s in (1.0, 0.95, 0.85, 0.1)])
    assert [verdict.kind for verdict in alike] == ["identical", "same_piece", "similar", "other"]
    for verdict in alike:
        assert sum(verdict.probabilities.values()) == pytest.approx(1)
    assert [verdict.words for verdict in alike[2:]] == ["", ""]
    assert [verdict.words for verdict in alike[:2]] == ["Same picture, 95 %", "Same piece, 99 %"]
    stricter = model.judge([Evidence(0.95, 0.0)], precision=0.99)
    assert stricter[0].kind is VerdictKind.SIMILAR, "a claim below the wanted precision is not made"
    assert model.judge([Evidence(0.95, 0.0)], precision=0.999)[0].kind is VerdictKind.SIMILAR
    assert model.judge([]) == []


def test_certainty_is_cut_not_rounded_up(tmp_path: Path) -> None:
    model = load_verdicts("columns-1", written(tmp_path / "verdict.json"))
    assert model
    assert model.judge([Evidence(5.0, 0.0)])[0].words == "Same picture, 99 %"


def test_missing_features_count_as_the_mean(tmp_path: Path) -> None:
    count = len(FEATURES)
    weights = [[1.0] * count, *[[0.0] * count] * 4]
    model = load_verdicts("columns-1", written(tmp_path / "v.json", mean=[0.5] * count, weights=weights, bias=[0] * 5))
    assert model
    missing, average = np.full((1, count), np.nan), np.full((1, count), 0.5)
    assert model.probabilities(missing) == pytest.approx(model.probabilities(average))


def test_the_order_of_features_in_the_file_is_free(tmp_path: Path) -> None:
    order = [*range(len(FEATURES))][::-1]
    data = json.loads(written(tmp_path / "a.json").read_text())
    turned = {name: [data[name][i] for i in order] for name in ("features", "mean", "scale")}
    turned["weights"] = [[row[i] for i in order] for row in data["weights"]]
    first = load_verdicts("columns-1", tmp_path / "a.json")
    second = load_verdicts("columns-1", written(tmp_path / "b.json", **turned))
    assert first
    assert second
    asked = [Evidence(0.9, 0.3)]
    assert first.judge(asked)[0].probability == pytest.approx(second.judge(asked)[0].probability)


def test_without_a_file_or_for_another_encoder_there_is_no_verdict(tmp_path: Path) -> None:
    assert load_verdicts("columns-1", tmp_path / "none.json") is None
    assert load_verdicts("histogram-1", written(tmp_path / "verdict.json")) is None


@pytest.mark.parametrize(
    "changed",
    [
        {"features": ["similarity"]},
        {"kinds": ["identical", "maybe", "variant", "similar", "other"]},
        {"kinds": ["identical"]},
        {"mean": [0.0]},
        {"scale": [0.0] * 9},
        {"bias": [float("nan")] * 5},
        {"weights": [[0.0] * 5] * 5},
        {"thresholds": []},
    ],
)
def test_a_file_that_cannot_be_used_is_named(tmp_path: Path, changed: dict[str, Any]) -> None:
    with pytest.raises(ModelError, match=r"verdict\.json"):
        load_verdicts("columns-1", written(tmp_path / "verdict.json", **changed))
