from __future__ import annotations

import numpy as np
import pytest

from parure.evaluation.labels import class_recalls, confusion, macro_f1, mean_iou


def test_recall_is_told_for_every_true_class() -> None:
    assert class_recalls(["a", "a", "b"], ["a", "c", "b"]) == {"a": 0.5, "b": 1.0}


def test_macro_f1_counts_rare_classes_like_common_ones() -> None:
    truth, told = ["a"] * 9 + ["b"], ["a"] * 9 + ["a"]
    # a: precision .9, recall 1, F1 18/19; b: 0.
    assert macro_f1(truth, told) == pytest.approx(18 / 19 / 2)


def test_saying_nothing_is_a_miss_and_no_class() -> None:
    assert macro_f1(["a", "a"], ["a", ""]) == pytest.approx(2 / 3)


def test_mean_iou_sums_pixels_before_it_divides() -> None:
    both = np.array([[0, 10, 0], [0, 0, 5]])
    either = np.array([[0, 20, 0], [0, 20, 5]])
    assert mean_iou(both, either) == pytest.approx((10 / 40 + 1.0) / 2)


def test_a_confusion_counts_every_pair_and_shows_silence() -> None:
    table = confusion("metal", ["a", "a", "b"], ["a", "", "a"])
    cells = {(r, c): table.counts[i][j] for i, r in enumerate(table.labels) for j, c in enumerate(table.told)}
    assert cells["a", "a"] == 1
    assert cells["a", "(nothing)"] == 1
    assert cells["b", "a"] == 1
    assert sum(map(sum, table.counts)) == 3


def test_rare_classes_of_a_large_confusion_are_put_together() -> None:
    names = [f"c{number:02d}" for number in range(20)]
    truth = [name for number, name in enumerate(names) for _ in range(40 - number)]
    table = confusion("many", truth, truth)
    assert "(others)" in table.labels
    assert len(table.labels) == 13
    assert sum(map(sum, table.counts)) == len(truth)
