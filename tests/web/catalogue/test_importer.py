"""A plan applied to the catalogue, on both databases: added, unchanged, updated, moved, refused."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from parure import taxonomy
from parure.errors import ModelError
from parure.intake import discover, plan_import, read_sheet
from parure.web.catalogue.importer import ImportSummary, run_import
from parure.web.catalogue.models import Embedding, Event, Photo, Product
from parure.web.catalogue.photos import delete_photo
from parure.web.catalogue.products import delete_product, find_product
from parure.web.catalogue.reader import get_view
from parure.web.catalogue.runtime import runtime
from parure.web.catalogue.values import Writer

PERSON = Writer("manual", "ana")
HEAD = "style_code,title,metal,photos\n"
pytestmark = pytest.mark.usefixtures("any_database")


@pytest.fixture
def folder(tmp_path: Path, picture: Callable[..., bytes]) -> Path:
    for seed, name in enumerate(["a1.jpg", "a2.jpg", "b1.jpg"]):
        (tmp_path / name).write_bytes(picture(seed))
    return tmp_path


def bring_in(folder: Path, rows: str, *, encoder: bool = True) -> ImportSummary:
    (folder / "sheet.csv").write_text(HEAD + rows)
    sheet = read_sheet(folder / "sheet.csv")
    plan = plan_import(discover([folder]), sheet, None, taxonomy=taxonomy.load())
    return run_import(plan, actor="test", encoder=runtime().encoder() if encoder else None)


ROWS = "A,First,gold,a1.jpg; a2.jpg\nB,Second,silver,b1.jpg\n"


def gallery(code: str) -> list[str]:
    return [photo.file_name for photo in get_view(find_product(code)).photos]


def test_everything_arrives_analysed_in_one_pass(folder: Path) -> None:
    summary = bring_in(folder, ROWS)
    assert (summary.counts, summary.analysed) == ({"added": 2}, 3)
    assert gallery("A") == ["a1.jpg", "a2.jpg"]
    assert Embedding.objects.count() == 3
    assert Event.objects.filter(kind="import").count() == 1


def test_a_product_gets_one_revision_for_all_that_comes_with_it(folder: Path) -> None:
    bring_in(folder, ROWS)
    assert find_product("A").revision == 2


def test_the_second_time_nothing_changes(folder: Path) -> None:
    bring_in(folder, ROWS)
    before = list(Product.objects.order_by("id").values_list("revision", "updated_at"))
    summary = bring_in(folder, ROWS)
    assert summary.counts == {"unchanged": 2}
    assert list(Product.objects.order_by("id").values_list("revision", "updated_at")) == before
    assert Event.objects.filter(kind="import").count() == 1


def test_a_photo_that_another_row_claims_now_moves(folder: Path) -> None:
    bring_in(folder, ROWS)
    bring_in(folder, "A,First,gold,a1.jpg\nB,Second,silver,b1.jpg; a2.jpg\n")
    assert (gallery("A"), gallery("B")) == (["a1.jpg"], ["b1.jpg", "a2.jpg"])
    assert Photo.objects.count() == 3


def test_what_a_person_deleted_stays_deleted(folder: Path) -> None:
    bring_in(folder, ROWS)
    delete_product("B", PERSON)
    delete_photo(Photo.objects.get(file_name="a2.jpg"), PERSON)
    summary = bring_in(folder, ROWS)
    assert {rejection.reason for rejection in summary.rejected} == {"deleted_by_person", "decided_by_person"}
    assert gallery("A") == ["a1.jpg"]


def test_the_same_bytes_under_two_rows_belong_to_the_first(folder: Path, picture: Callable[..., bytes]) -> None:
    (folder / "b1.jpg").write_bytes(picture(0))
    summary = bring_in(folder, ROWS)
    assert [rejection.reason for rejection in summary.rejected] == ["same_photo"]
    assert (gallery("A"), gallery("B")) == (["a1.jpg", "a2.jpg"], [])


def test_a_lost_original_is_taken_in_again(folder: Path) -> None:
    bring_in(folder, ROWS)
    from parure.web.catalogue.photos import storage

    path = storage().path_of(Photo.objects.get(file_name="b1.jpg").sha256, ".jpg")
    path.unlink()
    assert bring_in(folder, ROWS).counts == {"unchanged": 2}
    assert path.read_bytes() == (folder / "b1.jpg").read_bytes()


def test_a_failing_model_leaves_the_analysis_to_the_worker(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(images: object) -> None:
        raise ModelError("broken")

    monkeypatch.setattr(runtime().encoder(), "encode_images", broken)
    summary = bring_in(folder, ROWS)
    assert (summary.counts, summary.analysed) == ({"added": 2}, 0)
    assert Photo.objects.count() == 3
