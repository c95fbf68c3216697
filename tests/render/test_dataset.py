from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from parure.errors import Conflict, NotFound
from parure.regions import PartClass
from parure.render.dataset import run
from parure.render.dataset.coco import CATEGORIES, decode_mask, encode_mask
from parure.render.dataset.index import write_index
from parure.render.dataset.run import Outcome, Plan, make, missing
from parure.render.dataset.sheet import contact_sheet, dataset_sections
from parure.render.dataset.shoot import Bytes, Shot, shoot, shoot_one, stone_count
from parure.render.dataset.store import design_path, read_cutout, read_labels, read_records
from parure.render.families.table import TYPE_SHARES
from parure.render.spec import DesignSpec, drawn, parse_spec, stream
from parure.render.tracer import Quality
from tests.render.shots import fake_shoot, quick_design, quick_outcome

pytest.importorskip("scipy", reason='building pieces needs the extra "render" (scipy)')

SMALL = Quality(48, 4, 6)


@pytest.fixture(autouse=True)
def no_renderer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "shoot", fake_shoot)
    monkeypatch.setattr(run, "draw_design", quick_design)


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Made once; tests work on copies."""
    root = tmp_path_factory.mktemp("template")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(run, "shoot", fake_shoot)
        patch.setattr(run, "draw_design", quick_design)
        make(plan_in(root), jobs=0, told=lambda _: None)
    return root


@pytest.fixture
def made(template: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(template, tmp_path / "set"))


def plan_in(root: Path, count: int = 4) -> Plan:
    return Plan(root, count, prefix="t", views=2, quality=SMALL)


def files_in(root: Path) -> dict[str, bytes]:
    return {str(path.relative_to(root)): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def stopping_after(pictures: int) -> Any:
    """A shoot that is interrupted before picture number `pictures` of the run."""
    taken = 0

    def shoot_some(spec: DesignSpec, *, views: int, quality: Quality) -> Iterator[Shot]:
        nonlocal taken
        for shot in fake_shoot(spec, views=views, quality=quality):
            if taken == pictures:
                raise KeyboardInterrupt
            taken += 1
            yield shot

    return shoot_some


def test_processes_are_replaced_before_they_hold_too_much(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "_make_one", quick_outcome)
    monkeypatch.setattr(run, "_RECYCLE", 2)
    told: list[Outcome] = []
    make(plan_in(tmp_path, 5), jobs=1, told=told.append)
    assert [outcome.design for outcome in told] == [f"t{number:06d}" for number in range(5)]
    assert len({outcome.error for outcome in told}) == 3


def test_a_run_that_was_stopped_and_gone_on_with_equals_one_that_was_not(
    tmp_path: Path, made: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stopped = plan_in(tmp_path / "stopped")
    monkeypatch.setattr(run, "shoot", stopping_after(5))
    with pytest.raises(KeyboardInterrupt):
        make(stopped, jobs=0, told=lambda _: None)
    monkeypatch.setattr(run, "shoot", fake_shoot)
    assert make(stopped, jobs=0, told=lambda _: None) == 4
    assert files_in(stopped.root) == files_in(made)


def test_a_run_stopped_half_way_through_a_design_leaves_none_that_looks_finished(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = plan_in(tmp_path)
    monkeypatch.setattr(run, "shoot", stopping_after(3))
    with pytest.raises(KeyboardInterrupt):
        make(plan, jobs=0, told=lambda _: None)
    assert (tmp_path / "pictures" / "000" / "t000001-0.webp").exists()
    assert missing(plan) == [1, 2, 3]
    assert [record.id for record in read_records(tmp_path)] == ["t000000"]
    assert write_index(tmp_path, lambda *_: None) == 1


def test_a_second_run_makes_nothing(made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "shoot", stopping_after(0))
    assert make(plan_in(made), jobs=0, told=lambda _: None) == 0


def test_more_designs_may_be_asked_for_later(made: Path) -> None:
    before = files_in(made)
    assert make(plan_in(made, 5), jobs=0, told=lambda _: None) == 2
    assert before.items() <= files_in(made).items()


def test_a_folder_begun_otherwise_is_refused_with_what_it_was_begun_with(made: Path) -> None:
    with pytest.raises(Conflict, match="views 2, size 48"):
        make(Plan(made, 4, prefix="t", views=3, quality=SMALL), jobs=0, told=lambda _: None)


def test_a_design_that_fails_is_told_and_left_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def shoot_but_one(spec: DesignSpec, *, views: int, quality: Quality) -> Iterator[Shot]:
        if spec.id == "t000001":
            raise ValueError("two stones in one place")
        return fake_shoot(spec, views=views, quality=quality)

    monkeypatch.setattr(run, "shoot", shoot_but_one)
    told: list[Outcome] = []
    assert make(plan_in(tmp_path, 3), jobs=0, told=told.append) == 4
    assert [outcome.design for outcome in told if outcome.error] == ["t000001"]
    assert "two stones in one place" in told[1].error
    assert not design_path(tmp_path, "t000001").exists()


def test_a_record_says_what_was_drawn_and_what_is_seen(made: Path) -> None:
    record = read_records(made)[2]
    spec = quick_design(2)
    assert parse_spec(record.spec) == spec
    assert record.stones == stone_count(spec.piece.build())
    for taken in record.pictures:
        labels = read_labels(made, taken.name)
        assert sum(sum(seen.pixels.values()) for seen in taken.seen) == int((labels > 0).sum())
        x, y, width, height = taken.seen[1].box
        assert (labels[y : y + height, x : x + width] // 16 == 1).sum() == (labels // 16 == 1).sum()


def test_stored_pictures_come_back_with_labels_where_their_alpha_is(made: Path) -> None:
    for record in read_records(made):
        cutout = read_cutout(made, record.pictures[0].name)
        assert np.array_equal(cutout.labels > 0, cutout.pixels[..., 3] > 0)
        assert cutout.shadow.min() == 255


def test_an_empty_folder_says_which_command_fills_it(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="parure render dataset"):
        read_records(tmp_path)


def test_the_index_lists_every_design_once_with_its_spec(made: Path) -> None:
    assert write_index(made, lambda *_: None) == 4
    rows = [json.loads(line) for line in (made / "designs.jsonl").read_text().splitlines()]
    assert [row["id"] for row in rows] == [f"t{n:06d}" for n in range(4)]
    assert rows[0]["spec"]["piece"]["is"] == rows[0]["family"]
    assert not list(made.glob("*.part"))


def test_coco_masks_boxes_and_areas_agree_with_the_label_pictures(made: Path) -> None:
    write_index(made, lambda *_: None)
    coco = json.loads((made / "coco.json").read_text())
    images = {image["id"]: image for image in coco["images"]}
    assert len({row["id"] for row in coco["annotations"]}) == len(coco["annotations"]) == 8 * 5
    for row in coco["annotations"]:
        name = Path(images[row["image_id"]]["file_name"]).stem
        mask = decode_mask(row["segmentation"]["counts"], (48, 48))
        labels = read_labels(made, name)
        assert row["area"] == mask.sum()
        assert (labels[mask] > 0).all()
        if "part_of" in row:
            assert (labels[mask] % 16 == row["category_id"] - 100).all()
        x, y, width, height = row["bbox"]
        assert mask[y : y + height, x : x + width].sum() == mask.sum()
        assert mask[y].any()
        assert mask[:, x + width - 1].any()


def test_the_parts_of_a_piece_add_up_to_it(made: Path) -> None:
    write_index(made, lambda *_: None)
    rows = json.loads((made / "coco.json").read_text())["annotations"]
    for piece in (row for row in rows if "part_of" not in row):
        assert sum(row["area"] for row in rows if row.get("part_of") == piece["id"]) == piece["area"]


def test_files_that_coco_names_exist(made: Path) -> None:
    write_index(made, lambda *_: None)
    for image in json.loads((made / "coco.json").read_text())["images"]:
        assert (made / image["file_name"]).exists()


def test_coco_has_a_category_for_every_wide_type_and_every_part() -> None:
    assert {c.name for c in CATEGORIES} == TYPE_SHARES.keys() | {part.name.lower() for part in PartClass if part}
    assert len({c.id for c in CATEGORIES}) == len(CATEGORIES)


def test_run_lengths_are_those_that_the_coco_tools_write() -> None:
    """Pinned to what pycocotools 2.0 gives for this mask."""
    mask = np.zeros((40, 30), bool)
    mask[5:20, 8:25] = True
    mask[10, 12] = False
    mask[0, 0] = True
    assert encode_mask(mask) == "01T:>eF000000FXO4h060000000000000000000000S6"


@pytest.mark.parametrize("share", [0.0, 0.03, 0.5, 1.0])
def test_run_lengths_come_back_as_the_mask_they_were(share: float) -> None:
    for seed in range(20):
        random = np.random.default_rng(seed)
        mask = random.random(random.integers(1, 60, 2)) < share
        assert np.array_equal(decode_mask(encode_mask(mask), mask.shape), mask)


def test_a_sheet_has_a_section_for_each_family(made: Path) -> None:
    families = sorted({record.family for record in read_records(made)})
    sections = dataset_sections(made, count=2, per_family=True, labels=True)
    assert [section.heading for section in sections] == families
    sheet = contact_sheet(sections, columns=2, side=40)
    assert sheet.width == 2 * 48 + 8
    assert len(dataset_sections(made, count=5, per_family=False, labels=False)[0].tiles) == 5


@pytest.mark.slow
def test_the_same_spec_and_number_give_the_same_picture() -> None:
    pytest.importorskip("mitsuba", reason="needs the renderer")
    spec = drawn("t-halo", "HaloRing", stream("t-halo"))
    first, again = (shoot_one(spec, 1, quality=SMALL) for _ in range(2))
    assert np.array_equal(first.pixels, again.pixels)
    assert np.array_equal(first.labels, again.labels)
    assert np.array_equal(first.shadow, again.shadow)


@pytest.mark.slow
def test_a_picture_made_alone_is_the_one_made_among_others() -> None:
    pytest.importorskip("mitsuba", reason="needs the renderer")
    spec = drawn("t-hoop", "HoopEarrings", stream("t-hoop"))
    among = list(shoot(spec, views=2, quality=SMALL))[1]
    alone = shoot_one(spec, 1, quality=SMALL)
    assert np.array_equal(among.pixels, alone.pixels)
    assert np.array_equal(among.labels, alone.labels)


@pytest.mark.slow
@pytest.mark.parametrize("family", ["BandRing", "StudEarrings", "TennisBracelet", "Locket"])
def test_rendered_labels_lie_where_the_picture_is_opaque(family: str) -> None:
    pytest.importorskip("mitsuba", reason="needs the renderer")
    spec = drawn(f"t-{family}", family, stream(f"t-{family}"))
    finer = Quality(128, 4, 6)  # a chain thinner than a pixel may slip between the rays
    shot = next(shot for shot in (shoot_one(spec, k, quality=finer) for k in range(9)) if not shot.worn)
    alpha = shot.pixels[..., 3]
    # A label is told by one ray and alpha by a few: at an edge they may differ, but never by more than a pixel.
    assert (spread(alpha)[shot.labels > 0] > 0).all()
    assert (spread(shot.labels)[alpha == 255] > 0).all()


def spread(picture: Bytes) -> Bytes:
    """The largest value within a pixel of each."""
    moved = [np.roll(picture, (y, x), (0, 1)) for y in (-1, 0, 1) for x in (-1, 0, 1)]
    return np.asarray(np.max(moved, axis=0), np.uint8)
