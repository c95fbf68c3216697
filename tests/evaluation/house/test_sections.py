"""The sections on small sets whose answers are known, with an analyser that knows colours and nothing else."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from parure.evaluation.figures import Line, Section
from parure.evaluation.house import (
    Bench,
    measure_house,
    pieces,
    probabilities,
    real_reading,
    same_product,
    text,
    unseen,
    verdicts,
)
from parure.evaluation.made_photos import HeldOut
from parure.evaluation.real_photos import half_of
from parure.evaluation.seeing import Shelf
from parure.search.traits import Traits
from parure.search.verdict import FEATURES, VerdictKind, VerdictModel
from parure.vision import evidence
from parure.vision.analysis import Belief
from parure.vision.histogram import HistogramEncoder
from tests.evaluation.made import METALS, ColourAnalyser, designs_in, photos_in, piece
from tests.vision.tiny import BLUE, RED, photo, tiny_house

pytest.importorskip("scipy", reason="designs are drawn with scipy")


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return photos_in(tmp_path_factory.mktemp("real"))


@pytest.fixture(scope="module")
def renders(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return designs_in(tmp_path_factory.mktemp("renders"))


@pytest.fixture(scope="module")
def bench(real: Path, renders: Path) -> Bench:
    return Bench(ColourAnalyser(), (HistogramEncoder(),), real=real, renders=renders, sample=False)


def line(section: Section, start: str) -> Line:
    return next(each for each in section.lines if each.what.startswith(start))


def value(section: Section, start: str) -> float:
    figure = line(section, start).figure
    assert figure is not None
    return figure.value


def test_products_are_found_among_all_photos_that_can_be_read(bench: Bench) -> None:
    section = same_product.measure(bench)
    assert bench.real_sights.refused == 1
    first = line(section, "R@1")
    assert first.figure is not None
    assert first.figure.count == 12
    assert [each.name for each in first.baselines] == ["histogram-1", "colours-1, cosine", "histogram-1, cosine"]
    assert value(section, "R@5") >= first.figure.value > 1 / 11
    assert first.figure == first.baselines[1].figure, "twelve photos make no crowd"
    assert all(len(failure.pictures) == 3 for failure in section.failures)
    assert len(section.curves[0].series) == 3


def test_a_half_asks_with_its_own_photos_only(bench: Bench) -> None:
    half = half_of("a/shop")
    mine = replace(bench, half=half)
    asked = [mine.real_sights.photos[place].source for place in mine.real_sights.asked]
    assert {half_of(source) for source in asked} == {half}
    assert len(mine.real_sights.photos) == 12


def test_types_are_right_as_often_as_they_are_told_right(bench: Bench) -> None:
    section = real_reading.measure_type(bench)
    assert value(section, "accuracy") == 0.5  # it says ring always; every other piece is one
    assert (value(section, "recall of ring"), value(section, "recall of earring")) == (1.0, 0.0)
    assert section.confusions[0].told[: len(section.confusions[0].labels)] == section.confusions[0].labels


def test_a_pendant_told_counts_as_a_necklace(bench: Bench) -> None:
    seen = replace(bench.real_sights.model.seen[0], traits=Traits())
    assert real_reading.four_type(seen) == ""
    (told,) = ColourAnalyser(type="pendant").analyse_images([piece(METALS["white"], 0.5)])
    assert real_reading.four_type(replace(seen, traits=Traits(told.main.reading.beliefs))) == "necklace"


def test_of_three_metal_colours_the_likeliest_counts_also_where_another_one_is_told(bench: Bench) -> None:
    def three(*told: tuple[str, float]) -> str:
        (value, probability), *others = told
        belief = Belief("metal_colour", value, probability, tuple(others))
        return real_reading.three_colour(replace(bench.real_sights.model.seen[0], traits=Traits((belief,))))

    assert three(("two_tone", 0.5), ("yellow", 0.3), ("rose", 0.2)) == "yellow"
    assert three(("rose", 0.4), ("grey", 0.3), ("white", 0.3)) == "white"
    assert three(("two_tone", 0.9), ("brown", 0.1)) == ""


def test_metal_colours_stand_beside_the_hue_rule(bench: Bench) -> None:
    section = real_reading.measure_metal(bench)
    assert value(section, "accuracy") == value(section, "accuracy, all") == 1.0
    assert line(section, "accuracy").baselines[0].name == "hue rule"
    assert line(section, "accuracy").met is True


def test_an_encoder_alone_still_shows_what_the_rule_reaches(real: Path) -> None:
    section = real_reading.measure_metal(Bench(HistogramEncoder(), real=real))
    assert [each.figure for each in section.lines] == [None, None]
    assert section.lines[0].baselines[0].figure.value > 0.5


def test_unseen_designs_are_found_and_read(bench: Bench) -> None:
    section = unseen.measure(bench)
    first = line(section, "R@1")
    assert first.figure is not None
    assert first.figure.count == bench.made_sights.count == 12
    assert value(section, "R@10") >= first.figure.value
    assert 0 < value(section, "parts, mIoU") <= 1
    assert any(each.name == "hue rule" for each in line(section, "metal_colour").baselines)


def test_a_photograph_of_a_design_is_the_same_when_it_is_made_again(renders: Path) -> None:
    designs = HeldOut.read(renders, 3)
    first, again, other = (designs.photo(0, view).scene.pixels for view in (0, 0, 1))
    np.testing.assert_array_equal(first, again)
    assert not np.array_equal(first, other)


def test_words_without_a_text_tower_are_skipped_with_the_reason(bench: Bench) -> None:
    assert "no text tower" in text.measure(bench).skipped


def test_certainty_that_is_not_deserved_is_an_error(real: Path) -> None:
    sure = probabilities.measure(Bench(ColourAnalyser(sure=0.99), real=real))
    fair = probabilities.measure(Bench(ColourAnalyser(sure=0.75), real=real))
    # It is right of every colour and of every second type: three of four claims.
    assert value(sure, "ECE on real") == pytest.approx(0.24)
    assert value(fair, "ECE on real") == pytest.approx(0.0, abs=1e-9)
    assert value(fair, "ECE on real, type") == pytest.approx(0.25)
    assert line(fair, "ECE on real").at_most


def test_pieces_are_found_where_the_source_marks_them(real: Path, renders: Path) -> None:
    section = pieces.measure(Bench(ColourAnalyser(), real=real))
    assert 0 < value(section, "AP@50, real hands") <= 1
    assert "No localiser" in section.notes[0]


def test_a_box_counts_for_each_type_it_may_be(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(evidence, "DETECTED", 0.0)  # the tiny detector is all too sure
    monkeypatch.setattr(evidence, "PAIRED", 0.0)
    house, pixels = tiny_house(), photo((3, 3, BLUE), (9, 9, RED))
    found = pieces.finder_of(house)(pixels)
    named = pieces.naming_of(house)(pixels, found)
    assert {each.box for each in named} == {each.box for each in found}
    for one in house.read_found(pixels, found):
        own = {each.type: each.score / one.detection.score for each in named if each.box == one.detection.box}
        assert own == pytest.approx(house.types_of(one.reading))
        assert len(own) > 1


def test_the_first_result_is_claimed_and_judged(bench: Bench) -> None:
    count = len(FEATURES)
    likes = VerdictModel(
        ColourAnalyser.version, (VerdictKind.SAME_PIECE, VerdictKind.OTHER), np.zeros(count), np.ones(count),
        np.outer([4.0, -4.0], np.eye(count)[0]), np.array([-3.0, 3.0]),
        {VerdictKind.SAME_PIECE: {0.9: 0.5}},
    )  # fmt: skip
    section = verdicts.measure(replace(bench, verdicts=likes))
    first = line(section, "precision at recall")
    assert first.figure is not None
    # One number decides, so the verdict orders searches as the similarity alone does.
    assert first.figure.value == first.baselines[0].figure.value
    assert line(section, "precision where 0.90").aim == 0.9


def test_without_a_fitted_verdict_the_section_says_so(bench: Bench) -> None:
    assert "no verdict model" in verdicts.measure(bench).skipped


def test_sections_without_data_are_skipped_and_name_the_option() -> None:
    figures = measure_house(Bench(HistogramEncoder(), sample=False))
    assert all(section.skipped for section in figures.sections)
    told = " ".join(section.skipped for section in figures.sections)
    assert all(option in told for option in ("--real", "--renders", "--sample"))


def test_real_photos_are_looked_at_once_however_often_they_are_measured(real: Path, tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    Bench(ColourAnalyser(), real=real, shelf=shelf).real_sights  # noqa: B018

    class Blind(ColourAnalyser):
        def analyse_images(self, images: object) -> list:  # type: ignore[type-arg, override]
            raise AssertionError("looked again")

    again = Bench(Blind(), real=real, shelf=shelf)
    assert len(again.real_sights.model.seen) == 12
