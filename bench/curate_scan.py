"""`parure curate scan` end to end, beside what a script of Pillow and ImageHash does for less.

The peer reads each file, decodes it whole with Pillow, resizes it to 384 px and takes the two hashes that ImageHash
would (pHash by DCT, dHash), in as many processes. It stores nothing, measures no quality and makes no embedding, so
a ratio of 1 means: all of that for the same time.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import numpy as np
from PIL import Image

from ingest import make_photos
from report import print_json

SIDE = 384
_DCT = np.cos(np.pi * np.arange(32)[:, None] * (2 * np.arange(32)[None, :] + 1) / 64)


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--photos", type=int, default=2000, help="photos of 512 px")
    parser.add_argument("--large", type=int, default=200, help="photos of 12 megapixels")
    parser.add_argument("--jobs", type=int, default=2, help="reading processes, of the peer too")
    parser.add_argument("--peer", type=int, default=2000, help="photos the peer reads at most")
    parser.add_argument("--folder", type=Path, help="where photos and databases go (default: a temporary folder)")
    parser.add_argument("--quick", action="store_true", help="a few photos, to see that it runs")


def run(chosen: argparse.Namespace) -> None:
    small, large = (24, 3) if chosen.quick else (chosen.photos, chosen.large)
    root = Path(tempfile.mkdtemp(prefix="parure-bench-", dir=chosen.folder))
    try:
        figures = {}
        if small:
            figures["512 px"] = measure(root / "small", small, (512, 512), chosen)
        if large:
            figures["12 MP"] = measure(root / "large", large, (4000, 3000), chosen)
    finally:
        shutil.rmtree(root, ignore_errors=True)
    print_json("curate scan", figures, "numpy", "pillow", "django", "opencv-python-headless")


def measure(root: Path, count: int, size: tuple[int, int], chosen: argparse.Namespace) -> dict[str, float]:
    paths = make_photos(root / "photos", count, size)
    peer = peer_rate(paths[: chosen.peer], chosen.jobs)
    first, peak = scan(root, chosen.jobs)
    again, _ = scan(root, chosen.jobs)
    if first["photos"] != count or again["read"]:
        raise SystemExit(f"{first['photos']} of {count} photos came out; a second scan read {again['read']}.")
    rate = count / first["seconds"]
    print(f"{count} photos of {size[0]} x {size[1]}, {chosen.jobs} processes")
    print(f"    Pillow + hashes      {peer:8.1f} photos/s")
    print(f"    parure curate scan   {rate:8.1f} photos/s, ratio {rate / peer:.2f}, peak memory {peak:.0f} MB")
    print(f"    again, unchanged     {again['seconds']:8.2f} s", flush=True)
    return {
        "photos": count,
        "peer_per_s": peer,
        "scan_per_s": rate,
        "ratio": rate / peer,
        "peak_mb": peak,
        "again_s": again["seconds"],
    }


def peer_rate(paths: list[Path], jobs: int) -> float:
    """Photos per second, without the start of the processes."""
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:
        list(pool.map(peer_hashes, paths[: 4 * jobs]))
        start = time.perf_counter()
        list(pool.map(peer_hashes, paths, chunksize=8))
        return len(paths) / (time.perf_counter() - start)


def peer_hashes(path: Path) -> tuple[str, bytes, bytes]:
    data = path.read_bytes()
    with Image.open(io.BytesIO(data)) as image:
        picture = image.convert("RGB")
    picture.thumbnail((SIDE, SIDE), Image.Resampling.LANCZOS, reducing_gap=None)
    grey = picture.convert("L")
    low = (_DCT @ np.asarray(grey.resize((32, 32), Image.Resampling.LANCZOS), np.float64) @ _DCT.T)[:8, :8]
    steps = np.asarray(grey.resize((9, 8), Image.Resampling.LANCZOS), np.int16)
    return (
        hashlib.sha256(data).hexdigest(),
        np.packbits(low > np.median(low)).tobytes(),
        np.packbits(steps[:, 1:] > steps[:, :-1]).tobytes(),
    )


def scan(root: Path, jobs: int) -> tuple[dict[str, float], float]:
    """What the command tells, and the peak memory of its processes together, in MB."""
    command = [sys.executable, "-m", "parure", "--data", str(root / "data"), "curate", "scan", str(root / "photos")]
    process = subprocess.Popen(
        [*command, "--jobs", str(jobs), "--json"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,  # by which its processes are found
    )
    watch = _Memory(process.pid)
    told, _ = process.communicate()
    peak = watch.stop()
    if process.returncode:
        raise SystemExit(f"parure curate scan ended with status {process.returncode}")
    return json.loads(told), peak


class _Memory:
    """Looks at the proportional memory (PSS) of a session's processes ten times a second. Linux only."""

    def __init__(self, session: int) -> None:
        self._session, self._peak, self._ended = session, 0.0, threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()

    def stop(self) -> float:
        self._ended.set()
        self._thread.join()
        return self._peak

    def _look(self) -> None:
        while not self._ended.wait(0.1):
            self._peak = max(self._peak, sum(map(_proportional_mb, _processes_of(self._session))))


def _processes_of(session: int) -> list[int]:
    found = []
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                number = os.getsid(int(folder.name))
            except OSError:
                continue
            if number == session:
                found.append(int(folder.name))
    return found


def _proportional_mb(process: int) -> float:
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024
