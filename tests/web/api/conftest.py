"""Clients of every kind, and a small catalogue to ask about."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from parure import settings
from parure.web.accounts.models import Token
from parure.web.catalogue.runtime import runtime
from parure.web.worker.loop import Worker
from tests.web.api.calls import Make, add_photo, make_product


@pytest.fixture
def public(shop: Path) -> Client:
    """Someone without a token."""
    return Client(SERVER_NAME="localhost")


@pytest.fixture
def author(shop: Path) -> Client:
    """A program that may write."""
    return _with_token("ana", can_write=True)


@pytest.fixture
def reader(shop: Path) -> Client:
    """A program that may only read."""
    return _with_token("rudi", can_write=False)


@pytest.fixture
def closed_shop(shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Reading needs a token or a sign-in."""
    private = replace(settings.get(), public_read=False)
    monkeypatch.setattr(settings, "get", lambda: private)


@pytest.fixture
def analyse(shop: Path) -> Iterator[Callable[[], None]]:
    """Does what the worker would do, now."""
    worker = Worker(runtime())
    yield worker.finish
    worker.close()


@pytest.fixture
def rings(author: Client, picture: Make, analyse: Callable[[], Any]) -> list[str]:
    """Three analysed products: R-1 and R-2 are rings (rose 250, yellow 900), E/3 hoops in rose without a price."""
    make_product(
        author,
        "R-1",
        title="Rose ring",
        price="250.00",
        attributes={"type": ["ring"], "metal": ["gold"], "metal_colour": ["rose"]},
    )
    make_product(
        author,
        "R-2",
        title="Band",
        price="900.00",
        attributes={"type": ["ring"], "metal": ["gold"], "metal_colour": ["yellow"]},
    )
    make_product(author, "E/3", title="Hoops", attributes={"type": ["earring"], "metal_colour": ["rose"]})
    for seed, code in enumerate(["R-1", "R-2", "E/3"]):
        add_photo(author, code, picture(seed))
    analyse()
    return ["R-1", "R-2", "E/3"]


def _with_token(name: str, *, can_write: bool) -> Client:
    user = User.objects.create_user(name)
    _, secret = Token.issue(user, "test", can_write=can_write)
    return Client(headers={"Authorization": f"Bearer {secret}"}, SERVER_NAME="localhost")
