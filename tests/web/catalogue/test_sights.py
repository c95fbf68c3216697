"""What an analyser sees on a photo is stored with its vector, replaced by the next one, and gone with the photo."""

from __future__ import annotations

import numpy as np
import pytest

from parure.regions import PartClass
from parure.vision import Pixels
from parure.vision.analysis import Analysis
from parure.web.catalogue.coverage import coverage
from parure.web.catalogue.doctor import examine, repair
from parure.web.catalogue.models import Embedding, Photo, Piece
from parure.web.catalogue.runtime import runtime
from parure.web.catalogue.sights import Sight, look, part_mask, part_vectors, pieces_of, save_sights, traits
from tests.analyser import GOLD, ROSE, RUBY, SAPPHIRE, ColumnAnalyser, piece_picture
from tests.web.looking import give, use, work

TWO = piece_picture((GOLD, RUBY), (ROSE, SAPPHIRE))
ONE = piece_picture((GOLD, RUBY))

pytestmark = pytest.mark.usefixtures("any_database")


@pytest.fixture
def encoder() -> ColumnAnalyser:
    made = use()
    assert isinstance(made, ColumnAnalyser)
    return made


def analysis_of(encoder: ColumnAnalyser, pixels: Pixels) -> Analysis:
    return encoder.analyse_images([pixels])[0]


def test_each_piece_is_stored_as_it_was_seen(encoder: ColumnAnalyser) -> None:
    photo = give("A-1", TWO)
    work()
    expected = analysis_of(encoder, TWO)
    found = pieces_of([photo.pk], encoder.version)[photo.pk]
    assert [piece.place for piece in found] == [0, 1]
    for piece, wanted in zip(found, expected.pieces, strict=True):
        assert (piece.type, piece.score) == (wanted.detection.type, wanted.detection.score)
        assert piece.box.x == pytest.approx(wanted.detection.box.x, abs=1e-5)
        assert piece.crop.w == pytest.approx(wanted.crop.w, abs=1e-5)
        assert piece.beliefs == wanted.reading.beliefs
        assert np.array_equal(part_mask(piece.parts), wanted.reading.parts)
    assert PartClass.CENTRE_STONE in part_mask(found[0].parts)


def test_the_photo_s_vector_and_the_main_piece_s_parts_are_kept_at_half_precision(encoder: ColumnAnalyser) -> None:
    photo = give("A-1", TWO)
    work()
    analysis = analysis_of(encoder, TWO)
    reading = analysis.main.reading
    stored = np.frombuffer(Embedding.objects.get().vector, "<f2").astype(np.float32)
    assert stored == pytest.approx(analysis.embedding, abs=1e-3)
    held = traits([photo.pk], encoder.version)[photo.pk]
    assert held.parts.keys() == {"setting", "stones"}
    assert held.parts["stones"] == pytest.approx(reading.vectors["stones"], abs=1e-3)
    assert held.beliefs == reading.beliefs
    many = part_vectors([photo.pk], encoder.version)[photo.pk]
    assert many.keys() == held.parts.keys()
    assert all(np.allclose(many[part], held.parts[part]) for part in many)
    assert part_vectors([photo.pk], "another") == {}


def test_a_part_that_is_not_there_has_no_vector(encoder: ColumnAnalyser) -> None:
    photo = give("A-1", piece_picture((GOLD, GOLD)))
    work()
    assert traits([photo.pk], encoder.version)[photo.pk].parts.keys() == {"setting"}
    assert traits([photo.pk], "another") == {}


def test_a_second_analysis_replaces_the_first(encoder: ColumnAnalyser) -> None:
    photo = give("A-1", TWO)
    work()
    for pixels, number in ((TWO, 2), (ONE, 1), (ONE, 1)):
        save_sights([photo.pk], look(encoder, [pixels]), encoder.version)
        assert Piece.objects.count() == number
    assert Embedding.objects.count() == 1


def test_vector_and_pieces_are_written_together_or_not_at_all(encoder: ColumnAnalyser) -> None:
    photo = give("A-1", ONE)
    good, vector = look(encoder, [ONE])[0], look(encoder, [ONE])[0].vector
    broken = Sight(vector, Analysis((good.analysis.main, "no piece")))  # type: ignore[union-attr,arg-type]
    with pytest.raises(AttributeError):
        save_sights([photo.pk], [broken], encoder.version)
    assert not Embedding.objects.exists()
    assert not Piece.objects.exists()


def test_pieces_go_with_their_photo(encoder: ColumnAnalyser) -> None:
    photo = give("A-1", TWO)
    work()
    Photo.objects.get(pk=photo.pk).delete()
    assert not Piece.objects.exists()


def test_another_version_sees_again_and_the_old_pieces_go(
    encoder: ColumnAnalyser, monkeypatch: pytest.MonkeyPatch
) -> None:
    give("A-1", TWO)
    work()
    monkeypatch.setattr(encoder, "version", "columns-2")
    work()
    assert set(Piece.objects.values_list("encoder", flat=True)) == {"columns-2"}
    assert runtime().serving().encoder == "columns-2"


def test_coverage_counts_the_pieces(encoder: ColumnAnalyser) -> None:
    give("A-1", TWO)
    assert coverage().pieces == 0
    work()
    assert (coverage().pieces, coverage().complete) == (2, True)


@pytest.mark.parametrize("lost", [Piece, Embedding])
def test_the_doctor_finds_half_of_an_analysis_and_has_it_made_again(
    encoder: ColumnAnalyser, lost: type[Piece] | type[Embedding]
) -> None:
    give("A-1", TWO)
    give("A-2", ONE)
    work()
    assert examine() == []
    lost.objects.filter(photo__product__style_code="A-1").delete()
    assert "half-seen photos" in {finding.check for finding in examine()}
    repair(examine())
    work()
    assert examine() == []
    assert Piece.objects.count() == 3
