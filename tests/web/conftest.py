"""A catalogue in a folder of its own, with the small public encoder and the exact index, emptied for every test."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

_ROOT = Path(tempfile.mkdtemp(prefix="parure-tests-"))
atexit.register(shutil.rmtree, _ROOT, ignore_errors=True)
os.environ |= {"PARURE_DATA": str(_ROOT), "PARURE_ENCODER": "histogram", "PARURE_INDEX": "memory"}
os.environ["PARURE_RATE_SEARCH"] = os.environ["PARURE_RATE_UPLOAD"] = "100000/s"

from parure import settings  # noqa: E402

settings.get.cache_clear()
from parure.web.setup import prepare  # noqa: E402

prepare()

import dj_database_url  # noqa: E402
import pytest  # noqa: E402
from django.core.cache import cache  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connections  # noqa: E402

from parure.web.catalogue import keywords  # noqa: E402
from parure.web.catalogue.models import Product  # noqa: E402
from parure.web.catalogue.runtime import runtime  # noqa: E402
from tests import servers  # noqa: E402
from tests.web.pictures import jpeg  # noqa: E402

_SQLITE = dict(connections.settings["default"])


@pytest.fixture
def shop() -> Iterator[Path]:
    """An empty catalogue in SQLite; the value is its data folder."""
    _use(_SQLITE)
    _empty()
    yield _ROOT
    runtime().close()


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def any_database(request: pytest.FixtureRequest) -> Iterator[str]:
    """An empty catalogue, once in SQLite and once in PostgreSQL; the value is the vendor."""
    if request.param == "postgresql":
        _use(request.getfixturevalue("postgres_settings"))
    else:
        _use(_SQLITE)
    _empty()
    yield request.param
    runtime().close()
    connections.close_all()
    _use(_SQLITE)


@pytest.fixture(scope="session")
def postgres_settings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, object]]:
    folder = tmp_path_factory.mktemp("postgres")
    with servers.postgres(folder) as url:
        chosen = {**_SQLITE, **dj_database_url.parse(url), "OPTIONS": {}, "CONN_MAX_AGE": 0}
        _use(chosen)
        call_command("migrate", interactive=False, verbosity=0)
        yield chosen
        connections.close_all()
        _use(_SQLITE)


@pytest.fixture
def picture() -> Callable[..., bytes]:
    """Bytes of a small JPEG: the same seed gives the same bytes, other seeds look different."""
    return jpeg


def _use(database: dict[str, object]) -> None:
    if connections.settings["default"] is not database:
        connections["default"].close()
        del connections["default"]
        connections.settings["default"] = database


def _empty() -> None:
    runtime().close()
    cache.clear()
    call_command("flush", interactive=False, verbosity=0, inhibit_post_migrate=True)
    keywords.rebuild(Product.objects.none())
    for name in ("originals", "thumbnails", "index", "queries"):
        shutil.rmtree(_ROOT / name, ignore_errors=True)
