"""The text tower: numbers of `parure.vision.words` to a vector in the space of the pictures.

A word is the sum of its rows (itself and its runs of letters); two small transformer layers let words hear their
neighbours; several weighted means of them are joined and projected. Unusual: the first place always counts, so that a
text without words still gives a vector.
"""
# mypy: disallow-subclassing-any=False
# mypy: disable-error-code="no-any-return"

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional

from parure.training.words_recipe import TextRecipe
from parure.vision.words import ROWS, SLOTS, WORDS

__all__ = ["TextTower"]

_SPREAD = 0.05  # standard deviation of rows and places at the start
_FAR = -1e4  # logit of a place without a word


class TextTower(nn.Module):
    """`tokens` (n, 384) -> (n, dimension), not of length 1."""

    def __init__(self, recipe: TextRecipe) -> None:
        super().__init__()
        width = recipe.width
        self.rows = nn.Embedding(ROWS, width, padding_idx=0)
        self.places = nn.Parameter(_SPREAD * torch.randn(WORDS, width))
        self.start = nn.LayerNorm(width)
        self.layers = nn.ModuleList([_Layer(recipe) for _ in range(recipe.layers)])
        self.end = nn.LayerNorm(width)
        self.scores = nn.Linear(width, recipe.pools)
        self.project = nn.Linear(width * recipe.pools, recipe.dimension)
        self.drop = nn.Dropout(recipe.dropout)
        self.later: Tensor
        self.register_buffer("later", torch.tensor([0.0] + [_FAR] * (WORDS - 1)), persistent=False)
        with torch.no_grad():
            self.rows.weight[1:].normal_(0, _SPREAD)

    def forward(self, tokens: Tensor) -> Tensor:
        numbers = tokens.reshape(-1, WORDS, SLOTS)
        if self.training:  # what no text of the batch has room for need not be computed
            numbers = numbers[:, : max(1, int((numbers[:, :, 0] > 0).any(dim=0).sum()))]
        words = self.start(self.rows(numbers).sum(dim=2) + self.places[: numbers.shape[1]])
        empty = (numbers[:, :, 0] == 0).to(words.dtype)
        silence = empty * self.later[: numbers.shape[1]]  # (n, words), added to logits
        words = self.drop(words)
        for layer in self.layers:
            words = layer(words, silence)
        words = self.end(words)
        shares = (self.scores(words) + silence[:, :, None]).softmax(dim=1)
        pooled = shares.transpose(1, 2) @ words
        return self.project(self.drop(pooled.flatten(1)))


class _Layer(nn.Module):
    """Pre-norm attention and a two-layer network, each added to what came in."""

    def __init__(self, recipe: TextRecipe) -> None:
        super().__init__()
        width, inside = recipe.width, recipe.width * recipe.widening
        self.heads = recipe.heads
        self.before = nn.LayerNorm(width)
        self.asked = nn.Linear(width, 3 * width)
        self.told = nn.Linear(width, width)
        self.between = nn.LayerNorm(width)
        self.widen = nn.Linear(width, inside)
        self.narrow = nn.Linear(inside, width)
        self.drop = nn.Dropout(recipe.dropout)

    def forward(self, words: Tensor, silence: Tensor) -> Tensor:
        words = words + self.drop(self._attended(self.before(words), silence))
        inner = functional.gelu(self.widen(self.between(words)), approximate="tanh")
        return words + self.drop(self.narrow(inner))

    def _attended(self, words: Tensor, silence: Tensor) -> Tensor:
        count, width = words.shape[1], words.shape[2]
        split = self.asked(words).reshape(-1, count, 3, self.heads, width // self.heads)
        query, key, value = split.permute(2, 0, 3, 1, 4).unbind(0)
        logits = query @ key.transpose(-1, -2) * (width // self.heads) ** -0.5
        mixed = (logits + silence[:, None, None, :]).softmax(dim=-1) @ value
        return self.told(mixed.transpose(1, 2).reshape(-1, count, width))
