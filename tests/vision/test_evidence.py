"""What tells a type beside the reader: the detector, and whether there are two."""

from __future__ import annotations

import numpy as np
import pytest

from parure.regions import Box
from parure.vision.analysis import Detection
from parure.vision.evidence import DETECTED, PAIRED, evidence_of_types, in_pairs

TYPES = ["ring", "earring", "cufflink", "brooch"]
AXES = np.eye(3, dtype=np.float32)
NEAR = np.array([0.8, 0.6, 0], np.float32)  # of cosine .8 with the first axis


def piece(x: float, side: float = 0.2, score: float = 0.9) -> Detection:
    return Detection(Box(x, 0.3, side, side), "ring", score)


def test_nothing_known_moves_nothing() -> None:
    assert evidence_of_types(piece(0), TYPES, paired=False).tolist() == [0, 0, 0, 0]


def test_a_pair_speaks_for_what_is_sold_in_pairs() -> None:
    assert evidence_of_types(piece(0), TYPES, paired=True).tolist() == [0, PAIRED, PAIRED, 0]


def test_the_detector_speaks_by_its_shares_and_rules_nothing_out() -> None:
    seen = Detection(Box(0, 0, 1, 1), "ring", 0.9, {"ring": 0.799, "earring": 0.199})
    ring, earring, cufflink, brooch = evidence_of_types(seen, TYPES, paired=False)
    assert ring - earring == pytest.approx(DETECTED * np.log(4))
    assert cufflink == brooch
    assert earring - brooch == pytest.approx(DETECTED * np.log(200))


@pytest.mark.parametrize(
    ("other", "vector", "expected"),
    [
        (piece(0.5), NEAR, [True, True]),
        (piece(0.5), AXES[1], [False, False]),  # not alike
        (piece(0.5, side=0.12), NEAR, [False, False]),  # a third of the area
        (piece(0.15), NEAR, [False, False]),  # may be the same piece, found twice
        (piece(0.5, score=0.2), NEAR, [False, True]),  # a doubtful find makes no pair of a sure one
    ],
)
def test_two_that_are_alike_and_about_as_large_make_a_pair(
    other: Detection, vector: np.ndarray, expected: list[bool]
) -> None:
    assert in_pairs([piece(0), other], [AXES[0], vector], 0.44) == expected


def test_one_of_three_may_stand_alone() -> None:
    found = [piece(0), piece(0.3), piece(0.6)]
    assert in_pairs(found, [AXES[0], AXES[2], NEAR], 0.44) == [True, False, True]
    assert in_pairs([], [], 0.44) == []
    assert in_pairs([piece(0)], [AXES[0]], 0.44) == [False]
