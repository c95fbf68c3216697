"""kill -9 at ten random points of import, analysis and index build: running again ends as if nothing had happened."""

from __future__ import annotations

import contextlib
import random
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Parure

KILLS = 10
COUNT = 90
pytestmark = pytest.mark.slow


def duration(process: subprocess.Popen[str]) -> float:
    started = time.monotonic()
    process.communicate(timeout=120)
    assert process.returncode == 0
    return time.monotonic() - started


def kill_repeatedly(start: Callable[[], subprocess.Popen[str]], usual_s: float, seed: int) -> int:
    """Start and kill at random moments of its usual duration; returns how many kills hit a running process.

    Early moments first: a run that is left alone till late may be done, and then there is nothing to kill.
    """
    random_ = random.Random(seed)
    hit = 0
    for moment in sorted(random_.uniform(0.05, 1.0) for _ in range(KILLS)):
        process = start()
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(moment * usual_s)
        hit += process.poll() is None
        process.kill()
        process.communicate()
    return hit


def assert_whole(parure: Parure, count: int) -> None:
    status: dict[str, Any] = parure.json("status")
    assert {key: status[key] for key in ("products", "photos", "analysed", "indexed", "index_points")} == dict.fromkeys(
        ("products", "photos", "analysed", "indexed", "index_points"), count
    )
    assert status["complete"]
    assert status["agrees"]
    assert parure.json("doctor", "--thorough") == {"healthy": True, "mended": [], "findings": []}
    originals = [path for path in (parure.data / "originals").rglob("*") if path.is_file()]
    assert len(originals) == count


def test_a_killed_import_run_again_ends_complete(parure: Parure, photos: Callable[..., Path], tmp_path: Path) -> None:
    folder = photos(COUNT)
    usual = duration(Parure(tmp_path / "clean").start("import", folder))
    assert kill_repeatedly(lambda: parure.start("import", folder), usual, seed=1) > 0
    summary = parure.json("import", folder)
    assert summary["rejected"] == []
    assert_whole(parure, COUNT)
    assert parure.json("import", folder)["unchanged"] == COUNT


def test_a_killed_analysis_run_again_ends_complete(parure: Parure, photos: Callable[..., Path], tmp_path: Path) -> None:
    folder = photos(COUNT)
    clean = Parure(tmp_path / "clean")
    clean.run("import", folder, "--no-analyse")
    usual = duration(clean.start("worker", "--once"))
    parure.run("import", folder, "--no-analyse")
    assert kill_repeatedly(lambda: parure.start("worker", "--once"), usual, seed=2) > 0
    parure.run("worker", "--once")
    assert_whole(parure, COUNT)


def test_a_killed_index_rebuild_run_again_ends_complete(parure: Parure, photos: Callable[..., Path]) -> None:
    parure.run("import", photos(COUNT))
    usual = duration(parure.start("index", "rebuild"))
    assert kill_repeatedly(lambda: parure.start("index", "rebuild"), usual, seed=3) > 0
    parure.run("index", "rebuild")
    assert_whole(parure, COUNT)
    leftovers = list((parure.data / "index").glob("generation-*"))
    assert len(leftovers) == 1, leftovers
