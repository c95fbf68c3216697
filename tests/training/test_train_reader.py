"""From drawn designs to an exported reader, on a set so small that it takes seconds."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

INSTALL = 'needs torch: pip install "parure[train]"'
torch = pytest.importorskip("torch", reason=INSTALL)
safetensors = pytest.importorskip("safetensors.torch", reason=INSTALL)
pytest.importorskip("onnx", reason=INSTALL)
pytest.importorskip("scipy", reason='needs scipy: pip install "parure[render]"')

from parure.errors import ModelError  # noqa: E402
from parure.regions import PartClass  # noqa: E402
from parure.render.dataset.store import read_records  # noqa: E402
from parure.render.families.table import TYPE_SHARES  # noqa: E402
from parure.training import checkpoint, train_reader  # noqa: E402
from parure.training.batches import Deal, split_designs  # noqa: E402
from parure.training.checkpoint import Run, read_run  # noqa: E402
from parure.training.dataset import Photographs, TrainingSteps  # noqa: E402
from parure.training.export_reader import (  # noqa: E402
    ExportedReader,
    Projections,
    expect_as_sold,
    export_reader,
    output_names,
    write_model,
)
from parure.training.learner import Kept, Learner, as_input, interpolated  # noqa: E402
from parure.training.loading import echoed  # noqa: E402
from parure.training.losses import class_weights  # noqa: E402
from parure.training.mobilenet import MobileNetV2, load_weights  # noqa: E402
from parure.training.projection import Projection  # noqa: E402
from parure.training.reader_network import PART_FEATURES, fold_batch_norm  # noqa: E402
from parure.training.recipe import Recipe  # noqa: E402
from parure.training.try_recipes import Trial, measure_run, parse_trial, read_task  # noqa: E402
from parure.training.vocabulary import build_vocabulary  # noqa: E402
from parure.vision.onnx_runtime import OnnxSession  # noqa: E402
from tests.evaluation.made import photos_in  # noqa: E402
from tests.render.drawn_set import draw_set  # noqa: E402

RECIPE = Recipe(
    side=64,
    export_side=64,
    designs_per_batch=8,
    epochs=2,
    settle_epochs=1,
    settle_passes=2,
    least_designs=3,
    held_out=0.15,
    warm_up=2,
)
DESIGNS = 24


@pytest.fixture(scope="module", autouse=True)
def one_thread() -> Iterator[None]:
    """On networks this small threads wait for each other, and on a busy machine they wait long."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


