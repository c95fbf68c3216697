"""From the reader's numbers to beliefs, masks and vectors; the network is the tiny one of make_tiny_house.py."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from parure.errors import ModelError
from parure.regions import PartClass
from parure.vision import Pixels
from parure.vision.calibration import Calibration
from parure.vision.manifest import AttributeCard, read_manifest
from parure.vision.reader import MASK_SIDE, SCENE_WEIGHT, Reader, believe, lean, part_mask
from tests.vision.tiny import BLUE, MANIFEST, RED, WHITE, changed

CUTS = AttributeCard("main_stone_cut", ("round", "oval", "pear", "heart"))


def opened(path: Path = MANIFEST) -> Reader:
    return Reader(read_manifest(path).reader, path, threads=1)


def flat(colour: tuple[int, int, int], height: int = 64, width: int = 64) -> Pixels:
    return np.full((height, width, 3), colour, np.uint8)


def logits(*shares: float) -> Any:
    return np.log(np.array(shares, np.float32))


# Beliefs


def test_the_best_value_is_believed_and_the_next_best_are_told_in_order() -> None:
    belief = believe(logits(0.2, 0.5, 0.1, 0.15, 0.05), CUTS)
    assert (belief.value, belief.probability) == ("oval", pytest.approx(0.5))
    assert [name for name, _ in belief.others] == ["round", "heart", "pear"]
    assert [share for _, share in belief.others] == pytest.approx([0.2, 0.15, 0.1])


def test_where_cannot_tell_wins_the_value_is_blank_and_the_values_are_the_others() -> None:
    belief = believe(logits(0.2, 0.05, 0.02, 0.03, 0.7), CUTS)
    assert (belief.value, belief.probability) == ("", pytest.approx(0.7))
    assert [name for name, _ in belief.others] == ["round", "oval", "heart"]


def test_cannot_tell_is_never_among_the_others() -> None:
    assert "" not in dict(believe(logits(0.6, 0.02, 0.02, 0.02, 0.34), CUTS).others)


def test_values_that_are_all_but_ruled_out_are_not_told() -> None:
    assert believe(logits(0.97, 0.02, 0.004, 0.004, 0.002), CUTS).others == (("oval", pytest.approx(0.02)),)


def test_a_scene_has_its_say_in_the_type_and_in_nothing_else() -> None:
    reader = opened()
    crop, scene = flat(RED), flat(BLUE)
    alone, both = reader.read(crop), reader.read(crop, scene=reader.look(scene))
    seen, about = reader.look(crop)["attr_type"], reader.look(scene)["attr_type"]
    card = next(card for card in reader.card.attributes if card.id == "type")
    assert both.belief("type") == believe((1 - SCENE_WEIGHT) * seen + SCENE_WEIGHT * about, card)
    assert both.belief("type") != alone.belief("type")
    assert both.beliefs[1:] == alone.beliefs[1:]
    np.testing.assert_array_equal(both.parts, alone.parts)
    np.testing.assert_array_equal(both.embedding, alone.embedding)


@pytest.mark.parametrize("temperature", [1.0, 2.0])
def test_evidence_multiplies_the_odds_of_values_and_leaves_cannot_tell(temperature: float) -> None:
    card = AttributeCard("main_stone_cut", CUTS.values, temperature=temperature)
    own = logits(0.3, 0.3, 0.1, 0.1, 0.2) * temperature
    leaned = believe(lean(own, card, np.log([3.0, 1.0, 1.5, 0.5])), card)
    assert leaned.value == "round"
    shares = {leaned.value: leaned.probability, **dict(leaned.others)}
    assert shares["round"] / shares["oval"] == pytest.approx(3)
    assert shares["pear"] / shares["oval"] == pytest.approx(0.5)
    unsure = believe(lean(logits(0.2, 0.1, 0.1, 0.1, 0.5) * temperature, card, np.array([0, 0, 0, 9.0])), card)
    assert (unsure.value, unsure.probability) == ("", pytest.approx(0.5))
    assert unsure.others[0][0] == "heart"


def test_without_evidence_nothing_moves() -> None:
    row = logits(0.3, 0.3, 0.1, 0.1, 0.2)
    np.testing.assert_array_equal(lean(row, CUTS, None), row)
    even = believe(lean(row, CUTS, np.full(4, -3.0)), CUTS)
    assert even.probability == pytest.approx(0.3)


def test_a_temperature_makes_it_less_sure() -> None:
    row = np.array([4.0, 0, 0, 0, 0])
    cool = believe(row, AttributeCard("main_stone_cut", CUTS.values, temperature=2.0))
    assert cool.probability == pytest.approx(np.exp(2) / (np.exp(2) + 4))


def test_a_table_moves_the_probability_and_the_others_share_what_is_left() -> None:
    table = Calibration((0.0, 0.6, 1.0), (0.0, 0.8, 1.0))
    belief = believe(logits(0.6, 0.2, 0.1, 0.05, 0.05), AttributeCard("main_stone_cut", CUTS.values, calibration=table))
    assert belief.probability == pytest.approx(0.8)
    assert [share for _, share in belief.others] == pytest.approx([0.1, 0.05, 0.025])


def test_no_other_is_told_above_the_best() -> None:
    table = Calibration((0.0, 0.5, 1.0), (0.0, 0.3, 1.0))
    card = AttributeCard("metal_colour", ("yellow", "white"), calibration=table)
    belief = believe(logits(0.501, 0.498, 0.001), card)
    assert belief.value == "yellow"
    assert belief.probability == pytest.approx(0.3, abs=2e-3)
    assert belief.others == (("white", pytest.approx(belief.probability)),)


# Part masks


def squares(side: int, classes: Any) -> Any:
    """(9, side, side) logits that are sure of the given classes."""
    return (
        np.where(np.arange(9)[:, None, None] == np.asarray(classes), 5.0, -5.0)
        .astype(np.float32)
        .reshape(9, side, side)
    )


def test_a_mask_of_a_square_crop_keeps_its_places() -> None:
    classes = np.zeros((36, 36), int)
    classes[9:18, 18:27] = PartClass.CENTRE_STONE
    mask = part_mask(squares(36, classes), 500, 500)
    assert mask.shape == (MASK_SIDE, MASK_SIDE)
    assert (mask[38:70, 74:106] == PartClass.CENTRE_STONE).all()
    assert not mask[:35].any()
    assert np.count_nonzero(mask) == 36 * 36 - 4  # a straight edge stays where it is, a corner is rounded


@pytest.mark.parametrize(("width", "height"), [(400, 200), (200, 400), (300, 288), (37, 90)])
def test_the_padding_of_the_square_is_not_in_the_mask(width: int, height: int) -> None:
    """The crop's share of the square is metal, the padding is all stone: no stone may be seen beyond a cell's blur."""
    side = 288 // 8
    wide, high = round(36 * width / max(width, height)), round(36 * height / max(width, height))
    classes = np.full((side, side), int(PartClass.SIDE_STONE))
    left, top = (side - wide) // 2, (side - high) // 2
    classes[top : top + high, left : left + wide] = PartClass.METAL
    mask = part_mask(squares(side, classes), width, height)
    assert max(mask.shape) == MASK_SIDE
    assert mask.shape[0] / mask.shape[1] == pytest.approx(height / width, rel=0.02)
    assert (mask[4:-4, 4:-4] == PartClass.METAL).all()


def test_edges_run_between_cells() -> None:
    """Half as sure on one side moves the edge: logits are enlarged, not classes."""
    classes = np.zeros((4, 4), int)
    classes[:, 2:] = PartClass.METAL
    sure = squares(4, classes)
    timid = sure.copy()
    timid[:, :, 2:] *= 0.5
    assert np.count_nonzero(part_mask(timid, 32, 32)) < np.count_nonzero(part_mask(sure, 32, 32))


@pytest.mark.parametrize(("width", "height"), [(1, 1), (1, 1000), (1000, 1)])
def test_slivers_have_a_mask(width: int, height: int) -> None:
    mask = part_mask(squares(36, np.full((36, 36), 1)), width, height)
    assert mask.size > 0
    assert (mask == 1).all()


# The network


def test_a_red_crop_is_metal_and_a_ring_and_a_blue_one_a_stone_and_an_earring() -> None:
    red, blue = opened().read(flat(RED)), opened().read(flat(BLUE))
    assert (red.parts == PartClass.METAL).all()
    assert (blue.parts == PartClass.CENTRE_STONE).all()
    assert [reading.belief("type").value for reading in (red, blue)] == ["ring", "earring"]  # type: ignore[union-attr]


def test_a_part_that_is_not_seen_has_no_vector() -> None:
    reader = opened()
    assert set(reader.read(flat(RED)).vectors) == {"setting"}
    assert set(reader.read(flat(BLUE)).vectors) == {"stones"}
    assert reader.read(flat(WHITE)).vectors == {}
    both = np.concatenate([flat(RED, 32), flat(BLUE, 32)])
    assert set(reader.read(both).vectors) == {"setting", "stones"}


def test_a_part_that_covers_too_little_has_no_vector(tmp_path: Path) -> None:
    mostly = np.concatenate([flat(RED, 48), flat(BLUE, 16)])
    assert set(opened(changed(tmp_path, {"reader.part_share": 0.1})).read(mostly).vectors) == {"setting", "stones"}
    assert set(opened(changed(tmp_path, {"reader.part_share": 0.5})).read(mostly).vectors) == {"setting"}
    assert "stones" not in opened(changed(tmp_path, {"reader.part_share": 0})).read(flat(RED)).vectors


def test_a_belief_is_found_by_its_attribute() -> None:
    reading = opened().read(flat(RED))
    assert reading.belief("metal_colour") is reading.beliefs[1]
    assert reading.belief("era") is None


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"reader.attributes.0.values": ["ring"]}, r"'attr_type' .*\(n, 3\), and reader\.attributes\[0\]\.values"),
        (
            {"reader.attributes.1": {"attribute": "era", "values": ["art_deco"]}},
            r"no output 'attr_era', which reader\.attributes\[1\]\.values",
        ),
        ({"reader.dimension": 25}, r"'embedding' in the shape \(n, 24\), and reader\.dimension"),
        ({"reader.side": 64}, r"'parts' in the shape \(n, 9, 4, 4\), and reader\.side .* \(n, 9, 8, 8\)"),
    ],
)
def test_a_network_that_differs_from_the_manifest_is_refused(
    tmp_path: Path, changes: dict[str, Any], named: str
) -> None:
    with pytest.raises(ModelError, match=named) as caught:
        opened(changed(tmp_path, changes))
    assert "reader.onnx" in str(caught.value)


def test_the_detector_in_the_place_of_the_reader_is_refused(tmp_path: Path) -> None:
    detector = read_manifest(MANIFEST).detector.file
    path = changed(tmp_path, {"reader.file": str(detector.path), "reader.sha256": detector.sha256})
    with pytest.raises(ModelError, match=r"detector\.onnx takes images; .* must take pixels, colour"):
        opened(path)
