"""What every benchmark says about itself: the machine, versions, percentiles, and one JSON object as its last line."""

from __future__ import annotations

import json
import os
import platform
import sys
from collections.abc import Mapping, Sequence
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np

__all__ = ["machine", "on_one_thread", "percentiles", "print_json", "runs_here", "versions"]

_ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}


def machine() -> dict[str, Any]:
    """Processor, cores this process may use, memory, and how busy the machine is just now."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return {
        "cpu": _cpu_model(),
        "cores": cores,
        "memory_gib": round(memory, 1),
        "system": f"{platform.system()} {platform.machine()}",
        "load_1m": round(os.getloadavg()[0], 2),
    }


def _cpu_model() -> str:
    described = Path("/proc/cpuinfo")
    lines = described.read_text().splitlines() if described.exists() else []
    names = [line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor() or "unknown"


def versions(*packages: str) -> dict[str, str]:
    """Python's version and those of the packages that are installed."""
    found = {"python": platform.python_version()}
    for package in packages:
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            continue
    return found


def runs_here(name: str, extra: str, *packages: str) -> bool:
    """Whether the packages of an extra are installed; where not, says what is skipped and how to have it."""
    absent = [package for package in packages if find_spec(package) is None]
    if absent:
        print(f'skipped {name}: {", ".join(absent)} not installed; pip install "parure[{extra}]"')
    return not absent


def percentiles(times_s: Sequence[float]) -> dict[str, float]:
    p50, p99 = np.percentile(np.asarray(times_s) * 1000, [50, 99])
    return {"p50_ms": round(float(p50), 4), "p99_ms": round(float(p99), 4)}


def print_json(name: str, figures: Mapping[str, Any], *packages: str) -> None:
    """The last line: figures, machine, and the versions of `packages`."""
    print(json.dumps({"bench": name, "figures": figures, "machine": machine(), "versions": versions(*packages)}))


def on_one_thread() -> None:
    """Start this program again with BLAS and OpenMP on one thread: they read that only when they are loaded."""
    if any(os.environ.get(key) != value for key, value in _ONE_THREAD.items()):
        sys.stdout.flush()
        os.execve(sys.executable, [sys.executable, *sys.argv], {**os.environ, **_ONE_THREAD})
