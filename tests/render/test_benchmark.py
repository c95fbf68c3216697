from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from parure.evaluation.photo_set import read_photo_set
from parure.render.dataset import benchmark, run
from parure.render.dataset.benchmark import (
    BLOCK,
    DESIGNS,
    Standard,
    benchmark_plan,
    differences,
    read_standard,
    write_photos,
)
from parure.render.dataset.run import make
from parure.render.dataset.store import iter_records, read_records
from parure.render.spec import draw_design
from tests.render.shots import fake_shoot, quick_design

pytest.importorskip("scipy", reason='building pieces needs the extra "render" (scipy)')

COUNT = 3


@pytest.fixture(autouse=True)
def no_renderer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "shoot", fake_shoot)
    monkeypatch.setattr(run, "draw_design", quick_design)
    monkeypatch.setattr(benchmark, "BLOCK", COUNT)


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Made once; tests work on copies."""
    root = tmp_path_factory.mktemp("template")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(run, "shoot", fake_shoot)
        patch.setattr(run, "draw_design", quick_design)
        make(benchmark_plan(root, COUNT), jobs=0, told=lambda _: None)
        write_photos(root, lambda _: None)
    return root


@pytest.fixture
def made(template: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(template, tmp_path / "set"))


@pytest.fixture
def standard(made: Path) -> Standard:
    """What the folder just made would be held against."""
    records = read_records(made)
    drawn = benchmark._hash([benchmark._line(quick_design(n, prefix="b")) for n in range(COUNT)])
    return Standard((drawn,), tuple(benchmark._compared(made, record.pictures[0]) for record in records))


def rewritten(path: Path, **changes: object) -> None:
    path.write_text(json.dumps(json.loads(path.read_text()) | changes))


def test_a_folder_that_holds_the_benchmark_differs_in_nothing(made: Path, standard: Standard) -> None:
    assert differences(made, standard, count=COUNT) == []


def test_every_design_is_in_the_gallery_and_asked_for(made: Path) -> None:
    for name, ending in (("gallery.jsonl", "shop"), ("queries.jsonl", "found")):
        rows = [json.loads(line) for line in (made / name).read_text().splitlines()]
        assert [row["product_id"] for row in rows] == ["b000000", "b000001", "b000002"]
        assert [row["file"] for row in rows] == [f"photos/b00000{n}-{ending}.webp" for n in range(COUNT)]
        for row in rows:
            Image.open(made / row["file"]).verify()


def test_a_query_says_where_its_piece_is(made: Path) -> None:
    for line in (made / "queries.jsonl").read_text().splitlines():
        row = json.loads(line)
        assert row["kind"] == ("screenshot" if row["product_id"] == "b000000" else "photograph")
        assert row["boxes"]
        for x, y, width, height in row["boxes"]:
            assert 0 <= x <= x + width <= 1.001
            assert 0 <= y <= y + height <= 1.001


def test_the_measurement_of_retrieval_reads_the_folder(made: Path) -> None:
    photos = read_photo_set(made)
    assert len(photos) == 2 * COUNT
    assert all(photo.path.exists() for photo in photos)


def test_photos_made_again_are_the_same(made: Path) -> None:
    before = {path: path.read_bytes() for path in (made / "photos").iterdir()}
    for path in before:
        path.unlink()
    write_photos(made, lambda _: None)
    assert {path: path.read_bytes() for path in (made / "photos").iterdir()} == before


def test_missing_designs_are_counted_and_the_first_named(made: Path, standard: Standard) -> None:
    assert "the first is b000003" in differences(made, standard, count=5)[0]


def test_another_design_under_the_same_number_is_found(made: Path, standard: Standard) -> None:
    record = next(iter_records(made))
    rewritten(made / "designs" / "000" / "b000000.json", spec=record.spec.replace("b000000", "b000009"))
    assert any("drawn otherwise" in fault for fault in differences(made, standard, count=COUNT))


def test_renderer_noise_is_let_pass_but_not_another_picture(made: Path, standard: Standard) -> None:
    path = made / "pictures" / "000" / "b000001-0.webp"
    with Image.open(path) as image:
        pixels = np.asarray(image.convert("RGBA"))
    grain = np.random.default_rng(1).integers(-12, 13, pixels.shape[:2])[..., None] * [1, 1, 1, 0]
    noisy = np.clip(pixels.astype(int) + grain, 0, 255).astype(np.uint8)
    Image.fromarray(noisy).save(path, quality=90)
    assert differences(made, standard, count=COUNT) == []
    Image.fromarray(np.roll(pixels, 40, axis=1)).save(path, quality=90)
    assert any("b000001-0: the picture is off" in fault for fault in differences(made, standard, count=COUNT))


def test_labels_of_another_geometry_are_found(made: Path, standard: Standard) -> None:
    first = replace(standard.pictures[0], parts={part: n // 2 for part, n in standard.pictures[0].parts.items()})
    faults = differences(made, Standard(standard.blocks, (first,)), count=COUNT)
    assert any("pixels show metal" in fault for fault in faults)


def test_a_photo_that_is_gone_is_named(made: Path, standard: Standard) -> None:
    (made / "photos" / "b000002-found.webp").unlink()
    assert "photos/b000002-found.webp" in differences(made, standard, count=COUNT)[0]


def test_the_shipped_standard_is_that_of_the_designs_drawn_today(monkeypatch: pytest.MonkeyPatch) -> None:
    """The first block only: drawing all thousand takes minutes. `parure render benchmark --check` compares them all."""
    shipped = read_standard()
    monkeypatch.setattr(benchmark, "BLOCK", BLOCK)
    assert len(shipped.blocks) == DESIGNS // BLOCK
    assert benchmark._hash([benchmark._line(draw_design(n, prefix="b")) for n in range(BLOCK)]) == shipped.blocks[0]
    assert [picture.name for picture in shipped.pictures] == [f"b{n:06d}-0" for n in range(benchmark.COMPARED)]
