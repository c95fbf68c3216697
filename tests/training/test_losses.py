"""Losses against values worked out by hand, and gradients that point the right way."""

from __future__ import annotations

import math

import pytest

torch = pytest.importorskip("torch", reason='needs torch: pip install "parure[train]"')
pytest.importorskip("scipy", reason='needs scipy: pip install "parure[render]"')

from parure.training.losses import (  # noqa: E402
    attribute_loss,
    class_weights,
    drift_loss,
    part_loss,
    supervised_contrast,
    triplet_contrast,
)
from parure.training.vocabulary import AttributeValues, Vocabulary  # noqa: E402

DESIGN = torch.tensor([0, 0, 1, 1])


def _rows(*angles: float) -> torch.Tensor:
    turns = torch.tensor(angles, dtype=torch.float64) * math.pi / 180
    return torch.stack([turns.cos(), turns.sin()], dim=1)


def test_contrast_of_pairs_at_right_angles_is_the_logarithm_by_hand() -> None:
    """Each row: its partner at similarity 1, two others at 0: -log(e^2 / (e^2 + 2)) at temperature .5."""
    loss = supervised_contrast(_rows(0, 0, 90, 90), DESIGN, 0.5)
    assert float(loss) == pytest.approx(-math.log(math.e**2 / (math.e**2 + 2)))


def test_a_design_alone_in_the_batch_does_not_count() -> None:
    alone = torch.tensor([0, 0, 1, 2])
    loss = supervised_contrast(_rows(0, 0, 90, 90), alone, 1.0)
    assert float(loss) == pytest.approx(-math.log(math.e / (math.e + 2)))


@pytest.mark.parametrize("contrast", [supervised_contrast, triplet_contrast])
def test_contrast_pulls_photographs_of_a_design_together(contrast: object) -> None:
    rows = _rows(0, 50, 80, 130).requires_grad_(True)
    loss = contrast(rows, DESIGN, 0.2)  # type: ignore[operator]
    loss.backward()
    moved = torch.nn.functional.normalize((rows - 0.05 * rows.grad).detach(), dim=1)
    before = rows.detach()
    assert float((moved[0] * moved[1]).sum()) > float((before[0] * before[1]).sum())
    assert float(contrast(moved, DESIGN, 0.2)) < float(loss.detach())  # type: ignore[operator]


def test_gradients_of_contrast_agree_with_differences() -> None:
    rows = _rows(0, 40, 75, 130).requires_grad_(True)
    assert torch.autograd.gradcheck(lambda x: supervised_contrast(x, DESIGN, 0.3), (rows,))


def test_triplets_far_apart_cost_nothing_and_near_ones_the_margin() -> None:
    assert float(triplet_contrast(_rows(0, 0, 90, 90), DESIGN, 0.2)) == 0
    assert float(triplet_contrast(_rows(0, 0, 0, 0), DESIGN, 0.2)) == pytest.approx(0.2)


def test_attributes_count_known_targets_only() -> None:
    logits = torch.tensor([[2.0, 0.0], [0.0, 5.0]])
    targets = torch.tensor([[0, -1], [-1, -1]])
    loss = attribute_loss([logits, logits], targets, [torch.ones(2)] * 2, smoothing=0.0)
    assert float(loss) == pytest.approx(math.log(1 + math.exp(-2)))
    nothing = attribute_loss([logits], torch.tensor([[-1], [-1]]), [torch.ones(2)], smoothing=0.0)
    assert float(nothing) == 0


def test_rare_values_count_more_within_limits() -> None:
    vocabulary = Vocabulary((AttributeValues("type", ("a", "b", "c"), (1, 100, 400)),))
    (weights,) = class_weights(vocabulary)
    assert weights.tolist() == pytest.approx([4.0, 1.0, 0.5, 1.0])


def test_a_perfect_mask_costs_nothing_and_a_wrong_one_more_than_one() -> None:
    parts = torch.tensor([[[0, 1], [3, 3]]])
    right = 50.0 * torch.nn.functional.one_hot(parts, 9).movedim(-1, 1).float()
    assert float(part_loss(right, parts)) == pytest.approx(0, abs=1e-5)
    assert float(part_loss(right.roll(1, dims=1), parts)) > 1


def test_a_mask_of_ground_alone_is_told_that_a_prong_is_missing() -> None:
    """Cross entropy of the one lost cell is small; the overlap lost is that of half of the classes."""
    parts = torch.zeros(1, 8, 8, dtype=torch.long)
    parts[0, 0, 0] = 2
    ground = torch.zeros(1, 9, 8, 8)
    ground[:, 0] = 6.0
    logits = ground.clone().requires_grad_(True)
    loss = part_loss(logits, parts)
    loss.backward()
    assert float(loss.detach()) > 0.5
    assert logits.grad is not None
    assert float(logits.grad[0, 2, 0, 0]) < 0


def test_drift_is_one_minus_the_cosine() -> None:
    assert float(drift_loss(_rows(0, 0), _rows(0, 60))) == pytest.approx(0.25)
