"""Staff with an archive to review, at a desk and in a browser."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.test import Client

from parure.web.archive.models import Archive
from parure.web.archive.review.services.findings import Findings
from parure.web.archive.review.services.store import keep_findings
from tests.web.archive.review.stock import disagreeing_of, fill, list_of, scan
from tests.web.storefront.conftest import browser, server

__all__ = ["browser", "server"]


@pytest.fixture
def archive(shop: Path, tmp_path: Path) -> Iterator[Archive]:
    """Scanned; its list is not made yet."""
    yield scan(fill(tmp_path / "photos"))
    shutil.rmtree(shop / "review", ignore_errors=True)


@pytest.fixture
def findings(archive: Archive) -> Findings:
    return list_of(archive)


@pytest.fixture
def disagreeing(archive: Archive, findings: Findings) -> Findings:
    """The list, with copies whose names contradict each other."""
    made = disagreeing_of(findings)
    keep_findings(archive, made)
    return made


@pytest.fixture
def ana(shop: Path) -> User:
    return User.objects.create_user("ana", is_staff=True)


@pytest.fixture
def staff(ana: User) -> Client:
    return _desk(ana)


@pytest.fixture
def other(shop: Path) -> Client:
    """Somebody else of the staff."""
    return _desk(User.objects.create_user("ben", is_staff=True))


def _desk(user: User) -> Client:
    client = Client(SERVER_NAME="localhost")
    client.force_login(user)
    return client
