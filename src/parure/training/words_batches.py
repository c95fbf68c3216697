"""Which captions a step learns from: everything follows from the recipe's seed and the number of the step."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from parure.render.captions.claims import Claims
from parure.render.captions.facts import Claim, Told
from parure.render.captions.phrases import Statement
from parure.render.captions.twins import (
    BINDINGS,
    Values,
    grafted,
    imagined,
    rebound,
    replaced,
    values_seen,
    worded_pair,
)
from parure.render.captions.wording import choose_claims, claims_of
from parure.training.words_recipe import TextRecipe
from parure.vision.words import tokenise

__all__ = ["Captioner", "Statements", "TextBatch"]

Mask = NDArray[np.bool_]
Pair = tuple[Statement, Statement]  # true, and its twin that is not


@dataclass(frozen=True, eq=False)
class Statements:
    """`designs` (b,) positions; the rows of the others are b statements, then their b twins: what each states, which
    designs it is `right` for (2b, n), and which it may be (`alike`, (2b, n), holds `right` too)."""

    designs: NDArray[np.int64]
    stated: tuple[frozenset[Claim], ...]
    right: Mask
    alike: Mask


@dataclass(frozen=True, eq=False)
class TextBatch:
    """The same in words: `tokens` (2b, 384)."""

    statements: Statements
    tokens: NDArray[np.int64]


class Captioner:
    """`batch(step)` writes captions of some designs, each with a twin that is false.

    Some captions are imagined: true of no design, they teach only what the teacher says of them.
    """

    def __init__(self, all_told: Sequence[Told], recipe: TextRecipe, claims: Claims) -> None:
        self._told = tuple(all_told)
        self._recipe = recipe
        self._values: Values = values_seen(self._told)
        self._claims = claims
        self._able = {
            binding: [at for at, told in enumerate(self._told) if rebound({}, told, binding)] for binding in BINDINGS
        }

    def batch(self, step: int) -> TextBatch:
        random = np.random.default_rng([self._recipe.seed, 1, step])
        designs, pairs = self._drawn(random)
        texts = [worded_pair(*pair, random) for pair in pairs]
        tokens = tokenise([right.text for right, _ in texts] + [wrong.text for _, wrong in texts])
        return TextBatch(self._judged(designs, pairs), tokens)

    def statements(self, step: int) -> Statements:
        """The same without words."""
        return self._judged(*self._drawn(np.random.default_rng([self._recipe.seed, 2, step])))

    def _drawn(self, random: Generator) -> tuple[NDArray[np.int64], list[Pair]]:
        """Designs of which something can be said that has a twin."""
        designs: list[int] = []
        pairs: list[Pair] = []
        while len(pairs) < self._recipe.batch:
            at, pair = self._bound(random) if random.random() < self._recipe.bound_share else self._other(random)
            if pair is not None:
                designs.append(at)
                pairs.append(pair)
        return np.array(designs, np.int64), pairs

    def _judged(self, designs: NDArray[np.int64], pairs: Sequence[Pair]) -> Statements:
        stated = tuple(claims_of(pair[side]) for side in (0, 1) for pair in pairs)
        return Statements(designs, stated, *self._claims.judge_claims(stated))

    def _bound(self, random: Generator) -> tuple[int, Pair | None]:
        """All bindings alike often: few designs have side stones, and from those they must be learned."""
        binding = BINDINGS[int(random.integers(len(BINDINGS)))]
        able = self._able[binding]
        at = able[int(random.integers(len(able)))] if able else int(random.integers(len(self._told)))
        statement = choose_claims(self._told[at], random)
        if random.random() < self._recipe.imagined_share:
            return at, imagined(statement, binding, self._values, random)
        return at, rebound(statement, self._told[at], binding)

    def _other(self, random: Generator) -> tuple[int, Pair | None]:
        """A twin with something of another design, or with one value exchanged."""
        at, beside = (int(number) for number in random.integers(len(self._told), size=2))
        statement = choose_claims(self._told[at], random)
        wrong = grafted(statement, self._told[at], self._told[beside], random) if random.random() < 0.5 else None
        wrong = wrong or replaced(statement, self._told[at], self._values, random)
        return at, ((statement, wrong) if wrong is not None else None)
