"""Decoding by hand-computed numbers, suppression as laws, and the tiny detector on photos one can follow by eye."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from numpy.typing import NDArray

from parure.errors import ModelError
from parure.regions import Box, iou
from parure.vision import detector as detector_module
from parure.vision.analysis import Detection, prominence
from parure.vision.detector import (
    CONSIDERED,
    Detector,
    cells,
    corner_letterbox,
    decode,
    main_first,
    suppress,
)
from parure.vision.manifest import read_manifest
from tests.vision.tiny import BLUE, MANIFEST, RED, changed, photo


@pytest.fixture(scope="module")
def detector() -> Detector:
    return opened(MANIFEST)


def opened(path: Path) -> Detector:
    return Detector(read_manifest(path).detector, path, threads=1)


def corners_of(detections: tuple[Detection, ...]) -> list[list[float]]:
    """In 416ths of the photo, x0, y0, x1, y1."""
    boxes = [d.box for d in detections]
    return [[round(416 * v, 3) for v in (b.x, b.y, b.x + b.w, b.y + b.h)] for b in boxes]


def test_cells_run_along_rows_from_the_finest_grid_to_the_coarsest() -> None:
    corner, stride = cells(416)
    assert corner.shape == (52 * 52 + 26 * 26 + 13 * 13, 2) == (3549, 2)
    for row, place, size in [
        (0, (0, 0), 8),
        (1, (1, 0), 8),
        (52, (0, 1), 8),
        (2703, (51, 51), 8),
        (2704, (0, 0), 16),
        (2704 + 27, (1, 1), 16),
        (3380, (0, 0), 32),
        (3548, (12, 12), 32),
    ]:
        assert tuple(corner[row]) == place
        assert stride[row, 0] == size


@pytest.mark.parametrize(
    ("row", "raw", "expected"),
    [
        # centre (0 + .5) * 8 = 4, sides 1 * 8
        (0, (0.5, 0.5, 0.0, 0.0), (0, 0, 8, 8)),
        # cell (2, 1) of the finest: centre (2 + .25) * 8 = 18, (1 - .5) * 8 = 4; sides 2 * 8 and 8
        (54, (0.25, -0.5, np.log(2), 0.0), (10, 0, 26, 8)),
        # cell (1, 1) of the middle grid: centre (1 + 1) * 16 = 32 twice; sides 3 * 16 and 16 / 2
        (2704 + 27, (1.0, 1.0, np.log(3), np.log(0.5)), (8, 28, 56, 36)),
        # last cell: centre (12 + 0) * 32 = 384 twice; sides 4 * 32
        (3548, (0.0, 0.0, np.log(4), np.log(4)), (320, 320, 448, 448)),
    ],
)
def test_a_box_is_decoded_from_its_cell(row: int, raw: tuple[float, ...], expected: tuple[float, ...]) -> None:
    table = np.zeros((3549, 4), np.float32)
    table[row] = raw
    np.testing.assert_allclose(decode(table, 416)[row], expected, atol=1e-4)


def test_wild_sides_become_large_and_not_infinite() -> None:
    assert np.isfinite(decode(np.full((3549, 4), 1000, np.float32), 416)).all()


def test_the_photo_lies_in_the_top_left_corner_on_grey() -> None:
    square, size = corner_letterbox(np.full((100, 200, 3), 7, np.uint8), 416)
    assert size == (416, 208)
    assert (square[:208] == 7).all()
    assert (square[208:] == 114).all()


def test_a_red_cell_is_a_ring_where_it_stands(detector: Detector) -> None:
    (found,) = detector.detect(photo((5, 3, RED)))
    assert found.type == "ring"
    assert found.score > 0.99
    # Cell (5, 3): middle at (5.5, 3.5) * 32 = (176, 112), 64 on each side of it.
    assert corners_of((found,)) == [[112, 48, 240, 176]]


def test_boxes_are_scaled_back_and_cut_at_the_rim(detector: Detector) -> None:
    """A photo of 832 x 416 fills the upper half of the square at half its size."""
    wide = np.full((416, 832, 3), 255, np.uint8)
    wide[128:192, 0:64] = BLUE  # cell (0, 2): middle (16, 80), box -48..80 by 16..144 in the square
    (found,) = detector.detect(wide)
    assert found.type == "earring"
    assert (found.box.x, found.box.w) == (0, pytest.approx(80 / 416))
    assert (found.box.y, found.box.h) == (pytest.approx(16 / 208), pytest.approx(128 / 208))


def test_what_looks_like_a_piece_in_the_padding_is_none(tmp_path: Path) -> None:
    """With a threshold of 0 every cell is a box, also those of which no part lies on a low photo."""
    low = np.full((104, 416, 3), RED, np.uint8)
    found = opened(changed(tmp_path, {"detector.threshold": 0, "detector.most": 500})).detect(low)
    assert all(d.box.w > 0 and d.box.h > 0 and d.box.y + d.box.h <= 1 for d in found)


def test_several_pieces_come_the_most_certain_first(detector: Detector) -> None:
    pale = (120, 40, 40)
    found = detector.detect(photo((2, 9, pale), (9, 3, RED)))
    assert [d.type for d in found] == ["ring", "ring"]
    assert found[0].score > found[1].score
    assert found[0].box.x > found[1].box.x


def test_neighbours_say_what_a_piece_is_by_how_well_they_fit_it(detector: Detector) -> None:
    """A ring whose box an earring's covers in part is mostly a ring; one that stands alone is nothing else."""
    alone, near = (detector.detect(photo(*cells)) for cells in ([(5, 5, RED)], [(5, 5, RED), (6, 5, BLUE)]))
    assert sum(alone[0].types.values()) == pytest.approx(1)
    (ring,) = [found for found in near if found.type == "ring"]
    assert 0.5 < ring.types["ring"] < alone[0].types["ring"]
    assert ring.types["earring"] > alone[0].types["earring"]


