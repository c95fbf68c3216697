"""Pictures as queries: the main piece, another one, or a region; each picture is looked at once."""

from __future__ import annotations

import numpy as np
import pytest

from parure.errors import QueryError
from parure.regions import Box
from parure.search.looking import Looker
from parure.vision import Pixels
from parure.vision.analysis import Analysis
from parure.vision.histogram import HistogramEncoder
from tests.analyser import GOLD, ROSE, RUBY, SAPPHIRE, ColumnAnalyser, piece_picture

TWO = piece_picture((GOLD, RUBY), (ROSE, SAPPHIRE))
SECOND = piece_picture((ROSE, SAPPHIRE))


class Counting(ColumnAnalyser):
    """Counts how often it has to look."""

    def __init__(self) -> None:
        self.looks = 0

    def _analyse(self, image: Pixels, region: Box | None) -> Analysis:
        self.looks += 1
        return super()._analyse(image, region)


def colour_of(looker: Looker, image: Pixels, **chosen: object) -> str:
    beliefs = looker.look(image, **chosen).traits.beliefs  # type: ignore[arg-type]
    return next(belief.value for belief in beliefs if belief.attribute == "metal_colour")


def test_the_main_piece_is_meant_unless_another_is_chosen() -> None:
    looker = Looker(ColumnAnalyser())
    assert len(looker.analysis(TWO).pieces) == 2
    assert colour_of(looker, TWO) == colour_of(looker, TWO, piece=0) == "yellow"
    assert colour_of(looker, TWO, piece=1) == "rose"
    assert colour_of(looker, TWO, box=Box(0.5, 0, 0.5, 1)) == "rose"


def test_a_piece_among_others_has_the_vector_it_has_alone() -> None:
    looker = Looker(ColumnAnalyser())
    alone = looker.look(piece_picture((GOLD, RUBY)))
    assert float(looker.look(TWO, piece=0).vector @ alone.vector) == pytest.approx(1, abs=1e-5)
    photo, other = looker.look(TWO).vector, looker.look(TWO, piece=1).vector
    assert other @ alone.vector < other @ photo < alone.vector @ photo < 1 - 1e-5
    assert looker.look(TWO).traits.parts.keys() == {"setting", "stones"}


def test_a_picture_is_looked_at_once_however_often_it_is_asked_about() -> None:
    encoder = Counting()
    looker = Looker(encoder)
    for piece in (None, 0, 1):
        looker.look(TWO.copy(), piece=piece)
    assert encoder.looks == 1
    for _ in range(2):
        looker.look(TWO, box=Box(0, 0, 0.5, 1))
    assert encoder.looks == 2
    looker.look(SECOND)
    assert encoder.looks == 3


def test_old_pictures_are_forgotten() -> None:
    encoder = Counting()
    looker = Looker(encoder)
    for shade in range(65):
        looker.look(np.full((20, 20, 3), shade, np.uint8))
    looker.look(np.full((20, 20, 3), 64, np.uint8))
    assert encoder.looks == 65
    looker.look(np.full((20, 20, 3), 0, np.uint8))
    assert encoder.looks == 66


def test_an_encoder_without_pieces_takes_the_whole_or_the_region() -> None:
    encoder = HistogramEncoder()
    looker = Looker(encoder)
    assert not looker.finds_pieces
    left = encoder.encode_images([TWO[:, : TWO.shape[1] // 2]])[0]
    assert looker.look(TWO, box=Box(0, 0, 0.5, 1)).vector == pytest.approx(left)
    assert looker.look(TWO, piece=0).vector == pytest.approx(encoder.encode_images([TWO])[0])
    with pytest.raises(QueryError, match="finds no pieces"):
        looker.analysis(TWO)
    with pytest.raises(QueryError, match="no piece 1"):
        looker.look(TWO, piece=1)


@pytest.mark.parametrize(
    ("chosen", "told"),
    [
        ({"piece": 2}, "2 found"),
        ({"piece": -1}, "no piece -1"),
        ({"box": Box(2, 2, 1, 1)}, "no part of the picture"),
        ({"box": Box(0, 0, 0, 1)}, "no part of the picture"),
        ({"box": Box(0, 0, 1, 1), "piece": 0}, "not both"),
    ],
)
def test_what_is_not_on_the_picture_is_refused(chosen: dict[str, object], told: str) -> None:
    with pytest.raises(QueryError, match=told):
        Looker(ColumnAnalyser()).look(TWO, **chosen)  # type: ignore[arg-type]
