"""The bell between a change and the worker beside it."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from django.db import transaction

from parure.web.catalogue.products import write_product
from parure.web.catalogue.runtime import runtime
from parure.web.catalogue.values import ProductChange, Writer
from parure.web.worker import wakeup
from parure.web.worker.loop import Worker

PERSON = Writer("manual", "ana")


def test_everybody_who_subscribed_is_called_until_they_end_it() -> None:
    calls: list[str] = []
    end_first = wakeup.subscribe(lambda: calls.append("first"))
    end_second = wakeup.subscribe(lambda: calls.append("second"))
    wakeup.notify()
    end_first()
    end_first()
    wakeup.notify()
    end_second()
    wakeup.notify()
    assert calls == ["first", "second", "second"]


def test_the_bell_rings_after_the_change_is_stored_and_not_for_one_taken_back(shop: Path) -> None:
    rung: list[bool] = []
    end = wakeup.subscribe(lambda: rung.append(True))
    with transaction.atomic():
        write_product("A-1", ProductChange(), PERSON)
        assert rung == []
    with transaction.atomic():
        write_product("A-2", ProductChange(), PERSON)
        transaction.set_rollback(True)
    end()
    assert rung == [True]


def test_a_resting_worker_starts_at_once(shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    worker = Worker(runtime())
    rounds = threading.Semaphore(0)
    monkeypatch.setattr(worker, "step", lambda: rounds.release() or 0)
    monkeypatch.setattr("parure.web.worker.loop._SHORTEST_REST_S", 600.0)
    monkeypatch.setattr("parure.web.worker.loop._LONGEST_REST_S", 600.0)
    thread = threading.Thread(target=worker.run)
    thread.start()
    end = wakeup.subscribe(worker.wake)
    assert rounds.acquire(timeout=30)
    wakeup.notify()
    assert rounds.acquire(timeout=30)
    end()
    worker.close()
    thread.join(30)
    assert not thread.is_alive()
