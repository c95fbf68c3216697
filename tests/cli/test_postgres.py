"""Several processes on one PostgreSQL catalogue."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests import servers
from tests.cli.conftest import Parure


@pytest.mark.postgres
@pytest.mark.slow
def test_workers_in_several_processes_share_the_work(
    photos: Callable[..., Path],
    tmp_path: Path,
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with servers.postgres(tmp_path_factory.mktemp("postgres")) as url:
        monkeypatch.setenv("PARURE_DATABASE_URL", url)
        shop = Parure(tmp_path / "data")
        assert shop.json("import", photos(60), "--no-analyse")["added"] == 60
        assert shop.json("status")["waiting"] == 60
        workers = [shop.start("worker", "--once") for _ in range(3)]
        for worker in workers:
            _, err = worker.communicate(timeout=120)
            assert worker.returncode == 0, err
        status = shop.json("status")
        assert (status["analysed"], status["indexed"], status["index_points"]) == (60, 60, 60)
        assert shop.json("doctor")["healthy"]
        assert shop.json("search", "--image", photos(60) / "AJ-7.jpg")["results"][0]["style_code"] == "AJ-7"