def test_how_sure_the_surest_place_is_is_told_also_where_nothing_counts(tmp_path: Path) -> None:
    pale = photo((3, 2, (120, 40, 40)))
    found = opened(changed(tmp_path, {"detector.threshold": 0.999})).find(pale)
    sure = opened(changed(tmp_path, {"detector.threshold": 0.0})).find(pale)
    assert found.detections == ()
    assert found.surest == sure.surest == sure.detections[0].score > 0.1


def dot(x: int, y: int) -> NDArray[np.uint8]:
    """A red square of 12 pixels: too little of a cell of 32 to count, enough of one in a window of six tenths."""
    pixels = photo()
    pixels[y : y + 12, x : x + 12] = RED
    return pixels


@pytest.mark.parametrize("place", [(42, 42), (242, 42), (345, 345)])
def test_a_piece_too_small_for_the_whole_photo_is_found_once_in_a_window(
    detector: Detector, monkeypatch: pytest.MonkeyPatch, place: tuple[int, int]
) -> None:
    """The second lies on the edge of a window, which cuts it; the next window sees all of it."""
    monkeypatch.setattr(detector_module, "SMALL", 0.2)  # boxes of the tiny network are .31 of what it looks at
    (found,) = detector.detect(dot(*place))
    middle = [416 * (found.box.x + found.box.w / 2), 416 * (found.box.y + found.box.h / 2)]
    assert middle == pytest.approx([place[0] + 6, place[1] + 6], abs=12)
    monkeypatch.setattr(detector_module, "UNSURE", 0.0)
    assert detector.detect(dot(*place)) == ()


def test_what_is_large_is_not_looked_for_in_windows(detector: Detector) -> None:
    assert detector.detect(dot(42, 42)) == ()


def test_photos_of_one_pixel_have_windows_too(detector: Detector) -> None:
    assert detector.detect(np.full((1, 1, 3), 255, np.uint8)) == ()


def test_an_empty_photo_has_no_piece(detector: Detector) -> None:
    assert detector.detect(photo()) == ()


def test_neighbouring_cells_are_one_piece(detector: Detector) -> None:
    assert len(detector.detect(photo((5, 3, RED), (6, 3, RED), (5, 4, BLUE)))) == 1


def test_at_most_as_many_as_the_manifest_says(tmp_path: Path) -> None:
    far = photo(*((column, row, RED) for column in (1, 6, 11) for row in (1, 6, 11)))
    assert len(opened(changed(tmp_path, {"detector.most": 9})).detect(far)) == 9
    assert len(opened(changed(tmp_path, {"detector.most": 3})).detect(far)) == 3


def test_scores_are_calibrated_before_the_threshold(tmp_path: Path) -> None:
    halved = {"detector.curve": {"said": [0, 1], "true": [0, 0.5]}}
    assert opened(changed(tmp_path, halved | {"detector.threshold": 0.51})).detect(photo((5, 3, RED))) == ()
    (found,) = opened(changed(tmp_path, halved | {"detector.threshold": 0.49})).detect(photo((5, 3, RED)))
    assert found.score == pytest.approx(0.5, abs=0.01)


