"""Getting Django ready from a command: settings, apps, and a database whose tables are up to date."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from typing import TYPE_CHECKING

from parure import settings
from parure.errors import MissingExtra, SettingsError

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper

__all__ = ["prepare"]


def prepare() -> None:
    """Load Django and bring the database up to date. Raises `SettingsError` when the database cannot be reached."""
    import django

    _check_data_folder()
    _check_engines()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "parure.web.django_settings")
    django.setup()
    _migrate()


def _check_data_folder() -> None:
    folder = settings.get().data
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SettingsError(
            f"The data folder {folder} cannot be made ({error.strerror}). Choose another with --data or PARURE_DATA."
        ) from error
    if not os.access(folder, os.W_OK):
        raise SettingsError(f"The data folder {folder} is not writable. Choose another with --data or PARURE_DATA.")


def _check_engines() -> None:
    """A database or cache that needs an extra, or a URL that is none, is told in words instead of by Django."""
    chosen = settings.get()
    for url, setting, scheme, package in (
        (chosen.database_url, "PARURE_DATABASE_URL", "postgres", "psycopg"),
        (chosen.cache_url, "PARURE_CACHE_URL", "redis", "redis"),
    ):
        if url and not url.startswith(scheme):
            raise SettingsError(
                f"{setting}={url.partition(':')[0]}:… is not a {scheme} address, such as {scheme}://host."
            )
        if url and find_spec(package) is None:
            raise MissingExtra(f"{setting}={scheme}://…", scheme)


@contextmanager
def _all_or_nothing(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """Django notes some migrations as done after their transaction: killed in between, it would make tables twice.

    SQLite takes all migrations as one transaction. Elsewhere `fake_initial` notes first tables that are there.
    """
    from django.db import transaction

    if connection.vendor != "sqlite":
        yield
        return
    with connection.constraint_checks_disabled(), transaction.atomic():
        yield


def _migrate() -> None:
    from django.core.management import call_command
    from django.db import OperationalError, connection
    from django.db.migrations.executor import MigrationExecutor

    if connection.vendor == "sqlite" and sqlite3.sqlite_version_info < (3, 35):
        raise SettingsError(f"SQLite {sqlite3.sqlite_version} is too old; 3.35 or newer is needed.")
    try:
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            with _all_or_nothing(connection):
                call_command("migrate", interactive=False, verbosity=0, fake_initial=True)
    except OperationalError as error:
        raise SettingsError(f"The database cannot be used: {error}. Check PARURE_DATABASE_URL.") from error