@pytest.fixture(scope="module")
def weights(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Random weights with batch norm that is not the identity."""
    torch.manual_seed(0)
    model = MobileNetV2()
    for layer in model.modules():
        if isinstance(layer, torch.nn.BatchNorm2d):
            layer.running_mean.uniform_(-0.2, 0.2)
            layer.running_var.uniform_(0.5, 1.5)
            layer.bias.data.uniform_(0, 0.5)
    path = tmp_path_factory.mktemp("weights") / "random.safetensors"
    safetensors.save_file(model.state_dict(), path)
    return path


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("drawn")
    draw_set(root, DESIGNS)
    return root


@pytest.fixture(scope="module")
def run(data: Path, weights: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("run")
    train_reader.train_reader(data, out, RECIPE, weights=weights, workers=0, told=_silent)
    return out


def _silent(line: str) -> None:
    pass


def test_folding_batch_norm_changes_no_feature(weights: Path) -> None:
    pixels = torch.rand(2, 3, 64, 64) * 2 - 1
    with torch.inference_mode():
        before, after = load_weights(weights)(pixels), fold_batch_norm(load_weights(weights))(pixels)
    torch.testing.assert_close(before, after, rtol=1e-4, atol=1e-4)


def test_a_batch_holds_each_design_as_often_as_asked_and_is_made_again_the_same(data: Path) -> None:
    records, _ = split_designs(read_records(data), RECIPE)
    vocabulary = build_vocabulary(records, least=3)
    steps = TrainingSteps(Photographs(data, records, vocabulary, RECIPE), Deal(records, RECIPE), RECIPE)
    batch, again = steps[1], steps[1]
    assert batch.pixels.shape == (16, 64, 64, 3)
    assert batch.parts.shape == (16, 8, 8)
    assert (np.unique(batch.design, return_counts=True)[1] == 2).all()
    for name in ("pixels", "colour", "targets", "parts", "design"):
        np.testing.assert_array_equal(getattr(batch, name), getattr(again, name))
    assert not np.array_equal(batch.pixels, steps[2].pixels)


@pytest.mark.slow
def test_a_run_that_was_stopped_ends_with_the_same_weights(
    run: Path, data: Path, weights: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Stopped after the first epoch of two, and before the heads settle."""
    for epochs in (1, 2):
        with monkeypatch.context() as patched:
            patched.setattr(train_reader, "save_checkpoint", _stopping_after(epochs))
            with pytest.raises(KeyboardInterrupt):
                train_reader.train_reader(data, tmp_path, RECIPE, weights=weights, workers=0, told=_silent)
    train_reader.train_reader(data, tmp_path, RECIPE, weights=weights, workers=0, told=_silent)
    for name in ("reader", "tuned"):
        whole = safetensors.load_file(run / f"{name}.safetensors")
        stopped = safetensors.load_file(tmp_path / f"{name}.safetensors")
        assert whole.keys() == stopped.keys()
        for key, value in whole.items():
            torch.testing.assert_close(stopped[key], value, rtol=1e-5, atol=1e-6, msg=key)
    assert len(json.loads((tmp_path / "history.json").read_text())) == 2 + RECIPE.settle_passes


def test_what_the_backbone_saw_gives_the_same_losses_as_the_photograph(data: Path, weights: Path) -> None:
    records, _ = split_designs(read_records(data), RECIPE)
    vocabulary = build_vocabulary(records, least=3)
    reader = train_reader._new_reader(weights, vocabulary, RECIPE).eval()
    batch = TrainingSteps(Photographs(data, records, vocabulary, RECIPE), Deal(records, RECIPE), RECIPE)[0]
    colour = torch.from_numpy(batch.colour)
    with torch.inference_mode():
        direct = reader(as_input(batch.pixels), colour)
        kept = Kept.of(reader, batch).rows(torch.tensor([5, 3]))
        again = reader.read(kept.maps(), kept.colour)
    torch.testing.assert_close(again.parts, direct.parts[[5, 3]], rtol=0.02, atol=0.02)
    torch.testing.assert_close(again.attributes[0], direct.attributes[0][[5, 3]], rtol=0.05, atol=0.05)


def test_a_batch_comes_again_as_its_mirror_image(data: Path) -> None:
    records, _ = split_designs(read_records(data), RECIPE)
    vocabulary = build_vocabulary(records, least=3)
    steps = TrainingSteps(Photographs(data, records, vocabulary, RECIPE), Deal(records, RECIPE), RECIPE)
    first, second = steps[0], steps[1]
    told = list(echoed([first, second]))
    assert told[:2] == [first, second]
    np.testing.assert_array_equal(told[2].pixels, first.pixels[:, :, ::-1])
    np.testing.assert_array_equal(told[3].parts, second.parts[:, :, ::-1])
    np.testing.assert_array_equal(told[3].targets, second.targets)
    many = list(echoed([first] * 50))
    assert len(many) == 100
    assert all(any(each is first for each in many[at : at + 2]) for at in range(79)), "echoes lie between fresh ones"


def test_distillation_begins_at_no_distance_and_bfloat16_changes_losses_little(data: Path, weights: Path) -> None:
    records, _ = split_designs(read_records(data), RECIPE)
    vocabulary = build_vocabulary(records, least=3)
    batch = TrainingSteps(Photographs(data, records, vocabulary, RECIPE), Deal(records, RECIPE), RECIPE)[0]
    losses = []
    for bfloat16 in (False, True):
        recipe = replace(RECIPE, distillation=1.0, bfloat16=bfloat16, dropout=0.0)
        learner = Learner(train_reader._new_reader(weights, vocabulary, recipe), recipe, vocabulary, 4)
        losses.append([learner.step(batch, number) for number in range(2)])
    exact, rounded = losses
    assert exact[0]["drift"] == pytest.approx(0, abs=1e-5)
    assert exact[1]["drift"] > 1e-5
    assert all(rounded[0][name] == pytest.approx(value, rel=0.05, abs=0.01) for name, value in exact[0].items())


def _stopping_after(epochs: int) -> Callable[..., None]:
    def save(out: Path, learner: object, done: int) -> None:
        checkpoint.save_checkpoint(out, learner, done)  # type: ignore[arg-type]
        if done == epochs:
            raise KeyboardInterrupt

    return save


def test_another_recipe_does_not_go_on_in_the_same_folder(run: Path, data: Path, weights: Path) -> None:
    other = Recipe(**{**RECIPE.__dict__, "seed": 1})
    with pytest.raises(ModelError, match="another recipe"):
        train_reader.train_reader(data, run, other, weights=weights, workers=0, told=_silent)


def test_a_run_begins_with_the_network_of_another_and_still_moves_back_to_the_first_weights(
    run: Path, data: Path, weights: Path
) -> None:
    """Heads of attributes that know other values begin anew."""
    vocabulary = read_run(run).vocabulary
    first, *others = vocabulary.attributes
    smaller = replace(
        vocabulary, attributes=(replace(first, values=first.values[1:], counts=first.counts[1:]), *others)
    )
    learner = Learner(train_reader._new_reader(weights, smaller, RECIPE), RECIPE, smaller, 1)
    untouched = {name: value.clone() for name, value in learner.reader.state_dict().items()}
    checkpoint.take_over(run, learner)
    saved, now = torch.load(run / "checkpoint.pt", weights_only=True)["reader"], learner.reader.state_dict()
    for name, value in now.items():
        torch.testing.assert_close(value, (untouched if name.startswith("heads.0.") else saved)[name], msg=name)
    assert torch.equal(learner.start["conv_head.weight"], untouched["backbone.conv_head.weight"])
    with pytest.raises(ModelError, match="holds no run"):
        checkpoint.take_over(data, learner)
    shallow = replace(RECIPE, tuned_stages=2)
    with pytest.raises(ModelError, match="set tuned_stages=4"):
        checkpoint.take_over(run, Learner(train_reader._new_reader(weights, smaller, shallow), shallow, smaller, 1))


def test_frozen_stages_stay_and_the_backbone_ends_part_of_the_way(run: Path) -> None:
    found = read_run(run)
    backbone = found.reader.backbone.state_dict()
    expected = interpolated(found.start, found.tuned, RECIPE.interpolation)
    for name, value in expected.items():
        torch.testing.assert_close(backbone[name], value)
    assert torch.equal(found.start["blocks.1.0.conv_pw.weight"], found.tuned["blocks.1.0.conv_pw.weight"])
    assert not torch.equal(found.start["blocks.5.0.conv_pw.weight"], found.tuned["blocks.5.0.conv_pw.weight"])


def test_types_are_expected_as_shops_sell_them(run: Path) -> None:
    trained = read_run(run)
    before = [head.bias.detach().clone() for head in trained.reader.heads]
    expect_as_sold(trained)
    heads = zip(trained.vocabulary.attributes, trained.reader.heads, before, strict=True)
    for number, (entry, head, bias) in enumerate(heads):
        if entry.attribute != "type":
            assert torch.equal(head.bias, bias)
            continue
        moved = (head.bias - bias).detach()
        assert moved[-1] == 0
        learned = torch.tensor(entry.counts) * class_weights(trained.vocabulary)[number][:-1]
        expected = learned / learned.sum() * moved[:-1].exp()
        sold = torch.tensor([TYPE_SHARES[value] for value in entry.values])
        assert torch.allclose(expected, sold / sold.sum(), atol=1e-5)  # in all as likely as before, shared otherwise


def _projections(run: Run) -> Projections:
    random = np.random.default_rng(0)

    def any_projection(width: int, dimension: int) -> Projection:
        axes, mean = random.normal(size=(width, dimension)), random.normal(size=width)
        return Projection(mean.astype(np.float32), axes.astype(np.float32), 1.0)

    texture = np.stack([np.zeros(64), np.ones(64)]).astype(np.float32)
    return Projections(
        any_projection(1560 + 2 * PART_FEATURES, 512), (any_projection(PART_FEATURES, 128),) * 2, texture
    )


def test_the_onnx_file_gives_what_pytorch_gives(run: Path, tmp_path: Path) -> None:
    trained = read_run(run)
    projections = _projections(trained)
    session = OnnxSession(write_model(trained, projections, tmp_path / "reader.onnx"), threads=1)
    names = output_names(trained.vocabulary)
    assert session.outputs == tuple(names)
    assert session.inputs == ("pixels", "colour")
    for count in (1, 3):
        pixels = np.random.default_rng(count).integers(0, 256, (count, 64, 64, 3), np.uint8)
        colour = torch.nn.functional.normalize(torch.rand(count, 216), dim=1)
        with torch.inference_mode():
            expected = ExportedReader(trained.reader, projections, trained.recipe)(as_input(pixels), colour)
        inputs = {"pixels": as_input(pixels).contiguous().numpy(), "colour": colour.numpy()}
        for name, row, truth in zip(names, session.run_all(names, inputs), expected, strict=True):
            np.testing.assert_allclose(row, truth.numpy(), rtol=1e-3, atol=1e-3, err_msg=name)
        assert session.run_all(["parts"], inputs)[0].shape == (count, len(PartClass), 8, 8)


@pytest.mark.slow
def test_one_command_exports_calibrates_and_quantises(
    run: Path, data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("parure.training.export_reader.DIMENSION", 8)
    monkeypatch.setattr("parure.training.export_reader.PART_DIMENSION", 2)
    monkeypatch.setattr("parure.training.export_reader._SHOWN", -1.0)
    path = export_reader(data, tmp_path, read_run(run), photographs=40, told=_silent)
    fragment = json.loads(path.read_text())
    assert {"reader.onnx", "reader-int8.onnx"} == set(fragment["files"])
    assert (tmp_path / "reader-int8.onnx").stat().st_size < 0.7 * (tmp_path / "reader.onnx").stat().st_size
    assert {entry["attribute"] for entry in fragment["attributes"]} >= {"metal_colour", "stone_colour"}
    for entry in fragment["attributes"]:
        assert entry["temperature"] > 0
        assert entry["curve"]["true"] == sorted(entry["curve"]["true"])
    for figures in fragment["figures"].values():
        assert 0 <= figures["part_overlap"] <= 1
        assert figures["designs"] > 1


def test_shares_of_the_tuning_are_measured_on_real_photos_and_colour_alone_knows_no_tuning(
    run: Path, tmp_path: Path
) -> None:
    task = read_task(photos_in(tmp_path / "real"), side=RECIPE.export_side, half="all", cache=tmp_path)
    scores = measure_run(read_run(run), task)
    assert [score.tuned for score in scores] == [0.25, 0.5, 0.75, 1.0]
    assert all(score.low <= score.recall_at_1 <= score.high for score in scores)
    assert all(score.recall_at_1 <= score.recall_at_5 for score in scores)
    by_colour = measure_run(read_run(run), task, weight=1e6)
    assert len({(score.recall_at_1, score.recall_at_5) for score in by_colour}) == 1
    (kept,) = tmp_path.glob("real-*.npz")
    kept_at = kept.stat().st_mtime_ns
    read_task(tmp_path / "real", side=RECIPE.export_side, half="all", cache=tmp_path)
    assert kept.stat().st_mtime_ns == kept_at, "photos are decoded once"


def test_a_trial_has_a_name_and_changes() -> None:
    assert parse_trial("gem: pooling=gem rate=1e-4") == Trial("gem", ("pooling=gem", "rate=1e-4"))
    assert parse_trial("base") == Trial("base", ())
