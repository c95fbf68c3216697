"""`parure curate rules` as its user meets it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Parure

NAMES = (
    "AJ-1042_YG_front (2) FINAL.jpg",
    "AJ-1042_AJ-1043.jpg",
    "кольцо.jpg",
    "AJ-1O43 side.png",
    "VS123456_2.jpg",
    "x" * 240 + ".jpg",
)
SHEET = "style_code,vendor sku\nAJ-1042,VS123456\nAJ-1043,\n"


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    folder = tmp_path / "photos"
    (folder / "old").mkdir(parents=True)
    for name in NAMES:
        (folder / name).write_bytes(b"")
    (folder / "old" / "AJ-1043 back.jpg").write_bytes(b"")
    (tmp_path / "styles.csv").write_text(SHEET)
    return folder


def test_the_written_file_is_commented_and_can_be_used_at_once(parure: Parure, tmp_path: Path, archive: Path) -> None:
    rules = tmp_path / "rules.yaml"
    parure.run("curate", "rules", "init", rules)
    assert sum(line.startswith("#") for line in rules.read_text().splitlines()) > 10
    assert "is there already" in parure.run("curate", "rules", "init", rules, code=1)
    parure.run("curate", "rules", "init", rules, "--force")
    found = parure.json("curate", "rules", "test", archive, "--rules", rules, "--styles", tmp_path / "styles.csv")
    assert found["verdicts"] == {"assigned": 4, "ambiguous": 1, "unmatched": 2}
    two = found["sample"]["ambiguous"][0]
    assert two["path"] == "AJ-1042_AJ-1043.jpg"
    assert {each["code"] for each in two["candidates"]} == {"AJ-1042", "AJ-1043"}
    rows = {(row["section"], row["rule"]): row["names"] for row in found["rules"]}
    assert rows["metal", "yellow_gold"] == 1
    assert rows["view", "bottom"] == 0


def test_the_table_shows_what_matches_nothing_and_what_matches_two(
    parure: Parure, tmp_path: Path, archive: Path
) -> None:
    shown = parure.run("curate", "rules", "test", archive, "--styles", tmp_path / "styles.csv")
    assert "Matching nothing: 2 of 7" in shown
    assert "For review: 1 of 7" in shown


def test_a_list_of_names_will_do(parure: Parure, tmp_path: Path) -> None:
    (tmp_path / "names.txt").write_bytes(b"AJ-1042.jpg\n\nAJ-1042 caf\xe9.jpg\n")
    (tmp_path / "codes.txt").write_text("AJ-1042\n")
    found = parure.json("curate", "rules", "test", tmp_path / "names.txt", "--styles", tmp_path / "codes.txt")
    assert found["verdicts"]["assigned"] == 2


def test_a_draft_is_written_with_the_share_it_covers(parure: Parure, tmp_path: Path, archive: Path) -> None:
    rules = tmp_path / "drafted.yaml"
    found = parure.json("curate", "rules", "draft", archive, "--styles", tmp_path / "styles.csv", "--out", rules)
    assert found["covered"] == pytest.approx(4 / 7)
    assert "AJ[-_ /]?\\d{4}" in rules.read_text(encoding="utf-8")
    parure.run("curate", "rules", "test", archive, "--styles", tmp_path / "styles.csv", "--rules", rules)


@pytest.mark.parametrize(
    ("text", "told"),
    [("view:\n  front: '(a+)+'\n", "line 2"), ("views:\n  a: b\n", "Did you mean 'view'"), ("a: [", "is not YAML")],
)
def test_a_faulty_rules_file_is_told_with_its_line(
    parure: Parure, tmp_path: Path, archive: Path, text: str, told: str
) -> None:
    (tmp_path / "rules.yaml").write_text(text)
    assert told in parure.run("curate", "rules", "test", archive, "--rules", tmp_path / "rules.yaml", code=1)


def test_an_empty_source_is_told(parure: Parure, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert "holds no photos" in parure.run("curate", "rules", "test", tmp_path / "empty", code=1)
