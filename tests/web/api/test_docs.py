"""The description of the API and its page."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from django.test import Client

from parure import taxonomy

METHODS = {"get", "post", "put", "patch", "delete"}


@pytest.fixture
def paths(public: Client) -> dict[str, dict[str, dict[str, object]]]:
    return dict(public.get("/api/v1/openapi.json").json()["paths"])


def test_the_description_covers_v1_and_the_old_addresses(paths: dict[str, object]) -> None:
    assert {"/api/match", "/health", "/sync_check", "/api/v1/products/{style_code}/photos"} <= paths.keys()


def test_every_attribute_is_described_as_a_filter(public: Client) -> None:
    listed = public.get("/api/v1/openapi.json").json()["paths"]["/api/v1/search"]
    names = {parameter["name"] for parameter in listed["get"]["parameters"]}
    fields = listed["post"]["requestBody"]["content"]["multipart/form-data"]["schema"]["properties"].keys()
    wanted = {*taxonomy.load().attributes, "price", "q", "limit", "offset"}
    assert wanted <= names
    assert {*wanted, "image"} <= fields


def test_every_operation_has_its_own_id_and_describes_its_refusals(public: Client) -> None:
    found = public.get("/api/v1/openapi.json").json()["paths"].values()
    operations = [operation for path in found for method, operation in path.items() if method in METHODS]
    assert len({operation["operationId"] for operation in operations}) == len(operations) >= 25
    assert all("503" in operation["responses"] for operation in operations)


def test_the_description_is_the_same_each_time(public: Client) -> None:
    first, second = (public.get("/api/v1/openapi.json").content for _ in range(2))
    assert first == second


def test_the_page_works_without_the_internet(public: Client, shop: Path) -> None:
    html = public.get("/api/docs").content.decode()
    links = re.findall(r'(?:src|href)="([^"]+)"', html)
    assert len(links) >= 4
    assert all(link.startswith("/static/ninja/") for link in links)
    for link in links:
        response = public.get(link)
        assert response.status_code == 200
        assert sum(map(len, response)) > 100  # type: ignore[arg-type]


def test_the_page_asks_no_stranger_to_judge_the_description(public: Client) -> None:
    html = public.get("/api/docs").content.decode()
    settings = json.loads(html.split('id="swagger-settings">')[1].split("</script>")[0])
    assert settings["validatorUrl"] is None
    assert settings["url"] == "/api/v1/openapi.json"
