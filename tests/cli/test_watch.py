"""`parure watch` as its user meets it: half-written files, signals, kill -9, one watcher a folder, faults in words."""

from __future__ import annotations

import json
import shutil
import signal
import sqlite3
import time
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Parure
from tests.curate.made_archive import MadeArchive, make_archive

pytest.importorskip("cv2")

NEVER = 60  # seconds, for what should happen at once


@pytest.fixture
def made(tmp_path: Path) -> MadeArchive:
    return make_archive(tmp_path)


@pytest.fixture
def sheet(tmp_path: Path) -> tuple[object, ...]:
    return ("--sheet", tmp_path / "stock.csv")


def once(parure: Parure, inbox: Path, target: Path, *more: object) -> dict[str, dict[str, Any]]:
    """Outcomes by path."""
    told = parure.run("watch", inbox, "--to", target, "--once", "--settle", 0, "--json", *more)
    lines = [json.loads(line) for line in told.splitlines()]
    return {line["path"]: line for line in lines if "path" in line}


def events(parure: Parure) -> Counter[tuple[str, str, str]]:
    """Kind, path and content of all that watchers logged."""
    with sqlite3.connect(parure.data / "parure.db") as connection:
        rows = connection.execute("SELECT kind, data FROM catalogue_event WHERE kind LIKE 'watch.%'").fetchall()
    return Counter((kind, json.loads(data)["path"], json.loads(data)["sha256"]) for kind, data in rows)


def files(folder: Path) -> dict[str, bytes]:
    paths = (path for path in folder.rglob("*") if path.is_file())
    return {
        below: path.read_bytes()
        for path in paths
        if not (below := path.relative_to(folder).as_posix()).startswith(".parure-apply")
    }


def test_an_archive_that_comes_as_new_photos_gets_the_outcomes_of_its_truth(
    parure: Parure, made: MadeArchive, sheet: tuple[object, ...], tmp_path: Path
) -> None:
    before = files(made.archive)
    found = once(parure, made.archive, tmp_path / "shop", *sheet)
    meant = {"keep": "approved", "duplicate": "rejected", "reject": "rejected", "review": "queued"}
    assert {path: line["outcome"] for path, line in found.items()} == {
        path: meant[verdict] for path, (verdict, _) in made.truth.items()
    }
    assert files(made.archive) == before
    assert once(parure, made.archive, tmp_path / "shop", *sheet) == {}
    log = parure.run("watch", made.archive, "--log", 1000)
    assert len(log.splitlines()) == len(made.truth)
    assert "rejected  2019/empty.jpg  unfit: The file is empty." in log
    assert "(fit)" in log
    parure.run("curate", "undo", tmp_path / "shop", "--all")
    assert not (tmp_path / "shop").exists()
    assert files(made.archive) == before


def test_what_is_wrong_is_told_before_anything_is_made(parure: Parure, tmp_path: Path) -> None:
    inbox, policy = tmp_path / "inbox", tmp_path / "policy.yaml"
    assert "does not exist" in parure.run("watch", inbox, "--to", tmp_path / "t", code=1)
    inbox.mkdir()
    assert "--to FOLDER" in parure.run("watch", inbox, code=2)
    assert "lies in" in parure.run("watch", inbox, "--to", inbox / "t", code=1)
    assert "is not a folder" in parure.run("watch", inbox, "--to", tmp_path / "a" / "b", code=1)
    policy.write_text("rules:\n  fit:\n    when: kep\n    then: approve\n")
    told = " ".join(parure.run("watch", inbox, "--policy", policy, "--to", tmp_path / "t", code=1).split())
    assert "policy.yaml, line 3: fit: when: there is no 'kep' at character 1. Did you mean 'keep'?" in told
    assert "?." not in told
    assert "line 3" in parure.run("curate", "policy", "check", policy, code=1)
    assert not parure.data.exists()


def test_a_policy_is_written_once_and_shown(parure: Parure, tmp_path: Path) -> None:
    policy = tmp_path / "policy.yaml"
    parure.run("curate", "policy", "init", policy)
    assert "--force" in parure.run("curate", "policy", "init", policy, code=1)
    told = parure.json("curate", "policy", "check", policy)
    assert told["rules"][-1] == {"rule": "otherwise", "path": "", "when": "", "then": "queue", "say": ""}
    assert "better_copy" in parure.run("curate", "policy", "check", policy)


@pytest.mark.slow
def test_a_watcher_takes_photos_as_they_come_and_stops_when_it_is_told(
    parure: Parure, made: MadeArchive, sheet: tuple[object, ...], tmp_path: Path
) -> None:
    inbox, target = tmp_path / "inbox", tmp_path / "shop"
    inbox.mkdir()
    photos = sorted((made.archive / "2014").glob("PR-1001*.jpg"))[:2]
    options = ("--to", target, *sheet, "--every", 0.2, "--settle", 0.5, "--json")
    watching = parure.start("watch", inbox, *options)
    assert watching.stderr is not None
    assert watching.stdout is not None
    assert "Watching" in watching.stderr.readline()
    assert "already" in parure.run("watch", inbox, *options, code=1)
    whole = photos[0].read_bytes()
    with (inbox / photos[0].name).open("wb", buffering=0) as slow:
        for start in range(0, len(whole), len(whole) // 5 + 1):
            slow.write(whole[start : start + len(whole) // 5 + 1])
            time.sleep(0.3)
    assert json.loads(watching.stdout.readline())["outcome"] == "approved"
    shutil.copy(photos[1], inbox)
    assert json.loads(watching.stdout.readline())["path"] == photos[1].name
    watching.send_signal(signal.SIGTERM)
    out, _ = watching.communicate(timeout=NEVER)
    assert watching.returncode == 0
    assert json.loads(out)["summary"] == {"approved": 2, "rejected": 0, "queued": 0, "waiting": 0, "moving": 0}
    assert sorted(map(len, files(target).values())) == sorted(len(photo.read_bytes()) for photo in photos)


@pytest.mark.slow
def test_a_watcher_killed_again_and_again_ends_as_one_that_was_not(
    parure: Parure, made: MadeArchive, sheet: tuple[object, ...], tmp_path: Path
) -> None:
    before = files(made.archive)
    whole, options = Parure(tmp_path / "whole"), (*sheet, "--settle", 0)
    began = time.monotonic()
    once(whole, made.archive, tmp_path / "expected", *sheet)
    usual = time.monotonic() - began
    hits = 0
    for part in (0.2, 0.4, 0.55, 0.7, 0.8, 0.85, 0.9, 0.95):
        process = parure.start("watch", made.archive, "--to", tmp_path / "shop", "--once", *options)
        time.sleep(part * usual)
        hits += process.poll() is None
        process.send_signal(signal.SIGKILL)
        process.communicate()
    assert hits
    once(parure, made.archive, tmp_path / "shop", *sheet)
    assert files(tmp_path / "shop") == files(tmp_path / "expected")
    assert events(parure) == events(whole)
    assert set(events(parure).values()) == {1}
    assert files(made.archive) == before
    parure.run("curate", "undo", tmp_path / "shop", "--all")
    assert not files(tmp_path / "shop")
