"""A watched folder, and a data folder without what watchers left there."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from parure import settings
from tests.web.archive.watch.folder import Folder

pytest.importorskip("cv2")


@pytest.fixture
def folder(any_database: str, tmp_path: Path) -> Iterator[Folder]:
    yield Folder(tmp_path)
    for name in ("watch", "review", "originals"):
        shutil.rmtree(settings.get().data / name, ignore_errors=True)
