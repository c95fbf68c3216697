"""Originals on disk: whole or not there, and a full disk leaves no trace."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest

from parure.errors import StorageFull
from parure.web.catalogue.storage import Storage

SHA = "ab" * 32


def test_storing_twice_writes_once(tmp_path: Path) -> None:
    store = Storage(tmp_path)
    assert store.keep(SHA, ".jpg", b"bytes")
    assert not store.keep(SHA, ".jpg", b"bytes")
    assert list(store.originals()) == [SHA]


def test_a_full_disk_says_so_and_leaves_no_half_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(StorageFull, match="run the same command again"):
        Storage(tmp_path).keep(SHA, ".jpg", b"bytes")
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_leftovers_of_a_dead_process_are_removed_and_those_of_a_living_one_kept(tmp_path: Path) -> None:
    dead = subprocess.Popen([sys.executable, "-c", ""])
    dead.wait()
    folder = tmp_path / "originals" / "ab"
    folder.mkdir(parents=True)
    (folder / f"{SHA}.jpg.{dead.pid}-0.part").write_bytes(b"half")
    (folder / f"{SHA}.jpg.{os.getpid()}-0.part").write_bytes(b"being written")
    store = Storage(tmp_path)
    assert store.remove_leftovers() == 1
    assert [path.name for path in folder.iterdir()] == [f"{SHA}.jpg.{os.getpid()}-0.part"]
    assert list(store.originals()) == []
