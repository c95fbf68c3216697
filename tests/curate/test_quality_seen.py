"""What the analyser's answer says of a photo: is it jewellery, and of the type the sheet names."""

from __future__ import annotations

import numpy as np
import pytest

from parure.curate.quality_seen import jewellery_figure, seen_figures, type_figure
from parure.errors import UnknownValue
from parure.regions import Box
from parure.vision.analysis import Analysis, Belief, Detection, Reading, SeenPiece

BOX = Box(0.0, 0.0, 1.0, 1.0)


def piece(kind: str, score: float, beliefs: tuple[Belief, ...] = ()) -> SeenPiece:
    reading = Reading(np.ones(4, np.float32) / 2, beliefs, np.zeros((2, 2), np.uint8), {})
    return SeenPiece(Detection(BOX, kind, score), BOX, reading)


def believed(value: str, share: float, *others: tuple[str, float]) -> tuple[Belief, ...]:
    return (Belief("type", value, share, others),)


def test_the_surest_piece_says_whether_it_is_jewellery() -> None:
    assert jewellery_figure(Analysis((piece("ring", 0.2), piece("earring", 0.7)))) == 0.7
    assert jewellery_figure(Analysis((piece("ring", 0.0),))) == 0.0


@pytest.mark.parametrize(
    ("asked", "figure"),
    [("ring", 0.8), ("signet_ring", 0.8), ("earring", 0.15), ("necklace", 0.0), ("jewellery_set", 1.0)],
)
def test_a_type_agrees_by_its_widest_kind(asked: str, figure: float) -> None:
    seen = Analysis((piece("ring", 0.9, believed("halo_ring", 0.6, ("ring", 0.2), ("jhumka", 0.15))),))
    assert type_figure(seen, asked) == pytest.approx(figure)


def test_what_cannot_be_told_speaks_against_nothing() -> None:
    seen = Analysis((piece("ring", 0.9, believed("", 0.7, ("ring", 0.3))),))
    assert type_figure(seen, "necklace") == pytest.approx(0.7)


def test_pendant_and_necklace_are_one_to_shops() -> None:
    seen = Analysis((piece("necklace", 0.9, believed("necklace", 0.9)),))
    assert type_figure(seen, "pendant") == pytest.approx(0.9)


def test_one_piece_of_several_is_enough() -> None:
    seen = Analysis((piece("ring", 0.9, believed("ring", 1.0)), piece("earring", 0.5, believed("earring", 0.9))))
    assert type_figure(seen, "earring") == pytest.approx(0.9)


def test_without_a_reading_the_detector_decides() -> None:
    assert type_figure(Analysis((piece("ring", 0.9),)), "ring") == 1.0
    assert type_figure(Analysis((piece("ring", 0.9),)), "brooch") == pytest.approx(0.1)


def test_the_type_is_asked_for_only_where_the_sheet_has_one() -> None:
    seen = Analysis((piece("ring", 0.9, believed("ring", 1.0)),))
    assert seen_figures(seen) == {"jewellery": 0.9}
    assert seen_figures(seen, "brooch") == {"jewellery": 0.9, "type_agrees": 0.0}


def test_a_type_outside_the_vocabulary_is_refused() -> None:
    with pytest.raises(UnknownValue):
        seen_figures(Analysis((piece("ring", 0.9),)), "rnig")
