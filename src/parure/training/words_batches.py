"""Which captions a step learns from: everything follows from the recipe's seed and the number of the step."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from parure.training.words_captions import Caption, choose_claims, word
from parure.training.words_facts import Claim, Told
from parure.training.words_phrases import Statement
from parure.training.words_recipe import TextRecipe
from parure.training.words_twins import BINDINGS, Values, rebound, replaced, values_seen, worded_pair
from parure.vision.words import tokenise

__all__ = ["Captioner", "Claims", "TextBatch"]

Mask = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class TextBatch:
    """`designs` (b,) positions; rows of the others are b captions, then their b twins: `tokens` (2b, 384), which
    designs a text is `right` for (2b, n), and which it may be (`alike`, (2b, n), holds `right` too)."""

    designs: NDArray[np.int64]
    tokens: NDArray[np.int64]
    right: Mask
    alike: Mask


class Claims:
    """What is true of many designs as one table, so that texts are judged by a product of matrices."""

    def __init__(self, all_told: Sequence[Told]) -> None:
        known = sorted(frozenset[Claim]().union(*(told.alike for told in all_told)))
        self._number = {claim: at for at, claim in enumerate(known)}
        self._true = self._table(told.true for told in all_told)
        self._alike = self._table(told.alike for told in all_told)

    def judge(self, captions: Sequence[Caption]) -> tuple[Mask, Mask]:
        """(q, n) each: every claim of the caption is true of the design; every claim is true or looks so."""
        stated = self._table(caption.claims for caption in captions)
        many = np.array([len(caption.claims) for caption in captions])[:, None]
        return stated @ self._true.T == many, stated @ self._alike.T == many

    def _table(self, claims: Iterable[frozenset[Claim]]) -> NDArray[np.float32]:
        rows = list(claims)
        table = np.zeros((len(rows), len(self._number)), np.float32)
        for at, row in enumerate(rows):
            table[at, [self._number[claim] for claim in row if claim in self._number]] = 1
        return table


class Captioner:
    """`batch(step)` writes captions of some designs, each with a twin that is false."""

    def __init__(self, all_told: Sequence[Told], recipe: TextRecipe) -> None:
        self._told = tuple(all_told)
        self._recipe = recipe
        self._values: Values = values_seen(self._told)
        self._claims = Claims(self._told)

    def batch(self, step: int) -> TextBatch:
        random = np.random.default_rng([self._recipe.seed, 1, step])
        designs = random.choice(len(self._told), self._recipe.batch, replace=len(self._told) < self._recipe.batch)
        pairs = [self._pair(self._told[at], random) for at in designs]
        captions = [right for right, _ in pairs] + [wrong for _, wrong in pairs]
        right, alike = self._claims.judge(captions)
        return TextBatch(designs, tokenise([caption.text for caption in captions]), right, alike)

    def _pair(self, told: Told, random: Generator) -> tuple[Caption, Caption]:
        """A caption and its twin; where no twin is found, an empty text that claims what nothing has."""
        statement = choose_claims(told, random)
        pair = self._bound(statement, told, random) if random.random() < self._recipe.bound_share else None
        if pair is None:
            wrong = replaced(statement, told, self._values, random)
            pair = (statement, wrong) if wrong is not None else None
        if pair is not None:
            return worded_pair(*pair, random)
        return word(statement, random), Caption("", frozenset({("nothing", "said")}))

    def _bound(self, statement: Statement, told: Told, random: Generator) -> tuple[Statement, Statement] | None:
        for at in random.permutation(len(BINDINGS)):
            pair = rebound(statement, told, BINDINGS[at])
            if pair is not None:
                return pair
        return None
