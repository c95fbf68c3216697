"""Starting with settings that cannot work is answered in words."""

from __future__ import annotations

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
