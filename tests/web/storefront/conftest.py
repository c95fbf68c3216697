"""A visitor, and a small shop to look at."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from django.test import Client

from parure import settings
from parure.web.catalogue.runtime import runtime
from parure.web.worker.loop import Worker
from tests.web.storefront.stock import CAMERA, PERSON, add_photo, put, say


@pytest.fixture
def visitor(shop: Path) -> Client:
    return Client(SERVER_NAME="localhost")


@pytest.fixture
def closed_shop(shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Only people who signed in may look."""
    private = replace(settings.get(), public_read=False)
    monkeypatch.setattr(settings, "get", lambda: private)


@pytest.fixture
def small_pages(shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two pieces to a page."""
    small = replace(settings.get(), page_size=2)
    monkeypatch.setattr(settings, "get", lambda: small)


@pytest.fixture
def analyse(shop: Path) -> Iterator[Callable[[], None]]:
    """Does what the worker would do, now."""
    worker = Worker(runtime())
    yield worker.finish
    worker.close()


@pytest.fixture
def window(shop: Path, picture: Callable[..., bytes], analyse: Callable[[], None]) -> None:
    """R-1 rose ring 250 (two photos), R-2 yellow ring 900, E/3 #x rose hoops 120, N-4 silver necklace, no price."""
    first = put("R-1", "Rose ring", price="250", type="ring", metal="gold", metal_colour="rose")
    put("R-2", "Yellow ring", price="900", type="ring", metal="gold", metal_colour="yellow", main_stone="diamond")
    put("E/3 #x", "Rose hoops", price="120.50", type="hoop_earring", metal="gold", metal_colour="rose")
    last = put("N-4", "Silver necklace", description="With a <b>butterfly</b> & co.", type="necklace", metal="silver")
    say("R-1", CAMERA, 0.87, setting="bezel")
    say("R-1", PERSON, style="minimalist")
    add_photo(first, picture(1))
    add_photo(first, picture(2), "side.jpg")
    add_photo(last, picture(4))
    analyse()
