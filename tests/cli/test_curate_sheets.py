"""`parure curate sheets` as its user meets it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Parure

pytest.importorskip("polars")


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    (tmp_path / "erp.csv").write_text("SKU,Title,Price EUR\nAJ-1042,Halo ring,1299.00\nAJ-1043,Band,=A1\n")
    (tmp_path / "web.csv").write_text("sku;name\naj1042;Cluster ring\nAJ-9;Ghost\n")
    (tmp_path / "names.txt").write_text("AJ-1042_front.jpg\nholiday.jpg\n")
    return tmp_path


def test_a_map_is_drafted_tried_and_used(parure: Parure, shop: Path) -> None:
    chart = shop / "map.yaml"
    parure.run("curate", "sheets", "--init", chart, shop / "erp.csv", shop / "web.csv")
    assert "is there already" in parure.run("curate", "sheets", "--init", chart, shop / "erp.csv", code=1)
    out, report = shop / "merged.csv", shop / "report.jsonl"
    tried = parure.json("curate", "sheets", chart, "--out", out, "--dry-run", "--photos", shop / "names.txt")
    assert not out.exists()
    assert tried["styles"] == 3
    assert tried["out"] is None
    assert tried["orphans"] == {"style_without_photos": 2, "photo_without_style": 1}
    shown = parure.run("curate", "sheets", chart, "--out", out, "--report", report)
    assert f"3 styles with 5 columns written to {out}" in " ".join(shown.split())
    assert "Halo ring" in shown
    assert out.read_text().splitlines()[1] == "AJ-1042,Halo ring,1299.00,EUR,erp; web"
    lines = [json.loads(line) for line in report.read_text().splitlines()]
    assert {line["of"] for line in lines} == {"source", "fault", "conflict"}
    assert "is there already" in parure.run("curate", "sheets", chart, "--out", out, code=1)
    parure.run("curate", "sheets", chart, "--out", out, "--force")


def test_a_broken_source_stops_it_with_one_line(parure: Parure, shop: Path) -> None:
    chart = shop / "map.yaml"
    parure.run("curate", "sheets", "--init", chart, shop / "erp.csv", shop / "web.csv")
    (shop / "web.csv").write_text("code;name\nx;y\n")
    told = parure.run("curate", "sheets", chart, "--out", shop / "o.csv", "--report", shop / "r.jsonl", code=1)
    assert "'sku' holds the style codes" in " ".join(told.split())
    assert "Traceback" not in told
    assert "unreadable_source" in (shop / "r.jsonl").read_text()
    parure.run("curate", "sheets", chart, "--out", shop / "o.csv", "--without-broken")


def test_sheets_without_init_and_init_without_sheets_say_what_is_missing(parure: Parure, shop: Path) -> None:
    assert "add --init" in parure.run("curate", "sheets", shop / "map.yaml", shop / "erp.csv", code=2)
    assert "Name the sheets" in parure.run("curate", "sheets", "--init", shop / "map.yaml", code=2)
    assert "cannot be read" in parure.run("curate", "sheets", shop / "none.yaml", code=1)
