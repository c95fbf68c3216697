"""Whatever disagrees is found, and what can be made again is mended."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import connection
from django.utils import timezone

from parure.web.catalogue.doctor import examine, repair
from parure.web.catalogue.models import AnalysisFailure, AttributeValue, Embedding, IndexEntry, Photo
from parure.web.catalogue.photos import accept, attach, storage
from parure.web.catalogue.products import find_product, write_product
from parure.web.catalogue.runtime import runtime
from parure.web.catalogue.values import ProductChange, StatementDraft, Writer
from parure.web.worker.loop import Worker

PERSON = Writer("manual", "ana")


@pytest.fixture
def three(shop: Path, picture: Callable[..., bytes]) -> Path:
    for seed in range(3):
        gold = ProductChange(statements=(StatementDraft("metal", "gold"),), stated=None)
        product, _ = write_product(f"A-{seed}", gold, PERSON)
        attach(product, accept(picture(seed)), PERSON, file_name="front.jpg")
    worker = Worker(runtime())
    worker.finish()
    worker.close()
    return shop


def found(*, thorough: bool = False) -> dict[str, int]:
    return {finding.check: finding.count for finding in examine(thorough=thorough)}


def mended() -> dict[str, int]:
    repair(examine())
    return found(thorough=True)


@pytest.mark.usefixtures("three")
def test_a_healthy_catalogue_has_no_findings() -> None:
    assert found(thorough=True) == {}


@pytest.mark.usefixtures("three")
def test_points_missing_from_the_index_or_left_in_it_are_mended() -> None:
    index = runtime().index(runtime().serving())
    first = IndexEntry.objects.earliest("photo_number").photo_number
    index.delete([first])
    last = IndexEntry.objects.latest("photo_number")
    Photo.objects.filter(pk=last.photo_number).update(deleted_at=timezone.now())
    last.delete()
    assert found()["index"] == 2
    assert mended() == {}
    assert sorted(index.ids()) == sorted(IndexEntry.objects.values_list("photo_number", flat=True))


@pytest.mark.usefixtures("three")
def test_a_keyword_table_that_lost_rows_is_filled_again() -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM catalogue_keywords WHERE rowid = %s", [find_product("A-1").pk])
    assert found() == {"keyword search": 1}
    assert mended() == {}


@pytest.mark.usefixtures("three")
def test_a_wrong_mark_of_what_holds_is_corrected_and_reaches_the_index() -> None:
    AttributeValue.objects.filter(product__style_code="A-1").update(effective=False)
    assert found() == {"effective values": 1}
    repair(examine())
    worker = Worker(runtime())
    worker.finish()
    worker.close()
    assert found() == {}
    assert runtime().index(runtime().serving()).facets("metal") == {"gold": 3}


@pytest.mark.usefixtures("three")
def test_a_missing_original_is_told_and_needs_a_person() -> None:
    photo = Photo.objects.earliest("pk")
    storage().path_of(photo.sha256, ".jpg").unlink()
    finding = next(f for f in examine() if f.check == "missing originals")
    assert finding.mend is None
    assert photo.file_name in finding.detail


@pytest.mark.usefixtures("three")
def test_an_altered_original_is_found_by_the_thorough_check_only() -> None:
    photo = Photo.objects.earliest("pk")
    storage().path_of(photo.sha256, ".jpg").write_bytes(b"other bytes")
    assert "altered originals" not in found()
    assert found(thorough=True)["altered originals"] == 1


@pytest.mark.usefixtures("three")
def test_parked_photos_are_tried_again() -> None:
    photo = Photo.objects.earliest("pk")
    encoder = runtime().serving().encoder
    Embedding.objects.filter(photo=photo).delete()
    AnalysisFailure.objects.create(
        photo=photo, encoder=encoder, retry_at=timezone.now(), parked=True, reason="unreadable"
    )
    assert found()["parked photos"] == 1
    repair(examine())
    assert not AnalysisFailure.objects.exists()


def test_stray_files_and_folders_are_found(three: Path) -> None:
    (three / "index" / "generation-999").mkdir(parents=True)
    (three / "originals" / "zz").mkdir(parents=True)
    (three / "originals" / "zz" / f"{'z' * 64}.jpg").write_bytes(b"x")
    (three / "originals" / "zz" / f"{'z' * 64}.png.999999999-0.part").write_bytes(b"x")
    assert found() == {"leftovers": 1, "originals without a product": 1, "old index folders": 1}
    assert mended() == {"originals without a product": 1}
