"""The commands of docs/analyse.md on photos of the sample shop.

The tiny set of models stands for the one that ships: what the page says holds whatever the weights are.
"""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from parure.cli import cli
from parure.sample import shop_path
from parure.vision import house_model
from tests.vision.tiny import changed, tiny_house

PAGE = Path(__file__).parents[2] / "docs" / "analyse.md"
COMMANDS = re.findall(r"^\$ parure (analyse .+)$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)


@pytest.fixture
def workplace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """mystery.jpg and photos/, as the pages of docs/ have them."""
    photos = sorted((shop_path() / "photos").iterdir())[:3]
    (tmp_path / "photos").mkdir()
    for photo in photos:
        shutil.copy(photo, tmp_path / "photos")
    shutil.copy(photos[0], tmp_path / "mystery.jpg")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(house_model, "load_house", tiny_house)
    return tmp_path


@pytest.mark.parametrize("command", COMMANDS)
def test_the_command_runs(command: str, workplace: Path) -> None:
    done = CliRunner().invoke(cli, command.split(), catch_exceptions=False)
    assert done.exit_code == 0, done.output
    assert done.stdout or (workplace / "seen.png").exists()


def test_the_page_shows_some_commands() -> None:
    assert len(COMMANDS) >= 4


def test_the_fields_of_the_page_are_those_of_the_json(workplace: Path) -> None:
    done = CliRunner().invoke(cli, ["analyse", "mystery.jpg", "--json"])
    (photo,) = json.loads(done.stdout)["photos"]
    rows = re.findall(r"^\| (`.+?) \|", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    assert set(re.findall(r"`(\w+)`", "".join(rows))) == set(photo["pieces"][0])


def test_the_manifest_of_the_page_is_one(tmp_path: Path) -> None:
    """With digests in place of the dots, it is read as it stands."""
    from parure.vision.manifest import read_manifest

    (block,) = re.findall(r"^```json\n(.*?)^```", PAGE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    path = tmp_path / "shop-eyes.json"
    path.write_text(block.replace("…", "0" * 64), encoding="utf-8")
    manifest = read_manifest(path)
    assert manifest.version.startswith("shop-eyes-")
    usual = read_manifest(changed(tmp_path, {"detector.overlap": None, "detector.most": None})).detector
    words = PAGE.read_text(encoding="utf-8")
    assert (f"`overlap` ({usual.overlap}" in words, f"`most` ({usual.most}" in words) == (True, True)
    assert f"`part_share` ({manifest.reader.part_share}" in words
