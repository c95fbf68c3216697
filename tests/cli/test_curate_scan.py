"""`parure curate scan` as its user meets it: bad files in words, killed and run again."""

from __future__ import annotations

import json
import signal
import sqlite3
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from parure.cli.curate.scan import spoken
from tests.cli.conftest import Parure
from tests.web.pictures import jpeg

COLUMNS = (
    "path, size, stamp, sha256, width, height, perceptual, turned, hex(embedding), scores, refusal, detail, gone_at"
)


def rows(parure: Parure) -> list[Any]:
    """The end state: everything but times and row numbers."""
    database = parure.data / "parure.db"
    if not database.exists():
        return []
    with sqlite3.connect(database) as connection:
        try:
            return connection.execute(f"SELECT {COLUMNS} FROM archive_archivefile ORDER BY path").fetchall()
        except sqlite3.OperationalError:  # killed before the tables were made
            return []


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_an_archive_is_scanned_once_and_bad_files_are_named(parure: Parure, photos: Callable[..., Path]) -> None:
    folder = photos(5)
    (folder / "empty.jpg").write_bytes(b"")
    (folder / "loop").symlink_to(folder)
    (folder / "bad\nname.jpg").write_bytes(b"text")
    found = parure.json("curate", "scan", folder, "--jobs", 1)
    assert (found["photos"], found["read"], found["unchanged"]) == (5, 7, 0)
    assert found["refused"] == {"empty": 1, "link": 1, "not_an_image": 1}
    assert {each["path"]: each["reason"] for each in found["files"]} == {
        "empty.jpg": "empty", "loop": "link", "bad\nname.jpg": "not_an_image",
    }  # fmt: skip
    again = parure.json("curate", "scan", folder)
    assert (again["read"], again["unchanged"], again["photos"]) == (0, 7, 5)
    assert again["files"] == found["files"]
    (folder / "AJ-0.jpg").unlink()
    process = parure.start("curate", "scan", folder)
    told, lines = process.communicate(timeout=60)
    assert process.returncode == 0
    assert "4 photos and 3 other files are known now: 0 read" in told
    assert "6 unchanged, 1 is gone." in told
    assert "bad\\nname.jpg" in lines


def test_a_source_that_is_not_there_is_told_before_anything_is_made(parure: Parure, tmp_path: Path) -> None:
    assert "does not exist" in parure.run("curate", "scan", tmp_path / "none", code=1)
    assert not parure.data.exists()


def test_progress_in_a_line_tells_rate_and_time_left() -> None:
    assert spoken(0, 1234, 5) == "1,234 files found so far."
    assert spoken(1000, 10_000, 10) == "1,000 of 10,000 files, 100 per second, 1 min 30 s left."
    assert spoken(9_900, 10_000, 99) == "9,900 of 10,000 files, 100 per second, 1 s left."


@pytest.mark.slow
def test_a_scan_killed_again_and_again_ends_as_one_that_was_not(
    parure: Parure, photos: Callable[..., Path], tmp_path: Path
) -> None:
    folder = photos(40, size=(400, 300))
    (folder / "empty.jpg").write_bytes(b"")
    (folder / "bad.jpg").write_bytes(jpeg(7)[:700])
    (folder / "list.csv").write_text("a,b")
    (folder / "again.jpg").symlink_to("AJ-1.jpg")
    before = contents(folder)
    whole = Parure(tmp_path / "whole")
    began = time.monotonic()
    whole.run("curate", "scan", folder, "--jobs", 1)
    usual = time.monotonic() - began
    hits = 0
    for part in (0.3, 0.6, 0.75, 0.9):
        process = parure.start("curate", "scan", folder, "--jobs", 2)
        time.sleep(part * usual)
        hits += process.poll() is None
        process.send_signal(signal.SIGKILL)
        process.communicate()
        assert set(rows(parure)) <= set(rows(whole))
    assert hits
    report = json.loads(parure.run("curate", "scan", folder, "--jobs", 2, "--json"))
    assert report["photos"] == 40
    assert rows(parure) == rows(whole)
    assert contents(folder) == before
