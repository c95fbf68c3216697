"""A visitor, and a small shop to look at."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from django.test import Client
from waitress.server import create_server

from parure import settings
from parure.web.catalogue.runtime import runtime
from parure.web.worker.loop import Worker
from tests.web.storefront.browser import Browser, started
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


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """The site, served to the browser from this process."""
    from parure.web.wsgi import application

    serving = create_server(application, host="127.0.0.1", port=0, threads=4)
    done = threading.Event()

    def serve() -> None:  # closed by the thread that waits on the sockets: from outside it would wait on closed ones
        while not done.is_set():
            serving.asyncore.loop(timeout=0.1, map=serving._map, count=1)
        for channel in list(serving.active_channels.values()):
            channel.handle_close()
        serving.close()

    thread = threading.Thread(target=serve)
    thread.start()
    yield f"http://127.0.0.1:{serving.effective_port}"
    done.set()
    thread.join()
    serving.task_dispatcher.shutdown()


@pytest.fixture(scope="module")
def browser(server: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """Ended before the server, which ends with its last connection."""
    with started(tmp_path_factory.mktemp("profile")) as running:
        yield running
