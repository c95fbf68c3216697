"""The tower learns, goes on where it was stopped, and its file gives what the network gives."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

INSTALL = 'needs torch: pip install "parure[train]"'
torch = pytest.importorskip("torch", reason=INSTALL)
pytest.importorskip("onnx", reason=INSTALL)
pytest.importorskip("scipy", reason="pieces are built with scipy")

from parure.errors import ModelError  # noqa: E402
from parure.render.captions.claims import Claims  # noqa: E402
from parure.training.words_bank import Bank, read_bank  # noqa: E402
from parure.training.words_batches import Captioner  # noqa: E402
from parure.training.words_export import export_tower, write_about  # noqa: E402
from parure.training.words_learner import Progress, TextLearner, train_tower  # noqa: E402
from parure.training.words_losses import difference_loss, matching_loss, twin_loss  # noqa: E402
from parure.training.words_measure import measure_tower  # noqa: E402
from parure.training.words_recipe import TextRecipe, read_text_recipe, write_text_recipe  # noqa: E402
from parure.training.words_teacher import Teacher, discriminants, refined  # noqa: E402
from parure.training.words_tower import TextTower  # noqa: E402
from parure.vision.base import unit_rows  # noqa: E402
from parure.vision.onnx_runtime import open_session  # noqa: E402
from parure.vision.words import tokenise  # noqa: E402
from tests.render.told_designs import told  # noqa: E402

SMALL = TextRecipe(width=32, layers=1, heads=2, pools=2, dimension=24, steps=6, batch=16, warm_up=2, teacher_steps=12)
TEXTS = ["oval sapphire with round diamonds", "round sapphire with oval diamonds", "", "ring " * 50]


@pytest.fixture(scope="module")
def bank() -> Bank:
    """Pictures that show what is told: each claim a direction, the sum of a design's, with a little noise."""
    random, designs = np.random.default_rng(0), told(20)
    claims = sorted(frozenset().union(*(one.true for one in designs)))
    directions = dict(zip(claims, random.normal(size=(len(claims), 24)), strict=True))
    sums = np.array([sum(directions[claim] for claim in sorted(one.true)) for one in designs])
    seen = np.stack([unit_rows(sums + random.normal(0, 0.3, sums.shape), 24) for _ in range(2)], axis=1)
    return Bank(designs, seen)


@pytest.fixture(scope="module")
def teacher(bank: Bank) -> Teacher:
    return discriminants(bank, Claims(bank.told))


def trained(bank: Bank, teacher: Teacher, checkpoint: Path, recipe: TextRecipe = SMALL) -> TextLearner:
    learner = TextLearner(bank, teacher, recipe)
    train_tower(learner, checkpoint, lambda _: None)
    return learner


def test_the_loss_falls(bank: Bank, teacher: Teacher) -> None:
    learner = TextLearner(bank, teacher, TextRecipe(**{**SMALL.__dict__, "steps": 24}))
    losses = [learner.learn() for _ in range(24)]
    assert np.mean(losses[-5:]) < 0.9 * np.mean(losses[:4])


def test_a_run_that_was_stopped_ends_as_one_that_was_not(bank: Bank, teacher: Teacher, tmp_path: Path) -> None:
    whole = trained(bank, teacher, tmp_path / "whole.pt")
    first = TextLearner(bank, teacher, SMALL)
    for _ in range(3):
        first.learn()
    first.save(tmp_path / "half.pt")
    second = trained(bank, teacher, tmp_path / "half.pt")
    for one, other in zip(whole.tower.parameters(), second.tower.parameters(), strict=True):
        assert torch.equal(one, other)


def test_the_same_seed_gives_the_same_tower_and_another_seed_another(
    bank: Bank, teacher: Teacher, tmp_path: Path
) -> None:
    runs = [
        trained(bank, teacher, tmp_path / f"{at}.pt", TextRecipe(**{**SMALL.__dict__, "seed": seed}))
        for at, seed in enumerate((0, 0, 1))
    ]
    one, again, other = (run.tower.project.weight for run in runs)
    assert torch.equal(one, again)
    assert not torch.equal(one, other)


