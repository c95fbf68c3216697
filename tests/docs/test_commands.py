"""Every command in README.md and docs/ runs, in the order of its page, in a fresh folder with the files it names."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import time
from importlib.util import find_spec
from pathlib import Path

import pytest

from parure import settings
from parure.sample import shop_path

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
_BLOCK = re.compile(r"^```console\n(.*?)^```", re.MULTILINE | re.DOTALL)
RENDERER = find_spec("mitsuba") is not None
# Pages that speak of other files than `workplace` has; the test beside each runs their commands.
ELSEWHERE = {
    "curate.md": "cli/test_curate_plan.py",
    "curate-apply.md": "cli/test_curate_apply.py",
}
PIECES = ("PR-1001", "PR-1002", "PR-1003")


def commands(page: Path) -> list[str]:
    blocks = "".join(_BLOCK.findall(page.read_text()))
    return [line[2:] for line in blocks.splitlines() if line.startswith("$ ")]


def needs_renderer(command: str) -> bool:
    return command.startswith("parure render") and "--json" not in command


@pytest.fixture
def workplace(tmp_path: Path) -> Path:
    """What the pages speak of: photos/, products.csv, manifest.jsonl and mystery.jpg of the sample shop; vendor.csv."""
    shop = shop_path()
    lines = (shop / "products.csv").read_text(encoding="utf-8").splitlines()
    kept = [lines[0], *(line for line in lines if line.startswith(PIECES))]
    (tmp_path / "products.csv").write_text("\n".join(kept), encoding="utf-8")
    (tmp_path / "vendor.csv").write_text("Item No;Metal;Price\npr1001;rose gold;3300\nPR 1002;platinum;\n")
    (tmp_path / "photos").mkdir()
    manifest = []
    for photo in sorted((shop / "photos").iterdir()):
        if photo.name.upper().startswith(PIECES):
            shutil.copy(photo, tmp_path / "photos")
            manifest.append({"file": photo.name, "product_id": photo.name[:7].upper()})
    shutil.copy(tmp_path / "photos" / manifest[1]["file"], tmp_path / "mystery.jpg")
    (tmp_path / "manifest.jsonl").write_text("\n".join(json.dumps(row) for row in manifest))
    return tmp_path


@pytest.mark.parametrize("page", [page for page in PAGES if page.name not in ELSEWHERE], ids=lambda page: page.name)
def test_the_commands_of_the_page_run(page: Path, workplace: Path) -> None:
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    env = {k: v for k, v in os.environ.items() if not k.startswith("PARURE_")} | {"PATH": path}
    for command in commands(page):
        if command.startswith(("make", "git", "pip", "cd")):
            continue  # CI runs the Makefile's targets themselves
        if needs_renderer(command) and not RENDERER:
            continue  # tests/cli/test_render.py runs them without a renderer too
        if " serve" in command:
            serve_briefly(re.sub(r" --port \d+|$", " --port 0", command, count=1), workplace, env)
            continue
        done = subprocess.run(
            command, shell=True, cwd=workplace, env=env, capture_output=True, text=True, timeout=120, check=False
        )
        assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_commands_stand_in_one_kind_of_block_each_behind_its_prompt(page: Path) -> None:
    text = page.read_text()
    assert re.findall(r"^```(?:sh|bash|shell)$", text, re.MULTILINE) == []
    lines = "".join(_BLOCK.findall(text)).splitlines()
    assert [line for line in lines if line.startswith(("parure ", "pip ", "python "))] == []


def test_the_settings_page_lists_every_setting() -> None:
    page = (ROOT / "docs" / "settings.md").read_text()
    for name, _, about in settings.help_rows(settings.load({})):
        assert f"`{name}`" in page
        assert about in page


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#:]+)\)", page.read_text()):
        assert (page.parent / target).exists(), target


def serve_briefly(command: str, folder: Path, env: dict[str, str]) -> None:
    server = subprocess.Popen(command.split(), cwd=folder, env=env, stderr=subprocess.PIPE, text=True)
    assert server.stderr is not None
    deadline = time.monotonic() + 30
    while "Serving" not in server.stderr.readline():
        assert server.poll() is None
        assert time.monotonic() < deadline
    server.terminate()
    server.communicate(timeout=30)
    assert server.returncode in (0, -15)
