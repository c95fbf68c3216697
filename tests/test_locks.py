"""Lock files: one holder, named, and gone with its process."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from parure.locks import FileLock

HOLD = "import sys, time; from parure.locks import FileLock; FileLock(__import__('pathlib').Path(sys.argv[1])).acquire(); print('held', flush=True); time.sleep(60)"  # noqa: E501


def test_the_second_is_told_who_holds_it_until_it_is_released(tmp_path: Path) -> None:
    first, second = FileLock(tmp_path / "lock"), FileLock(tmp_path / "lock")
    assert first.acquire() is None
    holder = second.acquire()
    assert holder is not None
    assert f"process {os.getpid()}" in str(holder)
    first.release()
    first.release()
    assert second.acquire() is None
    second.release()


def test_a_killed_holder_leaves_no_lock(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    other = subprocess.Popen([sys.executable, "-c", HOLD, str(path)], stdout=subprocess.PIPE, text=True)
    assert other.stdout is not None
    assert other.stdout.readline() == "held\n"
    mine = FileLock(path)
    holder = mine.acquire()
    assert holder is not None
    assert str(other.pid) in str(holder)
    other.kill()
    other.communicate()
    assert mine.acquire() is None
    mine.release()