def test_the_direction_of_a_claim_points_to_what_has_it(bank: Bank, teacher: Teacher) -> None:
    claims = teacher.claims
    shown = claims.true.sum(axis=0)
    for claim in (claim for at, claim in enumerate(claims.known) if 4 <= shown[at] <= 16):
        scores = bank.vectors[:, 0] @ teacher.vectors([frozenset({claim})])[0]
        having = claims.true[:, claims.known.index(claim)] > 0
        assert scores[having].mean() > scores[~having].mean()


def test_refining_makes_captions_find_their_pictures_better(bank: Bank, teacher: Teacher) -> None:
    statements = Captioner(bank.told, SMALL, teacher.claims).statements(99)
    captions = statements.stated[: SMALL.batch]
    better = refined(teacher, bank, TextRecipe(**{**SMALL.__dict__, "teacher_steps": 60, "teacher_rate": 0.02}))
    own = np.arange(SMALL.batch), statements.designs
    ranks = []
    for one in (teacher, better):
        scores = one.vectors(captions) @ bank.vectors[:, 0].T
        ranks.append(float((scores > scores[own][:, None]).sum(axis=1).mean()))
    assert ranks[1] < ranks[0]


def test_a_statement_of_unknown_claims_has_no_direction(teacher: Teacher) -> None:
    assert not teacher.vectors([frozenset({("type", "submarine")})]).any()


def test_a_batch_is_captions_that_are_true_and_twins_that_are_not(bank: Bank, teacher: Teacher) -> None:
    captioner, many = Captioner(bank.told, SMALL, teacher.claims), SMALL.batch
    batch, again = captioner.batch(4), captioner.batch(4)
    found, own = batch.statements, np.arange(many)
    assert np.array_equal(batch.tokens, again.tokens)
    drawn = found.right[own, found.designs]
    assert drawn.mean() > 0.5  # the others are imagined
    assert not found.alike[many + own[drawn], found.designs[drawn]].any()
    assert all(found.stated[at] != found.stated[many + at] for at in own)
    assert len(batch.tokens) == len(found.stated) == 2 * many


def test_the_file_gives_what_the_network_gives(tmp_path: Path) -> None:
    torch.manual_seed(0)
    tower = TextTower(TextRecipe())
    path = export_tower(tower, tmp_path / "words.onnx")
    session = open_session(path, threads=1)
    with torch.no_grad():
        wanted = tower(torch.from_numpy(tokenise(TEXTS))).numpy()
    found = session.run("embedding", {"tokens": tokenise(TEXTS)})
    assert session.inputs == ("tokens",)
    assert found.shape == (len(TEXTS), 512)
    assert np.abs(found - wanted).max() < 0.01 * np.abs(wanted).max()
    assert path.stat().st_size <= 6e6


def test_a_sentence_has_the_same_vector_alone_and_among_others() -> None:
    tower = TextTower(SMALL).eval()
    with torch.no_grad():
        among = tower(torch.from_numpy(tokenise(TEXTS)))
        alone = torch.cat([tower(torch.from_numpy(tokenise([text]))) for text in TEXTS])
    assert torch.allclose(among, alone, atol=1e-5)


def test_word_order_changes_the_vector_and_an_empty_text_has_one() -> None:
    torch.manual_seed(0)
    with torch.no_grad():
        rows = TextTower(SMALL).eval()(torch.from_numpy(tokenise(TEXTS))).numpy()
    rows = unit_rows(rows, 24)  # raises for a row without length
    assert rows[0] @ rows[1] < 0.9999


def test_room_that_no_text_needs_does_not_change_what_is_learned(bank: Bank) -> None:
    """While training, empty places are cut off; without dropout the vectors are those of the full room."""
    tower = TextTower(TextRecipe(**{**SMALL.__dict__, "dropout": 0.0}))
    tokens = torch.from_numpy(tokenise(TEXTS[:2]))
    with torch.no_grad():
        assert torch.allclose(tower.train()(tokens), tower.eval()(tokens), atol=1e-5)


