"""An archive that was scanned and decided about under the first tables keeps everything in those of today."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from parure.curate.values import Decision
from parure.web.archive.archives import known_archives, scanned
from parure.web.archive.decisions import decide, decisions
from parure.web.archive.groups import has_duplicates
from parure.web.archive.models import Archive, ArchiveFile
from parure.web.archive.rows import key_of

pytestmark = pytest.mark.usefixtures("any_database")
FIRST = [("archive", "0001_first")]


@pytest.fixture
def old_tables() -> Iterator[Any]:
    """The models of then; afterwards the tables are of today again, whatever the test did."""
    executor = MigrationExecutor(connection)
    executor.migrate(FIRST)
    yield executor.loader.project_state(FIRST).apps
    _up()
    Archive.objects.all().delete()


def _up() -> None:
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())


def _fill(apps: Any) -> None:
    archive = apps.get_model("archive", "Archive").objects.create(key="a" * 32, location="/photos")
    files = apps.get_model("archive", "ArchiveFile").objects
    told = {"archive": archive, "size": 5, "modified": 1.5, "version": "1"}
    seen = {"width": 800, "height": 600, "scores": {"dark": 0.25}, "piece": [0.1, 0.2, 0.5, 0.5]}
    prints = {"sha256": "e" * 64, "perceptual": "0" * 15 + "1", "turned": ["ab" * 8], "embedding": b"\x00<" * 4}
    files.create(**told, **seen, **prints, key="1" * 32, path="a.jpg")
    files.create(**told, key="2" * 32, path="\\xe9.jpg", raw_path=b"\xe9.jpg", refusal="corrupt", detail="Damaged.")
    given = {
        "key": key_of(f"style\0{'e' * 64}"),
        "kind": "style",
        "subjects": ["e" * 64],
        "choice": "assign",
        "value": "AJ-1",
    }
    apps.get_model("archive", "PersonDecision").objects.create(**given, actor="ana")


def test_files_and_decisions_of_the_first_tables_are_those_of_today(old_tables: Any) -> None:
    _fill(old_tables)
    _up()
    (archive,) = known_archives()
    by_path = {file.path: file for file in scanned(archive)}
    photo = by_path["a.jpg"]
    assert (photo.fingerprints.sha256, photo.fingerprints.turned) == ("e" * 64, ("ab" * 8,))
    assert photo.measures is not None
    assert (photo.measures.scores, photo.measures.piece) == ({"dark": 0.25}, (0.1, 0.2, 0.5, 0.5))
    assert photo.fingerprints.embedding is not None
    assert photo.fingerprints.embedding.tolist() == [1.0] * 4
    refusal = by_path["\udce9.jpg"].refusal
    assert refusal is not None
    assert refusal.code == "corrupt"
    assert [(each.value, each.by) for each in decisions("style")] == [("AJ-1", "ana")]
    assert not has_duplicates(archive)


def test_an_old_decision_is_replaced_by_a_new_one_and_rows_of_before_can_be_deleted(old_tables: Any) -> None:
    _fill(old_tables)
    _up()
    decide(Decision("style", ("e" * 64,), "assign", "AJ-2", "ben"))
    assert [each.value for each in decisions("style")] == ["AJ-2"]
    Archive.objects.get().delete()
    assert not ArchiveFile.objects.exists()
