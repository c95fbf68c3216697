"""`bench/search.py --quick` runs and ends with one JSON object that others can read."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_the_quick_run_ends_with_its_figures() -> None:
    command = [sys.executable, "bench/search.py", "--quick"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr
    last = json.loads(done.stdout.splitlines()[-1])
    assert last["bench"] == "search"
    assert last["machine"]["cores"] >= 1
    assert last["versions"]["qdrant-edge-py"]
    engines = last["figures"]["2000"]
    assert {"numpy scan", "parure qdrant-edge", "parure memory"} <= set(engines)
    for filters in engines.values():
        assert set(filters) == {"all", "ten", "one"}
    assert engines["numpy scan"]["all"]["ratio"] == 1.0
    assert engines["parure memory"]["one"]["recall"] == 1.0
    assert engines["parure qdrant-edge"]["ten"]["recall"] >= 0.99
