"""What only the engine on disk has: reopening, one process at a time, damage, and building beside the work."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from parure.errors import IndexDamaged, IndexLocked, StorageFull, VectorIndexError
from parure.index import AnyOf, Filter, Point, Schema, folder
from parure.index.qdrant_edge import QdrantEdgeIndex
from tests.conformance.vector_index import DIMENSION, SCHEMA, brute_force, clustered, corpus


def reopen(path: Path) -> QdrantEdgeIndex:
    return QdrantEdgeIndex(path, DIMENSION, SCHEMA, graph_threshold=1000)


@pytest.fixture
def made(tmp_path: Path) -> Path:
    """A closed index of 200 points."""
    index = reopen(tmp_path / "index")
    index.upsert(corpus(200))
    index.close()
    return tmp_path / "index"


def test_a_reopened_index_answers_as_before(made: Path) -> None:
    index = reopen(made)
    points = corpus(200)
    hits = index.search(points[3].vector, limit=10)
    assert [hit.id for hit in hits] == [hit.id for hit in brute_force(points, points[3].vector, 10, None)]
    index.close()


def test_a_second_process_is_told_who_holds_the_index(made: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from parure.index.qdrant_edge import QdrantEdgeIndex\n"
        "from tests.conformance.vector_index import DIMENSION, SCHEMA\n"
        "index = QdrantEdgeIndex(Path(sys.argv[1]), DIMENSION, SCHEMA); print('open', flush=True); sys.stdin.read()\n"
    )
    command = [sys.executable, "-c", program, str(made)]
    root = Path(__file__).parents[2]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=root) as holder:
        assert holder.stdout
        assert holder.stdout.readline() == "open\n"
        with pytest.raises(IndexLocked, match=rf"`-c .*` \(process {holder.pid}, since \d{{4}}-") as caught:
            reopen(made)
        assert "stop that process" in str(caught.value)
        holder.kill()
    reopen(made).close()  # the lock died with its holder; the old text does not matter


def test_opening_twice_in_one_process_is_refused_too(made: Path) -> None:
    index = reopen(made)
    with pytest.raises(IndexLocked, match=f"process {os.getpid()},"):
        reopen(made)
    index.close()


@pytest.mark.parametrize(
    ("victim", "damage"),
    [
        ("current.json", "cut"),
        ("gen-1", "lost"),
        ("gen-1/edge_config.json", "cut"),
        ("gen-1/segments/*/segment.json", "lost"),
        ("gen-1/segments/*/vector_storage", "lost"),
        ("gen-1/segments/*/payload_storage/*.dat", "cut"),
    ],
)
def test_a_damaged_folder_is_named_with_the_way_out(made: Path, victim: str, damage: str) -> None:
    found = list(made.glob(victim))
    assert found
    for path in found:
        if damage == "lost":
            path.rename(path.with_name("elsewhere")) if path.parent != made else path.rename(made.parent / "elsewhere")
        else:
            os.truncate(path, path.stat().st_size // 2)
    with pytest.raises(IndexDamaged, match="parure index rebuild"):
        reopen(made)
    with pytest.raises(IndexDamaged):  # and the failed opening has given the lock back
        reopen(made)


def test_another_dimension_or_other_fields_are_refused(made: Path) -> None:
    with pytest.raises(VectorIndexError, match=r"dimension 64, the encoder makes 32.*rebuild"):
        QdrantEdgeIndex(made, 32, SCHEMA)
    more = Schema((*SCHEMA.keywords, "motif"), SCHEMA.numbers)
    with pytest.raises(VectorIndexError, match=r"missing \['motif'\].*rebuild"):
        QdrantEdgeIndex(made, DIMENSION, more)
    turned = Schema(SCHEMA.keywords[::-1], SCHEMA.numbers)
    QdrantEdgeIndex(made, DIMENSION, turned).close()


def test_field_names_that_engines_would_read_as_paths_are_refused(tmp_path: Path) -> None:
    for schema in (Schema(("a.b",)), Schema(("a",), ("a",)), Schema(("",))):
        with pytest.raises(VectorIndexError, match="field"):
            QdrantEdgeIndex(tmp_path / "index", DIMENSION, schema)


def test_a_path_that_cannot_be_a_folder_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(VectorIndexError, match=r"index folder .*file.* cannot be used"):
        reopen(tmp_path / "file")


def test_leftovers_of_a_killed_process_are_swept_away(made: Path) -> None:
    (made / "building-1a2b").mkdir()
    (made / "gen-7" / "segments").mkdir(parents=True)
    (made / "current.new").write_text("{")
    index = reopen(made)
    assert index.count() == 200
    assert sorted(path.name for path in made.iterdir() if path.is_dir()) == ["gen-1"]
    index.close()


def test_a_closed_index_says_that_it_is_closed(made: Path) -> None:
    index = reopen(made)
    index.close()
    with pytest.raises(VectorIndexError, match="closed"):
        index.count()
    with pytest.raises(VectorIndexError, match="closed"):
        index.upsert(corpus(1))


def test_a_full_disk_is_refused_before_anything_is_written(made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    index = reopen(made)
    usage = type("usage", (), {"free": 1000})
    monkeypatch.setattr(folder.shutil, "disk_usage", lambda path: usage)
    with pytest.raises(StorageFull, match="MiB of free disk"):
        index.upsert(corpus(1, first_id=999))
    monkeypatch.undo()
    assert index.count() == 200
    index.close()


@pytest.mark.slow
def test_writes_during_a_build_are_seen_at_once_and_kept(tmp_path: Path) -> None:
    index = reopen(tmp_path / "index")
    points = {point.id: point for point in corpus(6000)}
    index.upsert(list(points.values()))
    builder = threading.Thread(target=index.build)
    builder.start()
    fresh = clustered(3000, DIMENSION, seed=77)
    writes = 0
    while builder.is_alive() or writes < 20:
        id = writes % 3000
        points[id] = Point(id, 50_000 + writes, fresh[id], {"type": ["new"]})
        index.upsert([points[id]])
        assert index.search(fresh[id], limit=1)[0].group == 50_000 + writes
        index.delete([5999 - id])
        points.pop(5999 - id, None)
        writes += 1
    builder.join()
    assert writes > 20
    assert index.generation == 2
    assert sorted(index.ids()) == sorted(points)
    assert index.count(Filter((AnyOf("type", ("new",)),))) == sum("type" in p.payload for p in points.values())
    for id in list(points)[::100]:
        assert (index.search(points[id].vector, limit=1)[0].group) == points[id].group
    index.close()


@pytest.mark.slow
def test_a_build_that_would_gain_little_is_skipped(tmp_path: Path) -> None:
    index = reopen(tmp_path / "index")
    index.upsert(corpus(900))
    index.build()
    assert index.generation == 1, "below the threshold a scan is as good"
    index.upsert(corpus(300, seed=5, first_id=900))
    index.build()
    assert index.generation == 2
    index.upsert(corpus(20, seed=6, first_id=5000))
    index.build()
    assert index.generation == 2, "only 20 points are outside the graph"
    index.upsert(corpus(600, seed=7, first_id=6000))
    index.build()
    assert index.generation == 3
    assert index.count() == 1820
    index.upsert(corpus(300, seed=8))
    index.close()
    index = reopen(tmp_path / "index")
    index.build()
    assert index.generation == 4, "300 points were replaced, which takes them out of the graph"
    index.delete(range(300))
    index.build()
    assert index.generation == 5, "300 points were deleted, which the graph still walks through"
    assert index.count() == 1520
    index.close()
