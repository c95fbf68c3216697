"""`bench/curate.py` runs its sections quickly and ends with one JSON object that others can read."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]


def figures_of(section: str, *options: str) -> dict[str, Any]:
    """From the last line of a quick run."""
    command = [sys.executable, "bench/curate.py", section, "--quick", *options]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr
    last = json.loads(done.stdout.splitlines()[-1])
    assert last["bench"] == f"curate {section}"
    return dict(last["figures"])


@pytest.mark.slow
def test_the_quick_scan_ends_with_its_figures() -> None:
    sizes = figures_of("scan", "--jobs", "1")
    assert set(sizes) == {"512 px", "12 MP"}
    for figures in sizes.values():
        assert figures["scan_per_s"] > 0
        assert figures["peer_per_s"] > 0
        assert figures["peak_mb"] > 20


@pytest.mark.slow
def test_the_quick_plan_ends_with_its_figures() -> None:
    figures = figures_of("plan")
    assert figures["files"] == 600
    assert figures["plan_s"] > 0
    assert figures["page_mb"] < 1


@pytest.mark.slow
def test_the_quick_search_for_duplicates_ends_with_its_figures() -> None:
    figures = figures_of("duplicates")
    assert figures["photos"] == 22
    assert figures["seconds"]["1 thread"] > 0
    assert figures["all_pairs_s"] > 0


@pytest.mark.slow
def test_the_quick_apply_ends_with_its_figures() -> None:
    figures = figures_of("apply")
    assert figures.pop("files") == 40
    assert 4 < figures.pop("mb") < 12
    assert set(figures) == {"copy", "copy, synced", "undo of copies", "hard link", "undo of links"}
    for told in figures.values():
        assert told["parure_per_s"] > 0
        assert told["ratio"] == pytest.approx(told["parure_per_s"] / told["script_per_s"])
