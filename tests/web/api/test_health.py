"""GET /health and /sync_check."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import OperationalError
from django.test import Client

from parure import __version__
from parure.errors import IndexDamaged, IndexLocked
from parure.web.catalogue.models import IndexEntry, Product
from parure.web.catalogue.runtime import Runtime, runtime
from tests.web.api.calls import Make, add_photo, make_product


def raising(error: Exception) -> Callable[..., None]:
    def fail(*_: object, **__: object) -> None:
        raise error

    return fail


def test_a_healthy_server_says_so_with_its_version(public: Client) -> None:
    response = public.get("/health")
    assert response.status_code == 200
    assert response.json()["status"] == "ok"
    assert response.json()["version"] == __version__


@pytest.mark.usefixtures("closed_shop")
def test_monitors_need_no_token(public: Client) -> None:
    assert public.get("/health").status_code == 200
    assert public.get("/sync_check").status_code == 401


def test_a_database_that_does_not_answer_is_a_503(public: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Product, "objects", type("Down", (), {"exists": raising(OperationalError("secret host"))})())
    response = public.get("/health")
    assert response.status_code == 503
    assert response.json()["database"]["ok"] is False
    assert "secret host" not in response.content.decode()


def test_a_damaged_index_is_a_503_that_names_the_repair(public: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Runtime, "index", raising(IndexDamaged("segment 3 of /data/index is cut short")))
    response = public.get("/health")
    assert response.status_code == 503
    assert "doctor" in response.json()["index"]["detail"]
    assert "/data" not in response.content.decode()


def test_an_index_held_elsewhere_is_no_fault(public: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Runtime, "index", raising(IndexLocked("process 7 has it")))
    assert public.get("/health").status_code == 200


def test_index_and_database_are_compared(
    public: Client, author: Client, picture: Make, analyse: Callable[[], None]
) -> None:
    make_product(author, "A-1")
    add_photo(author, "A-1", picture(1))
    analyse()
    body = public.get("/sync_check").json()
    assert body["in_sync"]
    assert body["database"]["analysed"] == body["index"]["points"] == body["index"]["recorded"] == 1


def test_waiting_changes_are_counted_with_what_to_do(
    public: Client, author: Client, picture: Make, analyse: Callable[[], None]
) -> None:
    make_product(author, "A-1")
    add_photo(author, "A-1", picture(1))
    analyse()
    author.delete("/api/v1/products/A-1")
    body = public.get("/sync_check").json()
    assert (body["in_sync"], body["pending"]) == (False, 1)
    assert "worker" in body["advice"]


def test_an_index_that_lost_a_point_is_not_in_sync(
    public: Client, author: Client, picture: Make, analyse: Callable[[], None]
) -> None:
    make_product(author, "A-1")
    add_photo(author, "A-1", picture(1))
    analyse()
    runtime().index(runtime().serving()).delete([IndexEntry.objects.get().photo_number])
    body = public.get("/sync_check").json()
    assert body["in_sync"] is False
    assert "doctor" in body["advice"]
