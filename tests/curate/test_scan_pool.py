"""Reading processes: the same results as without them, deaths survived, nobody left behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from parure.curate.scan_pool import in_parts
from parure.curate.sources import Listed, open_source
from parure.errors import ParureError
from tests.curate.scanning import (
    DEADLY,
    QUICK,
    DictMemory,
    deadly_prints,
    lacking,
    measure_by_surroundings,
    scan,
    write,
)

MB = 2**20


def test_parts_are_a_few_files_or_fewer_large_ones() -> None:
    sizes = [1] * 10 + [20 * MB, 20 * MB, 100 * MB, 1]
    files = [Listed(str(number), size, 0.0, "") for number, size in enumerate(sizes)]
    parts = list(in_parts(files))
    assert [file for part in parts for file in part] == files
    assert [[file.size for file in part] for part in parts] == [
        [1] * 8, [1, 1, 20 * MB], [20 * MB], [100 * MB], [1],
    ]  # fmt: skip
    assert list(in_parts([])) == []


def test_two_processes_end_as_one_does(tmp_path: Path) -> None:
    write(tmp_path, *(f"{number % 4}/{number}.jpg" for number in range(40)))
    (tmp_path / "empty.jpg").write_bytes(b"")
    source, alone, together = open_source(str(tmp_path)), DictMemory(), DictMemory()
    scan(source, alone)
    report = scan(source, together, jobs=2)
    assert together.scanned() == alone.scanned()
    assert report.read == 41


def test_a_picture_that_ends_its_reader_is_refused_and_the_others_are_read(tmp_path: Path) -> None:
    write(tmp_path, *(f"{number}.jpg" for number in range(30)))
    write(tmp_path, "13b.jpg", "21b.jpg", size=(DEADLY, 40))
    memory = DictMemory()
    scan(open_source(str(tmp_path)), memory, jobs=1)
    assert memory.reasons() == dict.fromkeys(("13b.jpg", "21b.jpg"), "crashes_reader")
    assert len(memory.scanned()) == 32
    refusal = memory.scanned()["13b.jpg"].refusal
    assert refusal is not None
    assert "Reading 13b.jpg ends the process that reads it" in refusal.detail


def test_readers_that_never_read_anything_end_the_scan(tmp_path: Path) -> None:
    write(tmp_path, *(f"{number}.jpg" for number in range(5)))
    with pytest.raises(ParureError, match="Reading processes end before"):
        scan(open_source(str(tmp_path)), DictMemory(), replace(QUICK, fingerprints=deadly_prints), jobs=1)


def test_readers_have_one_thread_and_keep_their_memory_and_this_process_stays_as_it_was(tmp_path: Path) -> None:
    write(tmp_path, "a.jpg")
    memory, before = DictMemory(), dict(os.environ)
    scan(open_source(str(tmp_path)), memory, replace(QUICK, measure=measure_by_surroundings), jobs=1)
    measures = memory.scanned()["a.jpg"].measures
    assert measures is not None
    assert measures.scores == {"light": 1.0}
    assert dict(os.environ) == before


def test_a_missing_package_is_told_across_processes(tmp_path: Path) -> None:
    write(tmp_path, "a.jpg")
    with pytest.raises(ParureError, match=r"parure\[curate\]"):
        scan(open_source(str(tmp_path)), DictMemory(), replace(QUICK, measure=lacking), jobs=1)


SCRIPT = """
import sys, time
from pathlib import Path
from parure.curate.scan_pool import read_all
from parure.curate.sources import open_source
from tests.curate.scanning import QUICK
import multiprocessing

if __name__ == "__main__":
    source = open_source(sys.argv[1])
    results = read_all(source, source.listing(), QUICK, jobs=2)
    next(results)
    print(*(child.pid for child in multiprocessing.active_children()), flush=True)
    time.sleep(60)
"""


@pytest.mark.slow
@pytest.mark.parametrize("end", [signal.SIGKILL, signal.SIGTERM])
def test_readers_end_with_the_process_that_started_them(tmp_path: Path, end: signal.Signals) -> None:
    write(tmp_path / "photos", *(f"{number}.jpg" for number in range(100)))
    script = tmp_path / "main.py"
    script.write_text(SCRIPT)
    env = os.environ | {"PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    process = subprocess.Popen(
        [sys.executable, script, tmp_path / "photos"], env=env, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    readers = [int(number) for number in process.stdout.readline().split()]
    assert len(readers) == 2
    process.send_signal(end)
    process.communicate(timeout=30)
    deadline = time.monotonic() + 20
    while any(map(is_running, readers)):
        assert time.monotonic() < deadline, "a reader outlives its scan"
        time.sleep(0.05)


def is_running(number: int) -> bool:
    try:
        state = Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"
