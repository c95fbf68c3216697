"""Detect, cut, read: which pixels are read, and what comes out, on the tiny set of models."""

from __future__ import annotations

import shutil
from dataclasses import astuple, replace
from pathlib import Path

import numpy as np
import pytest

from parure.errors import ModelError, TextNotSupported
from parure.regions import Box, PartClass, crop
from parure.vision import house_model
from parure.vision.analysis import WHOLE, Belief
from parure.vision.evidence import evidence_of_types
from parure.vision.house_model import HouseAnalyser, region_to_read
from parure.vision.manifest import CropPolicy
from tests.vision.tiny import BLUE, MANIFEST, RED, changed, photo, tiny_house

POLICY = CropPolicy(min_share=0.4, air=0.125)


@pytest.fixture(scope="module")
def house() -> HouseAnalyser:
    return tiny_house()


@pytest.mark.parametrize(
    ("box", "expected"),
    [
        (Box(0.25, 0.25, 0.25, 0.5), (87, 37, 213, 163)),  # 100 x 100 px, 12.5 px of air, in whole pixels
        (Box(0, 0, 0.25, 0.5), (0, 0, 113, 113)),  # nothing lies beyond the rim
        (Box(0.75, 0.5, 0.25, 0.5), (287, 87, 400, 200)),
        (Box(0.1, 0.1, 0.8, 0.5), (0, 0, 400, 200)),  # .4 of the photo: it is read whole
        (Box(0.1, 0.1, 0.8, 0.49), (0, 0, 400, 158)),  # just under: 320 x 98 px, 40 px of air
    ],
)
def test_a_small_piece_is_cut_out_with_air_and_a_large_one_read_with_the_photo(
    box: Box, expected: tuple[int, int, int, int]
) -> None:
    region = region_to_read(box, POLICY, 400, 200)
    x0, y0, x1, y1 = expected
    assert [round(v, 9) for v in (region.x * 400, region.y * 200)] == [x0, y0]
    assert [round(v, 9) for v in ((region.x + region.w) * 400, (region.y + region.h) * 200)] == [x1, y1]


def test_what_is_read_is_the_crop_and_nothing_else(house: HouseAnalyser) -> None:
    """Whatever lies outside the crop may change without changing the reading."""
    pixels = photo((3, 3, RED))
    (piece,) = house.analyse_images([pixels])[0].pieces
    strewn = pixels.copy()
    strewn[300:] = (20, 150, 40)
    (same,) = house.analyse_images([strewn])[0].pieces
    np.testing.assert_array_equal(same.reading.embedding, piece.reading.embedding)
    assert same.crop == piece.crop
    cut = crop(pixels, piece.crop)
    np.testing.assert_array_equal(house.read_region(cut, WHOLE).reading.embedding, piece.reading.embedding)


def test_each_piece_is_read_on_its_own(house: HouseAnalyser) -> None:
    blue, red = ([(x, y) for x in (c, c + 1) for y in (r, r + 1)] for c, r in ((2, 9), (9, 3)))
    analysis = house.analyse_images([photo(*((*at, BLUE) for at in blue), *((*at, RED) for at in red))])[0]
    stones = {piece.detection.type: PartClass.CENTRE_STONE in piece.reading.parts for piece in analysis.pieces}
    assert stones == {"ring": False, "earring": True}


def test_what_a_prominent_piece_is_shows_in_the_whole_photo_too(
    house: HouseAnalyser, monkeypatch: pytest.MonkeyPatch
) -> None:
    pixels = photo((2, 9, BLUE), (9, 3, RED))
    with monkeypatch.context() as patched:
        patched.setattr(house_model, "_PROMINENT", 1.1)
        small = house.analyse_images([pixels])[0]
    main, other = house.analyse_images([pixels])[0].pieces
    reader = house._reader
    evidence = {"type": evidence_of_types(main.detection, house._types, paired=True)}
    expected = reader.read(crop(pixels, main.crop), scene=reader.look(pixels), evidence=evidence)
    assert main.reading.beliefs == expected.beliefs != small.main.reading.beliefs
    np.testing.assert_array_equal(main.reading.embedding, small.main.reading.embedding)
    assert other.reading.beliefs == small.pieces[1].reading.beliefs


def test_what_the_detector_holds_a_piece_for_has_a_say_in_its_type(house: HouseAnalyser) -> None:
    """The same crop, found as a ring, as an earring, and chosen by a person."""
    pixels = photo((3, 3, RED), (9, 9, BLUE))
    (ring, earring) = sorted(house._detector.detect(pixels), key=lambda found: found.box.x)
    assert max(ring.types, key=ring.types.__getitem__) == "ring"
    assert max(earring.types, key=earring.types.__getitem__) == "earring"
    as_found, mistaken, chosen = (
        house.types_of(piece.reading)
        for piece in (
            *house.read_found(pixels, [ring, replace(ring, types=earring.types)]),
            house.read_region(pixels, house.read_found(pixels, [ring])[0].crop),
        )
    )
    assert as_found["ring"] > chosen["ring"] > mistaken["ring"]


