"""The commands on a small catalogue, run in this process."""

from __future__ import annotations

import json
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from parure.cli import COMMANDS, cli
from parure.web.accounts.models import Token
from parure.web.catalogue.photos import accept, attach
from parure.web.catalogue.products import write_product
from parure.web.catalogue.runtime import runtime
from parure.web.catalogue.values import ProductChange, StatementDraft, Writer
from parure.web.worker.loop import Worker

PERSON = Writer("manual", "ana")


def run(*arguments: object, code: int = 0, stdin: str | None = None) -> Result:
    result = CliRunner().invoke(cli, [str(argument) for argument in arguments], input=stdin)
    assert result.exit_code == code, result.output
    return result


def as_json(*arguments: object) -> Any:
    return json.loads(run(*arguments, "--json").stdout)


@pytest.fixture
def three(shop: Path, picture: Callable[..., bytes], tmp_path: Path) -> Path:
    """Three pieces of rising price; a query picture of the second is returned."""
    for seed, metal in enumerate(("gold", "silver", "platinum")):
        change = ProductChange(
            given=frozenset({"title", "price"}),
            title=f"Piece number {seed}",
            price=Decimal(100 * (seed + 1)),
            statements=(StatementDraft("metal", metal), StatementDraft("type", "ring")),
            stated=None,
        )
        product, _ = write_product(f"A-{seed}", change, PERSON)
        attach(product, accept(picture(seed)), PERSON, file_name="front.jpg")
    worker = Worker(runtime())
    worker.finish()
    worker.close()
    query = tmp_path / "query.jpg"
    query.write_bytes(picture(1))
    return query


def codes(found: Any) -> list[str]:
    return [result["style_code"] for result in found["results"]]


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself(name: str) -> None:
    assert "Usage:" in run(name, "--help").output


def test_search_by_picture_by_words_by_both_and_by_a_piece(three: Path) -> None:
    assert codes(as_json("search", "--image", three))[0] == "A-1"
    assert codes(as_json("search", "--text", "platinum rings")) == ["A-2"]
    assert codes(as_json("search", "--image", three, "--text", "gold or platinum"))[0] in ("A-0", "A-2")
    assert "A-1" not in codes(as_json("search", "--image", three, "--text", "gold or platinum"))
    assert "A-0" not in codes(as_json("search", "--like", "A-0"))


@pytest.mark.usefixtures("three")
def test_filters_narrow_and_exclude() -> None:
    assert codes(as_json("search", "--filter", "metal=gold", "--filter", "metal=silver")) == ["A-1", "A-0"]
    assert codes(as_json("search", "--filter", "metal=!gold", "--filter", "price=-250")) == ["A-1"]


@pytest.mark.usefixtures("three")
def test_a_table_shows_how_the_words_were_understood() -> None:
    output = run("search", "--text", "silver ring under 500").output
    assert "Silver" in output
    assert "A-1" in output


@pytest.mark.usefixtures("three")
@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--filter", "metal"), "NAME=VALUE"),
        (("--filter", "metl=gold"), "metal"),
        (("--filter", "metal=goold"), "gold"),
        (("--like", "Z-9"), "Z-9"),
    ],
)
def test_a_mistake_is_answered_with_what_to_do(arguments: tuple[str, ...], told: str) -> None:
    assert told in run("search", *arguments, code=1).output


def test_a_query_file_that_is_no_picture_is_refused(shop: Path, tmp_path: Path) -> None:
    bad = tmp_path / "bad.jpg"
    bad.write_text("no picture")
    output = run("search", "--image", bad, code=1).output
    assert "Traceback" not in output
    assert "bad.jpg" in output


@pytest.mark.usefixtures("three")
def test_show_names_the_source_of_every_value() -> None:
    assert "manual" in run("show", "a-1").output
    assert as_json("show", "A-1")["attributes"][0]["source"] == "manual"


@pytest.mark.usefixtures("three")
def test_a_deleted_piece_comes_back() -> None:
    run("delete", "A-1")
    assert codes(as_json("search", "--filter", "metal=silver")) == []
    run("restore", "A-1")
    assert codes(as_json("search", "--filter", "metal=silver")) == ["A-1"]


@pytest.mark.usefixtures("three")
def test_status_and_doctor_agree_that_all_is_well() -> None:
    status = as_json("status")
    assert (status["products"], status["indexed"], status["complete"]) == (3, 3, True)
    assert "agree" in run("doctor").output


@pytest.mark.usefixtures("three")
def test_rebuilding_the_index_keeps_every_answer(three: Path) -> None:
    before = as_json("search", "--image", three)
    run("index", "rebuild")
    after = as_json("search", "--image", three)
    assert after["results"] == before["results"]


@pytest.mark.usefixtures("shop")
def test_people_and_tokens() -> None:
    run("user", "add", "ana", "--staff", "--password", "correct horse battery")
    assert "already" in run("user", "add", "ana", "--password", "correct horse battery", code=1).output
    assert "common" in run("user", "add", "bo", "--password", "password", code=1).output
    secret = run("token", "add", "sync", "--user", "ana").stdout.strip()
    assert Token.find(secret) is not None
    assert "sync" in run("token", "list").output
    run("token", "revoke", "sync")
    assert Token.find(secret) is None
    assert "ana" in run("user", "list").output


@pytest.mark.usefixtures("shop")
def test_an_empty_catalogue_says_how_to_begin() -> None:
    assert "parure import" in run("status").output
    assert "No product" in run("search", "--text", "ring").output
