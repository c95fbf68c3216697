"""kill -9 at random moments while points are written, deleted and a graph is built: nothing acknowledged is lost."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from parure.errors import VectorIndexError
from parure.index import Filter, Range
from parure.index.qdrant_edge import QdrantEdgeIndex
from tests.conformance.vector_index import DIMENSION, SCHEMA, clustered, corpus

ROOT = Path(__file__).parents[2]
IDS = 1200
KILLS = 12


Entry = tuple[str, str, list[int], int]  # word, operation, ids, version: see `kill_child.py`


def run_and_kill(folder: Path, seed: int, chance: random.Random) -> list[Entry]:
    """The child's journal up to a kill: by turns at any time, and soon after a build, a swap, or its end has begun."""
    command = [sys.executable, "-m", "tests.index.kill_child", str(folder), str(seed), str(IDS)]
    journal = folder.with_name(f"journal-{seed}")
    before = generation(folder)
    moments: list[tuple[Callable[[], bool], float]] = [
        (lambda: journal.stat().st_size > 0, 2.0),
        (lambda: any(folder.glob("building-*")), 1.0),
        (lambda: len(list(folder.glob("gen-*"))) == 2, 0.3),
        (lambda: generation(folder) > before, 0.1),
    ]
    with journal.open("w") as out, subprocess.Popen(command, stdout=out, cwd=ROOT) as child:
        wait_for(moments[0][0], child)
        happened, seconds = moments[seed % 4]
        wait_for(happened, child)
        time.sleep(chance.uniform(0.0, seconds))
        assert child.poll() is None
        child.kill()
    entries = (json.loads(line) for line in journal.read_text().split("\n") if line.endswith("]"))
    return [(word, operation, ids, version) for word, operation, ids, version in entries]


def generation(folder: Path) -> int:
    """What current.json names; 1 while there is none."""
    pointer = folder / "current.json"
    return int(json.loads(pointer.read_text())["generation"]) if pointer.exists() else 1


def wait_for(happened: Callable[[], bool], child: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 120
    while not happened():
        assert child.poll() is None
        assert time.monotonic() < deadline
        time.sleep(0.001)


def replay(journal: list[Entry], state: dict[int, set[int | None]]) -> None:
    """`state`: the versions each id may have, None for absent. An operation cut short leaves both possible."""
    for word, operation, ids, version in journal:
        after = version if operation == "upsert" else None
        for id in ids:
            state[id] = {after} if word == "done" else state[id] | {after}


@pytest.mark.slow
def test_nothing_acknowledged_is_lost_or_doubled_by_kills(tmp_path: Path) -> None:
    chance = random.Random(2)
    state: dict[int, set[int | None]] = {id: {None} for id in range(IDS)}
    operations = 0
    for seed in range(1, KILLS + 1):
        journal = run_and_kill(tmp_path / "index", seed, chance)
        replay(journal, state)
        operations += len(journal) // 2
        index = QdrantEdgeIndex(tmp_path / "index", DIMENSION, SCHEMA)
        hits = index.search(clustered(1, DIMENSION, seed=9)[0], limit=5 * IDS)
        found = {hit.id: hit.group for hit in hits}
        ids = list(index.ids())
        assert len(hits) == len(found) == len(ids) == index.count()
        assert set(ids) == set(found)
        for id, versions in state.items():
            assert found.get(id) in versions, f"kill {seed}: id {id} is {found.get(id)}, acknowledged {versions}"
            state[id] = {found.get(id)}
        for version in set(found.values()):
            held = sum(group == version for group in found.values())
            assert index.count(Filter((Range("price", version, version),))) == held
        index.close()
        left = sorted(path.name for path in (tmp_path / "index").iterdir())
        assert len([name for name in left if name.startswith(("gen-", "building-"))]) == 1, left
    assert operations > KILLS
    assert generation(tmp_path / "index") > KILLS // 4, "no kill came after a graph had been built"


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="only Linux ends a child with its parent")
def test_the_graph_builder_dies_with_a_killed_parent(tmp_path: Path) -> None:
    program = (
        "import sys, threading, time; from pathlib import Path\n"
        "from parure.index.qdrant_edge import QdrantEdgeIndex\n"
        "from tests.conformance.vector_index import DIMENSION, SCHEMA, corpus\n"
        "index = QdrantEdgeIndex(Path(sys.argv[1]), DIMENSION, SCHEMA, graph_threshold=100)\n"
        "index.upsert(corpus(20_000))\n"
        "threading.Thread(target=index.build, daemon=True).start()\n"
        "while not index.builder_pid: time.sleep(0.01)\n"
        "print(index.builder_pid, flush=True); time.sleep(60)\n"
    )
    command = [sys.executable, "-c", program, str(tmp_path / "index")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as parent:
        assert parent.stdout
        builder = int(parent.stdout.readline())
        time.sleep(1.0)
        parent.kill()
    for _ in range(200):
        if not _runs(builder):
            break
        time.sleep(0.05)
    assert not _runs(builder)


def _runs(pid: int) -> bool:
    """Alive and not a zombie that nobody has waited for."""
    try:
        os.kill(pid, 0)
        return " Z " not in Path(f"/proc/{pid}/stat").read_text()
    except (ProcessLookupError, FileNotFoundError):
        return False


def test_closing_while_a_graph_is_built_stops_the_builder_and_keeps_the_points(tmp_path: Path) -> None:
    index = QdrantEdgeIndex(tmp_path / "index", DIMENSION, SCHEMA, graph_threshold=100)
    index.upsert(corpus(5000))
    failures: list[BaseException] = []

    def build() -> None:
        try:
            index.build()
        except BaseException as error:
            failures.append(error)

    builder = threading.Thread(target=build)
    builder.start()
    while not index.builder_pid and builder.is_alive():
        time.sleep(0.01)
    index.close()
    builder.join(timeout=30)
    assert not builder.is_alive()
    assert failures == []
    again = QdrantEdgeIndex(tmp_path / "index", DIMENSION, SCHEMA)
    assert again.count() == 5000
    again.close()


def test_a_builder_that_dies_leaves_the_index_as_it_was_and_says_so(tmp_path: Path) -> None:
    index = QdrantEdgeIndex(tmp_path / "index", DIMENSION, SCHEMA, graph_threshold=100)
    points = corpus(5000)
    index.upsert(points)

    def shoot() -> None:
        while not index.builder_pid:
            time.sleep(0.005)
        os.kill(index.builder_pid, signal.SIGKILL)

    shooter = threading.Thread(target=shoot)
    shooter.start()
    with pytest.raises(VectorIndexError, match="graph of the index was not built"):
        index.build()
    shooter.join()
    assert index.search(points[9].vector, limit=1)[0].id == 9
    index.build()
    assert index.search(points[9].vector, limit=1)[0].id == 9
    assert np.isclose(index.search(points[9].vector, limit=1)[0].score, 1.0, atol=1e-5)
    index.close()