def test_what_is_right_too_is_not_punished() -> None:
    logits = torch.tensor([[5.0, 5.0, -5.0]])
    both, one = torch.tensor([[True, True, False]]), torch.tensor([[True, False, False]])
    nothing = torch.zeros_like(one)
    weights = torch.ones(1, 3)
    assert matching_loss(logits, both, nothing, weights) < 0.001
    assert matching_loss(logits, one, nothing, weights) > 0.6
    assert matching_loss(logits, one, both & ~one, weights) < 0.001


def test_a_caption_that_nothing_fits_or_everything_fits_teaches_nothing() -> None:
    logits, weights = torch.randn(2, 3, requires_grad=True), torch.ones(2, 3)
    right = torch.tensor([[False] * 3, [True] * 3])
    loss = matching_loss(logits, right, torch.zeros_like(right), weights)
    loss.backward()
    assert loss.item() == 0
    assert float(logits.grad.abs().sum()) == 0


def test_a_twin_that_scores_like_its_caption_costs_the_logarithm_of_two() -> None:
    assert float(twin_loss(torch.zeros(3), torch.zeros(3))) == pytest.approx(np.log(2))


def test_a_small_difference_counts_as_much_as_a_large_one_and_none_costs_one() -> None:
    taught = torch.tensor([[5.0, 1.0], [5.0, 0.9]])
    same, opposite = torch.tensor([[3.0, 2.0], [3.0, 1.0]]), torch.tensor([[3.0, 1.0], [3.0, 2.0]])
    assert difference_loss(same, taught).item() == pytest.approx(0, abs=1e-5)
    assert difference_loss(opposite, taught).item() == pytest.approx(2, abs=1e-5)
    assert difference_loss(torch.ones(2, 2), taught).item() == pytest.approx(1)


def test_measuring_a_tower_of_noise_gives_chance_and_the_true_tags_much_more(bank: Bank) -> None:
    def noise(texts: list[str]) -> np.ndarray:
        return np.random.default_rng(0).normal(size=(len(texts), 24)).astype(np.float32)

    found = measure_tower(noise, bank.chosen(range(10)), bank)
    every = found["retrieval"]["all"]
    assert every["tower"]["own_at_10"]["value"] == pytest.approx(every["tower"]["chance_own"], abs=0.2)
    assert every["tags"]["own_at_10"]["value"] > 0.8
    assert 0.3 < found["binding"]["tower"]["all"]["value"] < 0.7


def test_about_names_the_file_it_describes(tmp_path: Path) -> None:
    path = tmp_path / "words.onnx"
    path.write_bytes(b"model")
    about = write_about(path, TextRecipe(), made={"encoder": "x"}, figures={"designs": 3}).read_text()
    assert '"encoder": "x"' in about
    assert "9372c470eeadd5ecd9c3c74c2b3cb633f8e2f2fad799250a0f70d652b6b825e4" in about


def test_a_recipe_comes_back_from_its_file_and_a_slip_in_it_is_named(tmp_path: Path) -> None:
    path = tmp_path / "recipe.json"
    write_text_recipe(SMALL, path)
    assert read_text_recipe(path) == SMALL
    path.write_text('{"stepz": 3}')
    with pytest.raises(ModelError, match="stepz"):
        read_text_recipe(path)


def test_a_bank_is_parted_by_designs_and_joined_again(bank: Bank) -> None:
    ids = {bank.told[3].id, bank.told[7].id, "other"}
    outside, inside = bank.parted(ids)
    assert [told.id for told in inside.told] == [bank.told[3].id, bank.told[7].id]
    assert np.array_equal(inside.vectors, bank.vectors[[3, 7]])
    joined = outside.with_more(inside)
    assert {told.id for told in joined.told} == {told.id for told in bank.told}
    assert len(outside.told) == len(bank.told) - 2


def test_a_folder_without_a_bank_is_named(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="no bank"):
        read_bank(tmp_path)


def test_progress_tells_rate_and_time_left() -> None:
    assert str(Progress(50, 100, 1.5, 0.6)) == "step 50/100  loss 1.500  1.67/s  0.5 min left"