def test_a_manifest_with_other_classes_than_the_network_is_refused(tmp_path: Path) -> None:
    path = changed(tmp_path, {"detector.classes": ["ring", "earring", "necklace"]})
    with pytest.raises(ModelError, match=r"\(n, 3549, 7\), and detector\.classes .* \(n, 3549, 8\)"):
        opened(path)


def test_a_manifest_with_another_side_than_the_network_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="3549"):
        opened(changed(tmp_path, {"detector.side": 320}))


def test_the_reader_in_the_place_of_the_detector_is_refused(tmp_path: Path) -> None:
    reader = read_manifest(MANIFEST).reader.file
    path = changed(tmp_path, {"detector.file": str(reader.path), "detector.sha256": reader.sha256})
    with pytest.raises(ModelError, match=r"reader\.onnx takes pixels, colour; .* must take images"):
        opened(path)


# Suppression

sides = st.floats(0, 1, width=32)


def boxes_of(raw: NDArray[np.float32]) -> NDArray[np.float64]:
    """(n, 4) of any four numbers to corners with the smaller first."""
    low, high = np.minimum(raw[:, :2], raw[:, 2:]), np.maximum(raw[:, :2], raw[:, 2:])
    return np.concatenate([low, high], axis=1).astype(np.float64)


tables = hnp.arrays(np.float32, st.tuples(st.integers(0, 25), st.just(5)), elements=sides)


@given(tables, st.floats(0.05, 0.95))
def test_no_two_that_are_kept_overlap_and_each_that_is_dropped_overlaps_a_better_one(
    table: NDArray[np.float32], overlap: float
) -> None:
    corners, scores = boxes_of(table[:, :4]), table[:, 4].astype(np.float64)
    kept = suppress(corners, scores, overlap)
    shared = iou(corners, corners)
    among = shared[np.ix_(kept, kept)]
    assert (among[~np.eye(len(kept), dtype=bool)] <= overlap).all()
    for index in set(range(len(scores))) - set(kept.tolist()):
        assert any(shared[index, better] > overlap and scores[better] >= scores[index] for better in kept)


@given(tables)
def test_the_best_is_always_kept_and_scores_fall(table: NDArray[np.float32]) -> None:
    scores = table[:, 4].astype(np.float64)
    kept = suppress(boxes_of(table[:, :4]), scores, 0.5)
    assert (np.diff(scores[kept]) <= 0).all()
    assert len(kept) == 0 if len(scores) == 0 else scores[kept[0]] == scores.max()


@given(tables)
def test_suppressing_what_was_kept_drops_nothing(table: NDArray[np.float32]) -> None:
    corners, scores = boxes_of(table[:, :4]), table[:, 4].astype(np.float64)
    kept = suppress(corners, scores, 0.5)
    assert len(suppress(corners[kept], scores[kept], 0.5)) == len(kept)


def test_only_the_best_are_considered() -> None:
    corners = np.array([[i, 0, i + 0.5, 1] for i in range(CONSIDERED + 50)], np.float64)
    scores = np.arange(CONSIDERED + 50, dtype=np.float64)
    assert suppress(corners, scores, 0.5).min() == 50


# The main piece


def seen(x: float, y: float, side: float, score: float = 0.9) -> Detection:
    return Detection(Box(x, y, side, side), "ring", score)


@pytest.mark.parametrize(
    ("main", "other"),
    [
        (seen(0.3, 0.3, 0.4), seen(0.3, 0.3, 0.2)),  # the larger
        (seen(0.4, 0.4, 0.2), seen(0, 0, 0.2)),  # the nearer to the middle
        (seen(0.4, 0.4, 0.2, 0.9), seen(0.4, 0.4, 0.2, 0.6)),  # the more certain
        (seen(0, 0, 0.5), seen(0.45, 0.45, 0.1)),  # size weighs more than the middle does
    ],
)
def test_the_main_piece_is_large_central_and_certain(main: Detection, other: Detection) -> None:
    assert main_first((other, main)) == (main, other)
    assert prominence(main) > prominence(other)


def test_the_others_stay_in_their_order() -> None:
    a, b, c = seen(0, 0, 0.1, 0.9), seen(0.3, 0.3, 0.4, 0.8), seen(0.8, 0.8, 0.1, 0.7)
    assert main_first((a, b, c)) == (b, a, c)
    assert main_first(()) == ()
