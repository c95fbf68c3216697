"""The vocabulary, loaded once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from parure.taxonomy import Taxonomy


@pytest.fixture(scope="session")
def words() -> Taxonomy:
    from parure import taxonomy

    return taxonomy.load()
