"""`parure curate apply` and `undo` end to end, beside the script that a careful person would write.

For every file the script reads it and takes its sha256, copies it to its place with shutil, reads the copy back and
compares; to take that back it compares both once more and removes the copy. It keeps no journal, and does not wait
until the disk has what it wrote, so a power cut or a kill leaves it to guess. `synced` is the same script with an fsync
of each copy. A ratio of 1 means: as many files in the same time.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from parure.curate.plan import QUARANTINE, write_plan
from parure.curate.values import PlanEntry, Verdict
from report import print_json

SIZE = 200_000  # bytes of a photo, half as many to half as many more
A_FOLDER = 500  # files that lie in one folder of the source


@dataclass(frozen=True)
class Job:
    """`places` says where each file of `source` goes below the target."""

    root: Path
    source: Path
    plan: Path
    places: Mapping[str, str]
    size: int  # bytes of all files


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--files", type=int, default=2000, help="files of about 200 kB")
    parser.add_argument("--folder", type=Path, help="where the files go, on one disk (default: a temporary folder)")
    parser.add_argument("--quick", action="store_true", help="a few files, to see that it runs")


def run(chosen: argparse.Namespace) -> None:
    root = Path(tempfile.mkdtemp(prefix="parure-bench-", dir=chosen.folder))
    try:
        job = make_files(root, 40 if chosen.quick else chosen.files)
        print(f"{len(job.places):,} files, {job.size / 1e6:,.0f} MB", flush=True)
        figures = measure(job)
    finally:
        shutil.rmtree(root, ignore_errors=True)
    print_json("curate apply", {"files": len(job.places), "mb": job.size / 1e6} | figures)


def make_files(root: Path, count: int) -> Job:
    """Random bytes, as apply never looks into a photo; one in eight is a duplicate for the quarantine."""
    dice = random.Random(5)
    entries, places, size = [], {}, 0
    for at in range(count):
        source = f"shoot {at // A_FOLDER}/DSC_{at:05d}.JPG"
        path = root / "photos" / source
        path.parent.mkdir(parents=True, exist_ok=True)
        data = dice.randbytes(dice.randint(SIZE // 2, SIZE * 3 // 2))
        path.write_bytes(data)
        kept = at % 8 != 0
        target = f"rings/AJ-{at // 4}_yellow_gold_{at % 4}.jpg" if kept else None
        verdict = Verdict.KEEP if kept else Verdict.DUPLICATE
        entries.append(PlanEntry(source, hashlib.sha256(data).hexdigest(), verdict, target))
        places[source] = target or f"{QUARANTINE}/{source}"
        size += len(data)
    write_plan(root / "plan.jsonl", entries)
    return Job(root, root / "photos", root / "plan.jsonl", places, size)


def measure(job: Job) -> dict[str, dict[str, float]]:
    theirs, synced, ours = job.root / "script", job.root / "synced", job.root / "catalogue"
    copied = timed(lambda: by_script(job, theirs, careful_copy))
    removed = timed(lambda: by_script(job, theirs, careful_removal))
    durable = timed(lambda: by_script(job, synced, durable_copy))
    shutil.rmtree(synced)
    apply_s, undo_s = there_and_back(job, ours)
    linked = timed(lambda: by_script(job, theirs, careful_link))
    unlinked = timed(lambda: by_script(job, theirs, careful_removal))
    link_s, unlink_s = there_and_back(job, ours, "--link")
    return {
        "copy": row("copy", job, apply_s, copied),
        "copy, synced": row("copy, synced", job, apply_s, durable),
        "undo of copies": row("undo of copies", job, undo_s, removed),
        "hard link": row("hard link", job, link_s, linked),
        "undo of links": row("undo of links", job, unlink_s, unlinked),
    }


def row(name: str, job: Job, ours: float, theirs: float) -> dict[str, float]:
    files, megabytes = len(job.places), job.size / 1e6
    print(
        f"    {name:15} script {files / theirs:7.0f} files/s, {megabytes / theirs:6.1f} MB/s;"
        f" parure {files / ours:7.0f} files/s, {megabytes / ours:6.1f} MB/s; ratio {theirs / ours:.2f}",
        flush=True,
    )
    return {
        "script_per_s": files / theirs, "script_mb_per_s": megabytes / theirs,
        "parure_per_s": files / ours, "parure_mb_per_s": megabytes / ours, "ratio": theirs / ours,
    }  # fmt: skip


def timed(do: Callable[[], object]) -> float:
    """Seconds, from a disk that has nothing left to write."""
    os.sync()
    start = time.perf_counter()
    do()
    return time.perf_counter() - start


def there_and_back(job: Job, target: Path, *mode: str) -> tuple[float, float]:
    """Seconds of apply and of undo, the start of the program included, as a person waits for it."""
    told: dict[str, Any] = {}
    places = ("--source", str(job.source), "--target", str(target))
    apply_s = timed(lambda: told.update(command(job, "apply", str(job.plan), *places, *mode, "--yes")))
    undo_s = timed(lambda: told.update(command(job, "undo", str(target))))
    if (told["placed"], told["restored"], target.exists()) != (len(job.places), len(job.places), False):
        raise SystemExit(f"{told['placed']} of {len(job.places)} files were placed, {told['restored']} taken back.")
    return apply_s, undo_s


def command(job: Job, *words: str) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, "-m", "parure", "--data", str(job.root / "data"), "curate", *words, "--json"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        check=True,
    )
    told: dict[str, Any] = json.loads(done.stdout)
    return told


def by_script(job: Job, target: Path, each: Callable[[Path, Path], None]) -> None:
    for source, place in job.places.items():
        path = target / place
        path.parent.mkdir(parents=True, exist_ok=True)
        each(job.source / source, path)


def careful_copy(source: Path, path: Path) -> None:
    before = sha256(source)
    shutil.copy2(source, path)
    check(path, before)


def durable_copy(source: Path, path: Path) -> None:
    before = sha256(source)
    shutil.copy2(source, path)
    with path.open("rb+") as file:
        os.fsync(file.fileno())
    check(path, before)


def careful_link(source: Path, path: Path) -> None:
    before = sha256(source)
    os.link(source, path)
    check(path, before)


def careful_removal(source: Path, path: Path) -> None:
    check(path, sha256(source))
    path.unlink()


def check(path: Path, before: str) -> None:
    if sha256(path) != before:
        raise SystemExit(f"{path} came out different.")


def sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
