"""Starting with settings that cannot work is answered in words."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from parure import settings
from parure.errors import MissingExtra, SettingsError
from parure.web import setup


def given(monkeypatch: pytest.MonkeyPatch, **changed: object) -> None:
    chosen = replace(settings.get(), **changed)  # type: ignore[arg-type]
    monkeypatch.setattr(settings, "get", lambda: chosen)


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"database_url": "mysql://host/db"}, "PARURE_DATABASE_URL"),
        ({"cache_url": "memcached://host"}, "PARURE_CACHE_URL"),
        ({"data": Path("/proc/nowhere/shop")}, "--data"),
    ],
)
def test_what_cannot_be_used_names_its_setting(
    monkeypatch: pytest.MonkeyPatch, changed: dict[str, object], told: str
) -> None:
    given(monkeypatch, **changed)
    with pytest.raises(SettingsError, match=told):
        setup.prepare()


def test_a_database_without_its_package_names_the_install_command(monkeypatch: pytest.MonkeyPatch) -> None:
    given(monkeypatch, database_url="postgresql://host/db")
    monkeypatch.setattr(setup, "find_spec", lambda name: None)
    with pytest.raises(MissingExtra, match=r"parure\[postgres\]"):
        setup.prepare()


_PREPARE = """
import os, sys
from django.db.migrations.recorder import MigrationRecorder
from parure.web.setup import prepare
noted, left = MigrationRecorder.record_applied, int(sys.argv[1])
def record(*given):
    global left
    left -= 1
    if not left:
        os._exit(9)
    return noted(*given)
MigrationRecorder.record_applied = record
prepare()
from django.db import connection
print(sorted(connection.introspection.table_names()))
"""


def _prepared(folder: Path, killed_at: int) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PARURE_DATA": str(folder), "PARURE_DATABASE_URL": ""}
    return subprocess.run(
        [sys.executable, "-c", _PREPARE, str(killed_at)], env=environment, capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize("killed_at", [2, 9])
def test_a_database_killed_while_its_tables_were_made_is_made_at_the_next_start(tmp_path: Path, killed_at: int) -> None:
    whole = _prepared(tmp_path / "whole", 0)
    assert whole.returncode == 0, whole.stderr
    assert _prepared(tmp_path / "killed", killed_at).returncode == 9
    again = _prepared(tmp_path / "killed", 0)
    assert (again.returncode, again.stdout) == (0, whole.stdout), again.stderr
