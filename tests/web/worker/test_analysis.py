"""Work is found by state: analysed once, retried with back-off, parked with its reason, and the index follows."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from threading import Thread

import pytest
from django.utils import timezone

from parure import settings
from parure.search import Query
from parure.web.catalogue import generations
from parure.web.catalogue.analysis import analyse_batch, claim, waiting
from parure.web.catalogue.coverage import coverage, failures
from parure.web.catalogue.finder import find, like
from parure.web.catalogue.models import AnalysisFailure, Embedding, IndexEntry, Photo
from parure.web.catalogue.photos import accept, attach, delete_photo, move_photo, replace_photo, restore_photo, storage
from parure.web.catalogue.products import delete_product, find_product, restore_product, write_product
from parure.web.catalogue.runtime import runtime
from parure.web.catalogue.values import ProductChange, StatementDraft, Writer
from parure.web.worker.loop import Worker

PERSON = Writer("manual", "ana")
Make = Callable[..., bytes]

pytestmark = pytest.mark.usefixtures("any_database")


@pytest.fixture
def worker() -> Iterator[Worker]:
    made = Worker(runtime())
    yield made
    made.close()


def give(code: str, data: bytes) -> Photo:
    product, _ = write_product(code, ProductChange(), PERSON)
    return attach(product, accept(data), PERSON, file_name="front.jpg")


def found(data: bytes) -> list[str]:
    pixels = accept(data).pixels
    return [item.product.style_code for item in find(Query(image=pixels)).items]


def test_a_photo_is_analysed_once_and_then_found(worker: Worker, picture: Make) -> None:
    for seed in range(3):
        give(f"A-{seed}", picture(seed))
    worker.finish()
    assert found(picture(1))[0] == "A-1"
    assert worker.step() == 0
    assert Embedding.objects.count() == IndexEntry.objects.count() == 3
    assert coverage().complete
    assert coverage().agrees


def test_a_failing_photo_waits_longer_each_time_and_is_then_parked(worker: Worker, picture: Make) -> None:
    photo = give("A-1", picture(1))
    give("A-2", picture(2))
    storage().path_of(photo.sha256, ".jpg").unlink()
    waits = []
    for _ in range(settings.get().max_attempts):
        AnalysisFailure.objects.update(retry_at=timezone.now() - timedelta(seconds=1))
        worker.finish()
        waits.append(AnalysisFailure.objects.get().retry_at - timezone.now())
    assert waits == sorted(waits)
    failure = failures()[0]
    assert (failure.parked, failure.reason, failure.attempts) == (True, "unreadable", settings.get().max_attempts)
    now = coverage()
    assert (now.analysed, now.parked, now.waiting, dict(now.reasons)) == (1, 1, 0, {"unreadable": 1})
    AnalysisFailure.objects.update(retry_at=timezone.now() - timedelta(seconds=1))
    assert worker.step() == 0, "a parked photo is left alone"


def test_a_repaired_photo_loses_its_failure(worker: Worker, picture: Make) -> None:
    photo = give("A-1", picture(1))
    path = storage().path_of(photo.sha256, ".jpg")
    path.rename(path.with_suffix(".away"))
    worker.finish()
    path.with_suffix(".away").rename(path)
    AnalysisFailure.objects.update(retry_at=timezone.now() - timedelta(seconds=1))
    worker.finish()
    assert not AnalysisFailure.objects.exists()
    assert coverage().complete


def test_the_index_follows_deleting_and_restoring(worker: Worker, picture: Make) -> None:
    photo = give("A-1", picture(1))
    give("A-2", picture(2))
    worker.finish()
    delete_photo(photo, PERSON)
    worker.finish()
    assert found(picture(1)) == ["A-2"]
    restore_photo(photo, PERSON)
    delete_product("A-2", PERSON)
    worker.finish()
    assert found(picture(2)) == ["A-1"]
    restore_product("A-2", PERSON)
    worker.finish()
    assert found(picture(2)) == ["A-2", "A-1"]
    assert coverage().agrees


def test_the_index_follows_a_photo_to_another_product(worker: Worker, picture: Make) -> None:
    photo = give("A-1", picture(1))
    give("A-2", picture(2))
    worker.finish()
    move_photo(photo, find_product("A-2"), PERSON)
    worker.finish()
    assert found(picture(1)) == ["A-2"]


def test_the_index_follows_a_replaced_photo(worker: Worker, picture: Make) -> None:
    photo = give("A-1", picture(1))
    give("A-2", picture(2))
    worker.finish()
    replace_photo(photo, accept(picture(3)), PERSON, file_name="better.jpg")
    worker.finish()
    results = find(Query(image=accept(picture(3)).pixels))
    assert results.items[0].product.style_code == "A-1"
    assert results.items[0].similarity == pytest.approx(1.0, abs=2e-3)
    assert find(Query(image=accept(picture(1)).pixels)).items[0].similarity < 0.999


def test_the_index_follows_changed_attributes_without_a_new_analysis(worker: Worker, picture: Make) -> None:
    give("A-1", picture(1))
    worker.finish()
    index = runtime().index(runtime().serving())
    assert index.facets("metal") == {}
    gold = ProductChange(statements=(StatementDraft("metal", "gold"),), stated=frozenset({"metal"}))
    write_product("A-1", gold, PERSON)
    worker.finish()
    assert index.facets("metal") == {"gold": 1}
    assert Embedding.objects.count() == 1


@pytest.mark.postgres
@pytest.mark.parametrize("any_database", ["postgresql"], indirect=True)  # SQLite has one worker at a time
def test_two_workers_never_take_the_same_photo(picture: Make) -> None:
    for seed in range(4):
        give(f"A-{seed}", picture(seed))
    encoder = runtime().encoder()
    with claim(waiting(encoder.version), 2) as mine:
        with ThreadPoolExecutor(1) as pool:
            theirs = pool.submit(_claimed_elsewhere, encoder.version).result()
        assert len(mine) == 2
        assert {photo.pk for photo in mine}.isdisjoint(theirs)
        assert len(theirs) == 2


def test_a_second_worker_finishes_what_a_dead_one_left(picture: Make) -> None:
    for seed in range(3):
        give(f"A-{seed}", picture(seed))
    with ThreadPoolExecutor(1) as pool:
        assert analyse_batch(runtime().encoder(), pool, limit=2) == 2
    fresh = Worker(runtime())
    fresh.finish()
    fresh.close()
    assert Embedding.objects.count() == 3


def test_another_encoder_fills_a_second_generation_and_takes_over(
    worker: Worker, picture: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    give("A-1", picture(1))
    worker.finish()
    old = generations.live()
    assert old is not None
    monkeypatch.setattr(runtime().encoder(), "version", "histogram-next")
    assert found(picture(1)) == [], "the old vectors are not compared with new ones"
    worker.finish()
    live = generations.live()
    assert live is not None
    assert (live.encoder, live.pk != old.pk) == ("histogram-next", True)
    assert found(picture(1)) == ["A-1"]


def test_products_like_one_leave_it_out(worker: Worker, picture: Make) -> None:
    for seed in range(3):
        give(f"A-{seed}", picture(seed))
    worker.finish()
    results = like(find_product("A-1"), Query(limit=5))
    assert sorted(item.product.style_code for item in results.items) == ["A-0", "A-2"]


def _claimed_elsewhere(encoder: str) -> set[int]:
    from django.db import connection

    try:
        with claim(waiting(encoder), 4) as photos:
            return {photo.pk for photo in photos}
    finally:
        connection.close()


@pytest.fixture
def running(shop: Path) -> Iterator[Worker]:
    made = Worker(runtime())
    thread = Thread(target=made.run)
    thread.start()
    yield made
    made.stop()
    thread.join(30)
    made.close()


def eventually(holds: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + 20
    while not holds() and time.monotonic() < deadline:
        time.sleep(0.05)
    return holds()


@pytest.mark.parametrize("any_database", ["sqlite"], indirect=True)
def test_a_running_worker_sees_each_change_and_a_retry(running: Worker, picture: Make) -> None:
    give("A-1", picture(1))
    assert eventually(lambda: IndexEntry.objects.count() == 1)
    photo = give("A-2", picture(2))
    assert eventually(lambda: IndexEntry.objects.count() == 2)
    path = storage().path_of(photo.sha256, ".jpg")
    data = path.read_bytes()
    path.unlink()
    Embedding.objects.filter(photo=photo).delete()
    running.wake()
    # Counted, not only begun: between the two the worker would write its own next try over ours.
    assert eventually(AnalysisFailure.objects.filter(attempts=1).exists)
    path.write_bytes(data)
    AnalysisFailure.objects.update(retry_at=timezone.now() - timedelta(seconds=1))
    running.wake()
    assert eventually(lambda: not AnalysisFailure.objects.exists() and Embedding.objects.count() == 2)
