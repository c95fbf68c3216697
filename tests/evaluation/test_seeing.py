from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np

from parure.evaluation.seeing import Shelf, chunks, see
from parure.vision.histogram import HistogramEncoder
from tests.evaluation.made import METALS, ColourAnalyser, piece

PICTURES = [piece(tone, wide) for tone in METALS.values() for wide in (0.4, 0.6)]


def test_every_model_sees_every_picture_in_its_order() -> None:
    done: list[int] = []
    analyser, encoder = see([ColourAnalyser(), HistogramEncoder()], chunks(iter(PICTURES), 4), told=done.append)
    assert done == [4, 6]
    np.testing.assert_allclose(encoder.vectors, HistogramEncoder().encode_images(PICTURES), atol=1e-6)
    assert [each.value("metal_colour") for each in analyser.seen] == [name for name in METALS for _ in range(2)]
    assert analyser.seen[0].value("setting") == ""
    assert encoder.seen == ()


def test_what_was_seen_is_kept_and_read_back(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    (sight,) = see([ColourAnalyser(sure=0.7)], chunks(iter(PICTURES)), told=lambda done: None)
    shelf.put(sight, "these")
    again = shelf.get(sight.version, "these")
    assert again is not None
    for read, seen in zip(again.seen, sight.seen, strict=True):
        assert (read.beliefs, read.crop, read.detections) == (seen.beliefs, seen.crop, seen.detections)
        assert read.traits.parts.keys() == seen.traits.parts.keys() == set()
        np.testing.assert_array_equal(read.traits.layout, seen.traits.layout)
    np.testing.assert_array_equal(again.vectors, sight.vectors)
    assert shelf.get(sight.version, "others") is None
    assert shelf.get("another model", "these") is None


def test_vectors_of_parts_may_be_shorter_than_those_of_pieces(tmp_path: Path) -> None:
    (sight,) = see([ColourAnalyser()], chunks(iter(PICTURES)), told=lambda done: None)
    first, *others = sight.seen
    stones = np.array([0.6, 0.8], np.float32)
    shown = replace(first, traits=replace(first.traits, parts={"stones": stones}))
    shelf = Shelf(tmp_path)
    shelf.put(replace(sight, seen=(shown, *others)), "these")
    again = shelf.get(sight.version, "these")
    assert again is not None
    np.testing.assert_allclose(again.seen[0].traits.parts["stones"], stones, atol=1e-3)
    assert again.seen[0].traits.parts.keys() == {"stones"}
    assert again.seen[1].traits.parts == {}


def test_a_damaged_file_is_looked_at_again(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    (sight,) = see([ColourAnalyser()], chunks(iter(PICTURES)), told=lambda done: None)
    shelf.put(sight, "these")
    (path,) = tmp_path.iterdir()
    path.write_bytes(path.read_bytes()[:200])
    assert shelf.get(sight.version, "these") is None


def test_without_a_folder_nothing_is_kept(tmp_path: Path) -> None:
    (sight,) = see([ColourAnalyser()], chunks(iter(PICTURES)), told=lambda done: None)
    shelf = Shelf(None)
    shelf.put(sight, "these")
    assert shelf.get(sight.version, "these") is None
