"""GET /api/v1/facets and /api/v1/taxonomy."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from parure import taxonomy
from tests.web.api.calls import error, make_product

URL = "/api/v1/facets"


def counts(body: dict[str, Any], attribute: str) -> dict[str, int]:
    values = next((facet["values"] for facet in body["facets"] if facet["attribute"] == attribute), [])
    return {value["value"]: value["count"] for value in values}


@pytest.mark.usefixtures("rings")
def test_values_are_counted_over_the_whole_catalogue(public: Client) -> None:
    body = public.get(URL).json()
    assert body["total"] == 3
    assert counts(body, "metal_colour") == {"rose": 2, "yellow": 1}
    assert (body["price_low"], body["price_high"]) == (250, 900)


@pytest.mark.usefixtures("rings")
def test_an_attribute_counts_as_if_its_own_choice_were_lifted(public: Client) -> None:
    body = public.get(URL, {"metal_colour": "yellow"}).json()
    assert body["total"] == 1
    assert counts(body, "metal_colour") == {"rose": 2, "yellow": 1}
    assert counts(body, "type")["ring"] == 1


@pytest.mark.usefixtures("rings")
def test_only_the_attributes_asked_for_are_counted(public: Client) -> None:
    body = public.get(URL, {"attributes": "type, metal_colour"}).json()
    assert [facet["attribute"] for facet in body["facets"]] == ["type", "metal_colour"]
    error(public.get(URL, {"attributes": "shoe_size"}), 422)


@pytest.mark.usefixtures("rings")
def test_the_largest_count_comes_first_with_its_label(public: Client) -> None:
    first = public.get(URL, {"attributes": "metal_colour"}).json()["facets"][0]["values"][0]
    assert first["value"] == "rose"
    assert first["label"] == taxonomy.load().label("metal_colour", "rose")


def test_a_wider_value_counts_its_kinds_and_text_attributes_count_too(public: Client, author: Client) -> None:
    words = taxonomy.load()
    kind = next(value.id for value in words.attributes["type"].values.values() if value.parent == "earring")
    make_product(author, "E-1", attributes={"type": [kind], "brand": ["Own Brand"]})
    body = public.get(URL).json()
    assert counts(body, "type") == {kind: 1, "earring": 1}
    assert counts(body, "brand") == {"Own Brand": 1}


def test_an_empty_catalogue_has_no_facets(public: Client) -> None:
    assert public.get(URL).json() == {"total": 0, "price_low": None, "price_high": None, "facets": []}


def test_the_vocabulary_lists_every_attribute_with_its_values(public: Client) -> None:
    listed = {each["id"]: each for each in public.get("/api/v1/taxonomy").json()["attributes"]}
    assert list(listed) == list(taxonomy.load().attributes)
    hoop = next(value for value in listed["type"]["values"] if value["parent"] == "earring")
    assert hoop["label"]
    assert listed["brand"]["kind"] == "text"