def test_a_piece_of_which_there_are_two_is_likelier_of_a_type_that_is_sold_in_pairs(house: HouseAnalyser) -> None:
    one, two = photo((3, 3, RED)), photo((3, 3, RED), (9, 3, RED))
    alone, both = (house.analyse_images([pixels])[0].pieces for pixels in (one, two))
    assert len(both) == 2
    (as_one,) = (house.types_of(piece.reading)["earring"] for piece in alone)
    assert all(house.types_of(piece.reading)["earring"] > as_one for piece in both)


def test_where_nothing_is_found_the_whole_photo_is_read_with_a_score_of_nothing(house: HouseAnalyser) -> None:
    (piece,) = house.analyse_images([photo()])[0].pieces
    assert piece.detection.box == piece.crop == WHOLE
    assert piece.detection.score == 0


def test_a_chosen_region_is_read_exactly_and_typed_by_the_reader(house: HouseAnalyser) -> None:
    pixels = photo((3, 3, BLUE), (9, 9, RED))
    seen = house.read_region(pixels, Box(9 / 13, 9 / 13, 1 / 13, 1 / 13))
    assert (seen.detection.type, seen.detection.score) == ("ring", 1.0)
    assert seen.crop == seen.detection.box
    assert (seen.reading.parts == PartClass.METAL).all()


def test_a_region_beyond_the_photo_is_cut_to_it(house: HouseAnalyser) -> None:
    assert house.read_region(photo(), Box(-1, -1, 3, 3)).crop == WHOLE


def test_a_narrow_type_of_the_reader_counts_as_its_wide_one(tmp_path: Path) -> None:
    path = changed(tmp_path, {"reader.attributes.0.values": ["signet_ring", "huggie"]})
    (seen,) = (tiny_house(path).read_region(np.full((50, 50, 3), BLUE, np.uint8), WHOLE),)
    assert seen.reading.beliefs[0].value == "huggie"
    assert seen.detection.type == "earring"


@pytest.mark.parametrize(
    ("value", "others", "expected"),
    [
        ("ring", (("earring", 0.25),), {"ring": 0.5, "earring": 0.25}),
        ("signet_ring", (("band_ring", 0.25), ("hoop_earring", 0.125)), {"ring": 0.75, "earring": 0.125}),
        ("watch", (("ring", 0.25),), {"ring": 0.25}),  # of a kind the detector does not know
        ("", (("ring", 0.25),), {"ring": 0.25}),  # cannot tell, and if it must
        ("", (), {}),
    ],
)
def test_a_piece_may_be_of_several_types(
    house: HouseAnalyser, value: str, others: tuple[tuple[str, float], ...], expected: dict[str, float]
) -> None:
    reading = house.read_region(photo((3, 3, RED)), WHOLE).reading
    belief = Belief("type", value, 0.5, others)
    assert house.types_of(replace(reading, beliefs=(belief,))) == expected
    assert house.types_of(replace(reading, beliefs=())) == {}


def test_lanes_give_the_same_as_one_after_another(house: HouseAnalyser) -> None:
    pictures = [photo((column, 4, RED), (3, column, BLUE)) for column in range(1, 12)]
    alone = [house.analyse_images([picture])[0] for picture in pictures]
    for one, other in zip(alone, tiny_house(threads=4).analyse_images(pictures), strict=True):
        assert [p.detection for p in one.pieces] == [p.detection for p in other.pieces]
        assert [astuple(p.crop) for p in one.pieces] == [astuple(p.crop) for p in other.pieces]
        np.testing.assert_allclose(one.main.reading.embedding, other.main.reading.embedding, atol=1e-5)


def test_words_are_read_into_the_space_of_the_pictures(house: HouseAnalyser) -> None:
    rows = house.encode_texts(["ab", "cd", "ab"])
    assert rows.shape == (3, house.dimension)
    np.testing.assert_array_equal(rows[0], rows[2])
    assert rows[0] @ rows[1] < 0.99


def test_a_set_without_a_text_tower_reads_pictures_only(tmp_path: Path) -> None:
    silent = tiny_house(changed(tmp_path, {"words": None}))
    assert not silent.supports_text
    with pytest.raises(TextNotSupported, match=silent.version):
        silent.encode_texts(["ring"])


def test_it_names_its_version_and_the_longest_side_it_looks_at(house: HouseAnalyser) -> None:
    assert house.version == house.manifest.version
    assert house.input_side == 416


def test_a_damaged_file_of_the_set_is_named(tmp_path: Path) -> None:
    folder = tmp_path / "house"
    shutil.copytree(MANIFEST.parent, folder)
    with (folder / "reader.onnx").open("r+b") as file:
        file.seek(500)
        file.write(b"\0\0\0\0")
    with pytest.raises(ModelError, match=r"reader\.onnx is not the file its card describes"):
        tiny_house(folder / "house.json")


@pytest.mark.parametrize("part", ["detector", "reader", "words"])
def test_a_missing_file_of_the_set_is_named(tmp_path: Path, part: str) -> None:
    with pytest.raises(ModelError, match=rf"gone-{part}\.onnx cannot be read"):
        tiny_house(changed(tmp_path, {f"{part}.file": f"gone-{part}.onnx"}))


def test_another_model_in_the_place_of_the_text_tower_is_refused(house: HouseAnalyser, tmp_path: Path) -> None:
    detector = house.manifest.detector.file
    path = changed(tmp_path, {"words.file": str(detector.path), "words.sha256": detector.sha256})
    with pytest.raises(ModelError, match=r"takes images; .* must take tokens"):
        tiny_house(path)
