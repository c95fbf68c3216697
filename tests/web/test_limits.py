"""Rates per client, in memory and in Redis; request sizes before the body is read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import caches
from django.core.cache.backends.redis import RedisCache
from django.test import Client

from parure import settings
from parure.web import limits
from tests import servers


@pytest.fixture(params=["memory", "redis"])
def counters(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    if request.param == "memory":
        yield
        return
    with servers.redis(tmp_path) as url:
        shared = RedisCache(url, {})
        monkeypatch.setattr(limits, "cache", shared)
        yield
        shared.close()


@pytest.fixture
def limited(shop: Path, counters: None, monkeypatch: pytest.MonkeyPatch) -> None:
    caches["default"].clear()
    strict = replace(settings.get(), rate_search="3/h", rate_upload="2/h", max_request_bytes=2000)
    monkeypatch.setattr(settings, "get", lambda: strict)


def client(**extra: Any) -> Client:
    return Client(SERVER_NAME="localhost", **extra)


def statuses(count: int, path: str, **headers: Any) -> list[int]:
    return [client().get(path, headers=headers).status_code for _ in range(count)]


@pytest.mark.usefixtures("limited")
def test_searches_above_the_rate_are_told_when_to_come_back() -> None:
    assert statuses(4, "/api/v1/search?q=ring") == [200, 200, 200, 429]
    refused = client().get("/api/v1/search?q=ring")
    assert refused.json()["error"]["code"] == "too_many_requests"
    assert 0 < int(refused["Retry-After"]) <= 3600


@pytest.mark.usefixtures("limited")
def test_clients_are_counted_apart_and_pages_are_free() -> None:
    assert statuses(4, "/api/v1/search?q=ring")[-1] == 429
    assert client(REMOTE_ADDR="10.1.1.1").get("/api/v1/search?q=ring").status_code == 200
    assert statuses(6, "/health") == [200] * 6


@pytest.mark.usefixtures("limited")
def test_an_address_in_a_header_counts_only_behind_a_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    forged = {"X-Forwarded-For": "1.2.3.4"}
    assert statuses(4, "/api/v1/search?q=ring")[-1] == 429
    assert statuses(1, "/api/v1/search?q=ring", **forged) == [429]
    trusting = replace(settings.get(), behind_proxy=True)
    monkeypatch.setattr(settings, "get", lambda: trusting)
    assert statuses(1, "/api/v1/search?q=ring", **forged) == [200]


@pytest.mark.usefixtures("limited")
def test_a_body_above_the_limit_is_refused_unread() -> None:
    refused = client().post("/api/v1/products", data=b"x" * 3000, content_type="application/json")
    assert refused.status_code == 413
    assert "2,000" in refused.json()["error"]["message"]


@pytest.mark.usefixtures("limited")
def test_a_length_that_is_no_number_is_refused() -> None:
    assert client().post("/api/v1/products", {}, CONTENT_LENGTH="-5").status_code == 400
