"""What every analyser has to do, beside what an encoder has to. A test class inherits `AnalyserConformance` and has a
fixture `encoder` that is an `Analyser`; its fixture `pictures` may be replaced by photos that show what it can find."""

from __future__ import annotations

from dataclasses import astuple
from itertools import pairwise

import numpy as np
import pytest
from PIL import Image

from parure import taxonomy
from parure.regions import Box, PartClass, crop, iou, xyxy
from parure.vision import Encoder, Pixels, Vectors
from parure.vision.analysis import PART_VECTORS, WHOLE, Analyser, Analysis, SeenPiece
from tests.conformance.encoder import CLOSE, EncoderConformance

__all__ = ["AnalyserConformance"]

LONGEST_MASK = 400  # pixels: a mask is stored for every piece
SAME_SHAPE = 0.02  # of a side ratio, beside the rounding of a side to whole pixels


class AnalyserConformance(EncoderConformance):
    @pytest.fixture
    def analyser(self, encoder: Encoder) -> Analyser:
        assert isinstance(encoder, Analyser)
        return encoder

    @pytest.fixture
    def analyses(self, analyser: Analyser, pictures: list[Pixels]) -> list[Analysis]:
        return analyser.analyse_images(pictures)

    @pytest.fixture
    def pieces(self, analyses: list[Analysis]) -> list[SeenPiece]:
        return [piece for analysis in analyses for piece in analysis.pieces]

    def test_every_photo_has_an_analysis_in_its_order(
        self, analyser: Analyser, pictures: list[Pixels], analyses: list[Analysis]
    ) -> None:
        backwards = analyser.analyse_images(pictures[::-1])[::-1]
        assert len(analyses) == len(pictures)
        assert [a.main.detection for a in backwards] == [a.main.detection for a in analyses]

    def test_the_vector_of_a_photo_is_that_of_its_analysis(self, analyses: list[Analysis], vectors: Vectors) -> None:
        np.testing.assert_allclose(vectors, np.stack([analysis.embedding for analysis in analyses]), atol=CLOSE)

    def test_the_vector_of_a_photo_lies_between_the_whole_and_its_pieces(self, analyses: list[Analysis]) -> None:
        for analysis in analyses:
            pieces = np.stack([np.ravel(piece.reading.embedding) for piece in analysis.pieces])
            whole = pieces[0] if analysis.whole is None else np.ravel(analysis.whole)
            assert np.linalg.norm(analysis.embedding) == pytest.approx(1, abs=CLOSE)
            assert analysis.embedding @ whole >= (pieces @ whole).min() - CLOSE
            assert (pieces @ analysis.embedding).max() >= (pieces @ whole).min() - CLOSE

    def test_boxes_and_crops_lie_on_the_photo(self, pieces: list[SeenPiece]) -> None:
        for piece in pieces:
            for box in (piece.detection.box, piece.crop):
                assert box.area > 0
                assert min(box.x, box.y) >= 0
                assert max(box.x + box.w, box.y + box.h) <= 1 + 1e-9

    def test_the_crop_holds_its_box(self, pieces: list[SeenPiece]) -> None:
        for piece in pieces:
            box, region = piece.detection.box, piece.crop
            assert region.x <= box.x + 1e-9
            assert region.y <= box.y + 1e-9
            assert region.x + region.w >= box.x + box.w - 1e-9
            assert region.y + region.h >= box.y + box.h - 1e-9

    def test_scores_are_probabilities_and_fall_after_the_main_piece(self, analyses: list[Analysis]) -> None:
        for analysis in analyses:
            scores = [piece.detection.score for piece in analysis.pieces]
            assert all(0 <= score <= 1 for score in scores)
            assert all(better >= worse for better, worse in pairwise(scores[1:]))

    def test_types_and_values_are_in_the_vocabulary_or_blank(self, pieces: list[SeenPiece]) -> None:
        words = taxonomy.load()
        for piece in pieces:
            told = [("type", piece.detection.type)]
            for belief in piece.reading.beliefs:
                told += [(belief.attribute, value) for value in (belief.value, *(name for name, _ in belief.others))]
            for attribute, value in told:
                assert value == "" or words.value(attribute, value)

    def test_beliefs_are_probabilities_that_leave_room_for_each_other(self, pieces: list[SeenPiece]) -> None:
        for belief in (belief for piece in pieces for belief in piece.reading.beliefs):
            shares = [belief.probability, *(share for _, share in belief.others)]
            assert all(0 <= share <= 1 for share in shares)
            assert sum(shares) <= 1 + 1e-6
            assert "" not in dict(belief.others)
            assert belief.value not in dict(belief.others)
            rest = shares[1:]
            assert rest == sorted(rest, reverse=True)

    def test_a_piece_has_one_belief_of_an_attribute(self, pieces: list[SeenPiece]) -> None:
        for piece in pieces:
            attributes = [belief.attribute for belief in piece.reading.beliefs]
            assert len(attributes) == len(set(attributes))

    def test_part_masks_hold_part_classes_in_the_proportions_of_the_crop(
        self, analyses: list[Analysis], pictures: list[Pixels]
    ) -> None:
        known = [int(part) for part in PartClass]
        for analysis, picture in zip(analyses, pictures, strict=True):
            for piece in analysis.pieces:
                parts, cut = piece.reading.parts, crop(picture, piece.crop)
                assert parts.dtype == np.uint8
                assert np.isin(parts, known).all()
                assert max(parts.shape) <= LONGEST_MASK
                ratios = parts.shape[0] / cut.shape[0], parts.shape[1] / cut.shape[1]
                assert ratios[0] == pytest.approx(ratios[1], rel=SAME_SHAPE, abs=1 / min(cut.shape[:2]))

    def test_part_vectors_are_unit_rows_of_one_width(self, pieces: list[SeenPiece]) -> None:
        widths: dict[str, set[int]] = {}
        for piece in pieces:
            assert set(piece.reading.vectors) <= set(PART_VECTORS)
            for name, row in piece.reading.vectors.items():
                assert row.dtype == np.float32
                assert np.linalg.norm(row) == pytest.approx(1, abs=1e-5)
                widths.setdefault(name, set()).add(row.shape[0])
        assert all(len(each) == 1 for each in widths.values())

    def test_a_region_that_was_read_reads_the_same_again(
        self, analyser: Analyser, analyses: list[Analysis], pictures: list[Pixels]
    ) -> None:
        for analysis, picture in zip(analyses, pictures, strict=True):
            again = analyser.read_region(picture, analysis.main.crop)
            np.testing.assert_allclose(again.reading.embedding, analysis.main.reading.embedding, atol=CLOSE)
            assert astuple(again.crop) == pytest.approx(astuple(analysis.main.crop))

    def test_a_region_reads_like_the_pixels_in_it(self, analyser: Analyser, pictures: list[Pixels]) -> None:
        region = Box(0.25, 0.5, 0.5, 0.5)
        inside = analyser.read_region(crop(pictures[0], region), WHOLE)
        seen = analyser.read_region(pictures[0], region)
        np.testing.assert_allclose(seen.reading.embedding, inside.reading.embedding, atol=CLOSE)
        np.testing.assert_array_equal(seen.reading.parts, inside.reading.parts)

    @pytest.mark.parametrize("region", [Box(-1, -1, 3, 3), Box(0.5, 0.5, 0, 0), Box(2, 2, 1, 1), Box(0, 0, 1e-9, 1)])
    def test_odd_regions_are_read(self, analyser: Analyser, pictures: list[Pixels], region: Box) -> None:
        seen = analyser.read_region(pictures[0], region)
        assert np.linalg.norm(seen.reading.embedding) == pytest.approx(1, abs=1e-5)

    @pytest.mark.parametrize("shape", [(1, 400), (400, 1), (1, 1), (20, 3000)])
    def test_odd_photos_have_an_analysis(self, analyser: Analyser, shape: tuple[int, int]) -> None:
        noise = np.random.default_rng(0).integers(0, 256, (*shape, 3), dtype=np.uint8)
        (analysis,) = analyser.analyse_images([noise])
        assert analysis.main.reading.parts.size > 0

    def test_boxes_hold_for_a_smaller_copy(
        self, analyser: Analyser, analyses: list[Analysis], pictures: list[Pixels]
    ) -> None:
        halves = [np.asarray(Image.fromarray(p).resize((p.shape[1] // 2, p.shape[0] // 2))) for p in pictures]
        for before, after in zip(analyses, analyser.analyse_images(halves), strict=True):
            box, same = (xyxy(np.array([astuple(each.main.detection.box)])) for each in (before, after))
            assert iou(box, same).item() > 0.8

    def test_no_photo_has_no_analysis(self, analyser: Analyser) -> None:
        assert analyser.analyse_images([]) == []
