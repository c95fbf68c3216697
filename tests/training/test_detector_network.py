"""The detector's network against the ONNX file it comes from, its losses against cases worked out by hand, and a run
that was stopped against one that was not. Needs torch."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

INSTALL = 'needs torch: pip install "parure[train]"'
torch = pytest.importorskip("torch", reason=INSTALL)
pytest.importorskip("onnx", reason=INSTALL)

from parure.errors import ModelError  # noqa: E402
from parure.regions import iou  # noqa: E402
from parure.training.detector_export import export_detector, quantise_detector, squares  # noqa: E402
from parure.training.detector_loss import (  # noqa: E402
    assign,
    corners_of,
    detection_loss,
    generalised_iou,
    pair_iou,
)
from parure.training.detector_mixing import Mixing  # noqa: E402
from parure.training.detector_network import (  # noqa: E402
    COCO_CLASSES,
    YoloxNano,
    probabilities,
    settle,
)
from parure.training.detector_pool import Pool  # noqa: E402
from parure.training.detector_recipe import CLASSES, SIDE, DetectorRecipe  # noqa: E402
from parure.training.detector_scenes import Example  # noqa: E402
from parure.training.detector_training import Trainer, as_input  # noqa: E402
from parure.training.detector_weights import load_coco_weights, load_exported_weights  # noqa: E402
from parure.training.export import export_onnx  # noqa: E402
from parure.vision.detector import decode  # noqa: E402
from parure.vision.onnx_runtime import OnnxSession  # noqa: E402

COCO = Path(__file__).parents[3] / "shared" / "data" / "models" / "yolox_nano.onnx"
RECIPE = DetectorRecipe(
    pool_first=4,
    pool_growth=0,
    pool_most=4,
    steps=6,
    plain_steps=0,
    small_steps=2,
    small_sides=(64,),
    small_batch=3,
    sides=(64,),
    batch=2,
    warm_up=2,
    frozen_backbone=2,
)


def picture(side: int, seed: int = 0) -> np.ndarray:
    """Smooth colours with a square."""
    pixels = np.random.default_rng(seed).integers(0, 255, (side // 32, side // 32, 3), np.uint8)
    pixels = pixels.repeat(32, 0).repeat(32, 1)
    pixels[side // 4 : side // 2, side // 4 : side // 2] = (230, 190, 60)
    return pixels


def network(seed: int = 0) -> YoloxNano:
    torch.manual_seed(seed)
    return YoloxNano(len(CLASSES)).eval()


@pytest.mark.skipif(not COCO.exists(), reason="needs yolox_nano.onnx beside the repository")
def test_the_network_says_what_the_coco_file_says() -> None:
    ours = load_coco_weights(COCO).eval()
    session = OnnxSession(COCO, threads=1)
    for seed in range(2):
        fed = squares(picture(SIDE, seed))
        theirs = session.run("output", fed)
        with torch.no_grad():
            said = probabilities(ours(torch.from_numpy(fed["images"]))).numpy()
        assert np.abs(said - theirs).max() < 1e-3


def test_norms_that_are_settled_change_nothing_and_have_the_spread_of_the_pictures() -> None:
    ours = network()
    pixels = as_input(np.stack([picture(64, seed) for seed in range(4)]))
    with torch.no_grad():
        before = ours(pixels)
        settle(ours, pixels)
        after = ours.eval()(pixels)
        in_training = ours.train()(pixels)
    assert after.numpy() == pytest.approx(before.numpy(), abs=1e-4)
    assert in_training.numpy() == pytest.approx(before.numpy(), abs=1e-3)


def test_a_file_that_is_no_yolox_nano_is_refused(tmp_path: Path) -> None:
    (tmp_path / "text.onnx").write_text("not a model", encoding="utf-8")
    with pytest.raises(ModelError, match="cannot be read as ONNX"):
        load_coco_weights(tmp_path / "text.onnx")
    export_detector(network(), tmp_path / "other.onnx")
    with pytest.raises(ModelError, match=f"not a YOLOX-nano with {COCO_CLASSES} classes"):
        load_coco_weights(tmp_path / "other.onnx")


def test_the_exported_file_says_what_the_network_says_for_one_picture_and_for_two(tmp_path: Path) -> None:
    ours = network()
    export_detector(ours, tmp_path / "detector.onnx")
    session = OnnxSession(tmp_path / "detector.onnx", threads=1)
    fed = np.concatenate([squares(picture(SIDE, seed))["images"] for seed in (1, 2)])
    with torch.no_grad():
        wanted = probabilities(ours(torch.from_numpy(fed))).numpy()
    assert session.run("output", {"images": fed}) == pytest.approx(wanted, abs=1e-4)
    assert session.run("output", {"images": fed[:1]}) == pytest.approx(wanted[:1], abs=1e-4)
    assert wanted.shape == (2, 3549, 5 + len(CLASSES))


def test_the_int8_file_is_smaller_and_says_nearly_the_same(tmp_path: Path) -> None:
    export_detector(network(), tmp_path / "full.onnx")
    quantise_detector(tmp_path / "full.onnx", tmp_path / "small.onnx", [picture(SIDE, seed) for seed in range(3)])
    assert (tmp_path / "small.onnx").stat().st_size < 0.6 * (tmp_path / "full.onnx").stat().st_size
    fed = squares(picture(SIDE, 1))
    full, small = (OnnxSession(tmp_path / name, threads=1).run("output", fed) for name in ("full.onnx", "small.onnx"))
    assert np.abs(full[..., 4:] - small[..., 4:]).max() < 0.05


def test_a_file_that_was_exported_gives_its_network_back(tmp_path: Path) -> None:
    """Whole weights as they were; eight-bit ones near enough to train on, in whatever order they lie in the file."""
    ours = network()
    pixels = as_input(np.stack([picture(SIDE, seed) for seed in range(2)]))
    settle(ours, pixels)
    export_detector(ours, tmp_path / "full.onnx")
    quantise_detector(tmp_path / "full.onnx", tmp_path / "small.onnx", [picture(SIDE, seed) for seed in range(3)])
    with torch.no_grad():
        wanted = probabilities(ours.eval()(pixels)).numpy()
        for name, allowed in (("full.onnx", 1e-3), ("small.onnx", 0.05)):
            again = load_exported_weights(tmp_path / name)
            assert probabilities(again.eval()(pixels)).numpy() == pytest.approx(wanted, abs=allowed)
            settle(again, pixels)
            assert probabilities(again.eval()(pixels)).numpy() == pytest.approx(wanted, abs=allowed)


def test_a_file_of_another_make_gives_no_network_of_ours(tmp_path: Path) -> None:
    layer = torch.nn.Conv2d(3, 4, 3)
    export_onnx(layer, tmp_path / "other.onnx", inputs={"images": torch.rand(1, 3, 8, 8)}, output="maps")
    with pytest.raises(ModelError, match="no detector of ours"):
        load_exported_weights(tmp_path / "other.onnx")


def test_new_classes_begin_rare_and_leave_the_boxes_as_they_were() -> None:
    ours = network()
    pixels = torch.from_numpy(squares(picture(64))["images"])
    with torch.no_grad():
        before = ours(pixels)
        ours.renew(3)
        after = ours(pixels)
    assert after.shape[-1] == 8
    assert torch.equal(before[..., :5], after[..., :5])
    assert after[..., 5:].sigmoid().mean() == pytest.approx(0.01, abs=0.005)


def test_boxes_are_decoded_as_the_product_decodes_them() -> None:
    raw = np.random.default_rng(0).normal(0, 1, (84, 4)).astype(np.float32)
    assert corners_of(torch.from_numpy(raw), 64).numpy() == pytest.approx(decode(raw, 64), rel=1e-4, abs=1e-3)


def test_overlaps_are_those_of_the_product_and_the_generalised_one_sees_distance() -> None:
    first = torch.tensor([[0.0, 0, 10, 10], [0, 0, 4, 4]])
    second = torch.tensor([[5.0, 0, 15, 10], [6, 0, 10, 4]])
    assert pair_iou(first, second).numpy() == pytest.approx(iou(first.numpy(), second.numpy()), abs=1e-5)
    # First pair: 50 shared of 150, and the box around both holds nothing else. Second: 32 of the 40 around are filled.
    assert generalised_iou(first, second).tolist() == pytest.approx([1 / 3, -8 / 40], abs=1e-5)


def test_cells_near_a_piece_that_fit_it_answer_for_it_and_others_do_not() -> None:
    corners, classes = torch.tensor([[16.0, 16, 48, 48]]), torch.tensor([2])
    boxes, logits = torch.zeros(84, 4), torch.zeros(84, 8)
    boxes[:] = torch.tensor([0.0, 0, 1, 1])
    good = [3 * 8 + 3, 3 * 8 + 4, 4 * 8 + 3]  # cells of 8 pixels around the centre (32, 32)
    boxes[good] = corners[0]
    taken = assign(boxes, logits, corners, classes, side=64)
    assert sorted(taken.cells.tolist()) == good  # three overlaps of 1 add up to three cells
    assert taken.pieces.tolist() == [0, 0, 0]
    assert taken.overlaps.tolist() == pytest.approx([1, 1, 1])


def test_a_piece_between_the_middles_of_all_cells_still_gets_one() -> None:
    corners = torch.tensor([[7.0, 7, 9, 9], [39, 39, 41, 41]])
    boxes = corners_of(torch.zeros(84, 4), 64)
    taken = assign(boxes, torch.zeros(84, 8), corners, torch.tensor([0, 1]), side=64)
    assert set(taken.pieces.tolist()) == {0, 1}


def test_no_cell_answers_for_two_pieces_that_lie_upon_each_other() -> None:
    corners = torch.tensor([[10.0, 10, 50, 50], [12, 12, 52, 52]])
    boxes = torch.tensor([[11.0, 11, 51, 51]]).repeat(84, 1)
    taken = assign(boxes, torch.zeros(84, 8), corners, torch.tensor([0, 1]), side=64)
    assert len(taken.cells) > 2
    assert len(set(taken.cells.tolist())) == len(taken.cells)


def test_a_picture_without_pieces_costs_only_what_is_claimed_there() -> None:
    logits = torch.full((1, 84, 5 + len(CLASSES)), -20.0, requires_grad=True)
    nothing = [torch.zeros(0, 4)], [torch.zeros(0, dtype=torch.long)]
    quiet = detection_loss(logits, *nothing, side=64, recipe=RECIPE)
    assert quiet.total.item() == pytest.approx(0, abs=1e-5)
    loud = detection_loss(logits + 20, *nothing, side=64, recipe=RECIPE)
    assert loud.total.item() == pytest.approx(84 * np.log(2), rel=1e-4)
    assert (loud.box, loud.kind) == (0, 0)
    loud.total.backward()
    assert torch.isfinite(logits.grad).all()


@pytest.fixture
def pool(tmp_path: Path) -> Pool:
    kept = Pool(tmp_path / "pool")
    corners = np.array([[SIDE // 4, SIDE // 4, SIDE // 2, SIDE // 2]], np.float32)
    for number in range(4):
        kept.save(number, Example(picture(SIDE, number), corners, np.array([number % 2])))
    return kept


def test_a_run_that_was_stopped_ends_in_the_weights_of_one_that_was_not(pool: Pool, tmp_path: Path) -> None:
    def trainer() -> Trainer:
        return Trainer(network(), Mixing(pool, RECIPE), RECIPE)

    whole, first, second = trainer(), trainer(), trainer()
    whole.run(6, every=6, told=lambda progress: None)
    first.run(3, every=3, told=lambda progress: None)
    first.save(tmp_path / "checkpoint.pt")
    second.resume(tmp_path / "checkpoint.pt")
    second.run(6, every=6, told=lambda progress: None)
    kept = second.average.state_dict()
    for name, one in whole.average.state_dict().items():
        assert torch.equal(one, kept[name]), name


def test_the_backbone_rests_while_it_is_frozen(pool: Pool) -> None:
    recipe = replace(RECIPE, frozen_backbone=2)
    trainer = Trainer(network(), Mixing(pool, recipe), recipe)
    before = [weight.clone() for weight in trainer.network.backbone.parameters()]
    trainer.run(2, every=2, told=lambda progress: None)
    assert all(torch.equal(*pair) for pair in zip(before, trainer.network.backbone.parameters(), strict=True))
    trainer.run(3, every=1, told=lambda progress: None)
    assert not all(torch.equal(*pair) for pair in zip(before, trainer.network.backbone.parameters(), strict=True))


def test_training_on_a_few_pictures_makes_the_loss_fall(pool: Pool) -> None:
    recipe = replace(RECIPE, steps=80, mosaic=0, zoom=0, frozen_backbone=0)  # 40 steps are not always enough
    told = []
    Trainer(network(), Mixing(pool, recipe), recipe).run(80, every=10, told=told.append)
    totals = [recipe.box_weight * each.box + each.piece + recipe.class_weight * each.kind for each in told]
    assert totals[-1] < 0.85 * totals[0]
