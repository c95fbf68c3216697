"""The server beside other commands."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Parure


@pytest.mark.slow
def test_a_running_server_follows_a_rebuild_by_another_process(parure: Parure, photos: Callable[..., Path]) -> None:
    folder = photos(6)
    parure.run("import", folder)
    server = parure.start("serve", "--port", 0)
    assert server.stderr is not None
    while "Serving" not in server.stderr.readline():
        assert server.poll() is None
    try:
        parure.run("index", "rebuild")
        deadline = time.monotonic() + 45
        while len(list((parure.data / "index").glob("generation-*"))) > 1 and time.monotonic() < deadline:
            time.sleep(0.2)
        assert [path.name for path in (parure.data / "index").glob("generation-*")] == ["generation-2"]
        assert parure.json("search", "--image", folder / "AJ-3.jpg")["results"][0]["style_code"] == "AJ-3"
    finally:
        server.terminate()
        server.communicate(timeout=30)
    status = parure.json("status")
    assert (status["generation"], status["index_points"], status["agrees"]) == (2, 6, True)


def test_a_second_server_is_told_who_holds_the_folder(parure: Parure) -> None:
    first = parure.start("serve", "--port", 0)
    assert first.stderr is not None
    while "Serving" not in first.stderr.readline():
        assert first.poll() is None
    try:
        assert f"process {first.pid}" in parure.run("serve", "--port", 0, code=1)
    finally:
        first.terminate()
        first.communicate(timeout=30)
