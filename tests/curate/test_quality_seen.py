"""What the analyser's answer says of a photo: is it jewellery, of the type the sheet names, sharp, large and whole."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageDraw

from parure.curate.quality_seen import Sight, seen_figures, sight_of, type_figure
from parure.errors import UnknownValue
from parure.images import Header, Picture
from parure.regions import Box
from parure.vision.analysis import WHOLE, Analysis, Belief, Detection, Reading, SeenPiece

BLANK = Picture(np.full((40, 40, 3), 255, np.uint8), Header("jpeg", 40, 40))


def piece(kind: str, score: float, beliefs: tuple[Belief, ...] = (), *, box: Box = WHOLE) -> SeenPiece:
    """Its parts cover the whole of its crop, which is its box."""
    reading = Reading(np.ones(4, np.float32) / 2, beliefs, np.ones((2, 2), np.uint8), {})
    return SeenPiece(Detection(box, kind, score), box, reading)


def believed(value: str, share: float, *others: tuple[str, float]) -> tuple[Belief, ...]:
    return (Belief("type", value, share, others),)


def seen(*pieces: SeenPiece, surest: float | None = None, picture: Picture = BLANK) -> Sight:
    return sight_of(picture, Analysis(pieces, surest=surest), "v")


def test_what_is_surely_a_piece_of_a_kind_that_can_be_told_is_jewellery() -> None:
    sure = seen(piece("ring", 0.8, believed("ring", 0.9, ("earring", 0.05))), surest=0.8)
    assert sure.figures["jewellery"] == pytest.approx(0.8)
    unnamed = seen(piece("", 0.8, believed("", 0.75, ("ring", 0.25))), surest=0.8)
    assert unnamed.figures["jewellery"] == pytest.approx(0.2)


def test_a_place_that_counts_as_no_piece_says_how_nearly_it_does() -> None:
    nearly = seen(piece("ring", 0.0, believed("ring", 0.5)), surest=0.3)
    assert nearly.figures == {"jewellery": pytest.approx(0.3)}
    assert nearly.pieces == ()


def test_an_analyser_that_tells_no_such_thing_is_taken_at_its_detections() -> None:
    assert seen(piece("ring", 0.2), piece("earring", 0.7)).figures["jewellery"] == pytest.approx(0.49)
    assert seen(piece("ring", 0.0)).figures["jewellery"] == 0.0


@pytest.mark.parametrize(
    ("asked", "figure"),
    [("ring", 0.8), ("signet_ring", 0.8), ("earring", 0.15), ("necklace", 0.0), ("jewellery_set", 1.0)],
)
def test_a_type_agrees_by_its_widest_kind(asked: str, figure: float) -> None:
    sight = seen(piece("ring", 0.9, believed("halo_ring", 0.6, ("ring", 0.2), ("jhumka", 0.15))))
    assert type_figure(sight, asked) == pytest.approx(figure)


def test_what_cannot_be_told_speaks_against_nothing() -> None:
    sight = seen(piece("ring", 0.9, believed("", 0.7, ("ring", 0.3))))
    assert type_figure(sight, "necklace") == pytest.approx(0.7)


def test_pendant_and_necklace_are_one_to_shops() -> None:
    assert type_figure(seen(piece("necklace", 0.9, believed("necklace", 0.9))), "pendant") == pytest.approx(0.9)


def test_one_piece_of_several_is_enough() -> None:
    both = seen(piece("ring", 0.9, believed("ring", 1.0)), piece("earring", 0.5, believed("earring", 0.9)))
    assert type_figure(both, "earring") == pytest.approx(0.9)


def test_without_a_reading_the_detector_decides() -> None:
    assert type_figure(seen(piece("ring", 0.9)), "ring") == 1.0
    assert type_figure(seen(piece("ring", 0.9)), "brooch") == pytest.approx(0.1)


def test_the_type_is_asked_for_only_where_the_sheet_has_one_and_a_piece_is_seen() -> None:
    sight = seen(piece("ring", 0.9, believed("ring", 1.0)))
    assert "type_agrees" not in seen_figures(sight)
    assert seen_figures(sight, "brooch")["type_agrees"] == 0.0
    assert "type_agrees" not in seen_figures(seen(piece("ring", 0.0)), "brooch")


def test_a_type_outside_the_vocabulary_is_refused() -> None:
    with pytest.raises(UnknownValue):
        seen_figures(seen(piece("ring", 0.9)), "rnig")


def test_resolution_is_that_of_the_piece_in_the_file() -> None:
    large = Picture(BLANK.pixels, Header("jpeg", 4000, 4000))
    figures = seen(piece("ring", 0.9, box=Box(0.4, 0.4, 0.1, 0.2)), picture=large).figures
    assert figures["resolution"] == pytest.approx(0.8)


def test_sharpness_is_that_of_the_piece_and_not_of_what_lies_beside_it() -> None:
    """Sharp stripes on the left, blurred ones on the right."""
    image = Image.new("RGB", (384, 384), "white")
    draw = ImageDraw.Draw(image)
    for x in range(30, 170, 20):
        draw.rectangle((x, 60, x + 9, 320), fill="black")
    ramp = np.tile((128 + 127 * np.sin(np.arange(150) / 6)).astype(np.uint8), (260, 1))
    image.paste(Image.fromarray(ramp).convert("RGB"), (210, 60))
    picture = Picture(np.asarray(image), Header("jpeg", 384, 384))
    left, right = (seen(piece("ring", 0.9, box=box), picture=picture) for box in (_half(0.05), _half(0.54)))
    assert left.figures["sharpness"] > 0.9
    assert right.figures["sharpness"] < 0.4


def _half(x: float) -> Box:
    return Box(x, 0.15, 0.4, 0.7)


def test_a_piece_is_cut_where_its_own_parts_run_along_the_frame() -> None:
    wood = np.random.default_rng(0).integers(0, 255, (192, 192, 3), np.uint8)  # no ground that could be told from it
    picture = Picture(wood, Header("jpeg", 192, 192))
    cut = seen(piece("ring", 0.9, box=Box(0.0, 0.3, 0.5, 0.5)), picture=picture)
    free = seen(piece("ring", 0.9, box=Box(0.1, 0.3, 0.5, 0.5)), picture=picture)
    assert cut.figures["cut"] == pytest.approx(1.0, abs=0.02)
    assert free.figures["cut"] == 0.0
