"""The tower on designs it never saw, beside chance and what is done without it: reading the words with the vocabulary.

`attributes` reads a caption into wanted values and asks each picture for them, where a picture has the values of its
nearest training pictures. `tags` asks the true values: what a catalogue without a single gap or error would reach.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

import numpy as np
from numpy.typing import NDArray

from parure.evaluation.words import binding_accuracy, measure_text_retrieval
from parure.render.captions.claims import Claims
from parure.render.captions.facts import Claim, Told
from parure.render.captions.twins import BINDINGS, rebound, worded_pair
from parure.render.captions.wording import Caption, choose_claims, word
from parure.taxonomy import parse
from parure.training.words_bank import Bank
from parure.vision.base import Vectors, unit_rows

__all__ = ["EncodeTexts", "measure_tower"]

EncodeTexts = Callable[[Sequence[str]], NDArray[np.float32]]
Floats = NDArray[np.floating]
Score = Callable[[Sequence[str]], Floats]
Beliefs = Sequence[Mapping[Claim, float]]  # of each picture, how sure each value is

_SEED = 7
_CAPTIONS = 3  # of each design
_CROWD = 1000
_PAIRS = 2  # of each design and binding
_NEIGHBOURS = 10


def measure_tower(encode: EncodeTexts, train: Bank, held: Bank) -> dict[str, Any]:
    """Figures for `words.json`: finding among the first pictures of the held designs, and binding."""
    pictures = np.ascontiguousarray(held.vectors[:, 0])
    shop = np.ascontiguousarray(held.vectors[:, -1])
    tags: list[dict[Claim, float]] = [dict.fromkeys(told.true, 1.0) for told in held.told]
    near = _borrowed(pictures, train)
    scorers: dict[str, Score] = {
        "tower": lambda texts: _unit(encode(texts)) @ pictures.T,
        "attributes": lambda texts: _asked(texts, near),
        "tags": lambda texts: _asked(texts, tags),
    }
    in_shops: dict[str, Score] = {"tower": lambda texts: _unit(encode(texts)) @ shop.T}
    return {
        "designs": len(held.told),
        "trained_on": len(train.told),
        "retrieval": _retrieval(scorers, held.told),
        "retrieval_on_shop_pictures": _retrieval(in_shops, held.told),
        "retrieval_in_a_crowd": _retrieval(*_crowded(encode, held, train), asked=len(held.told)),
        "binding": _binding(scorers, held),
    }


def _crowded(encode: EncodeTexts, held: Bank, train: Bank) -> tuple[dict[str, Score], tuple[Told, ...]]:
    """The held designs among so many that there are a thousand: training designs, which the tower knows too well."""
    more = max(0, _CROWD - len(held.told))
    crowd = np.concatenate([held.vectors[:, 0], train.vectors[:more, 0]])
    return {"tower": lambda texts: _unit(encode(texts)) @ crowd.T}, held.told + train.told[:more]


def _retrieval(scorers: Mapping[str, Score], all_told: Sequence[Told], *, asked: int | None = None) -> dict[str, Any]:
    random, asked = np.random.default_rng(_SEED), asked or len(all_told)
    own = np.repeat(np.arange(asked), _CAPTIONS)
    captions = [word(choose_claims(all_told[int(at)], random), random) for at in own]
    right, _ = Claims(all_told).judge(captions)
    texts = [caption.text for caption in captions]
    scores = {name: score(texts) for name, score in scorers.items()}
    sizes = np.array([len(caption.claims) for caption in captions])
    groups = {"all": sizes > 0, "1-3 stated": sizes <= 3, "4 or more stated": sizes >= 4}
    return {
        group: {
            name: _plain(asdict(measure_text_retrieval(name, found[chosen], own[chosen], right[chosen], asked=asked)))
            for name, found in scores.items()
        }
        for group, chosen in groups.items()
        if chosen.any()
    }


def _binding(scorers: Mapping[str, Score], held: Bank) -> dict[str, Any]:
    random = np.random.default_rng(_SEED + 1)
    pairs: list[tuple[Caption, Caption]] = []
    own, kinds = [], []
    for at, told in enumerate(held.told):
        for binding in BINDINGS:
            for _ in range(_PAIRS):
                found = rebound(choose_claims(told, random), told, binding)
                if found is not None:
                    pairs.append(worded_pair(*found, random))
                    own.append(at)
                    kinds.append(binding)
    rows, design, kind = np.arange(len(pairs)), np.array(own), np.array(kinds)
    found_by = {}
    for name, score in scorers.items():
        right, wrong = (score([pair[side].text for pair in pairs])[rows, design] for side in (0, 1))
        groups = {"all": kind != ""} | {str(each): kind == each for each in BINDINGS}
        found_by[name] = {
            group: {
                "pairs": int(chosen.sum()),
                **asdict(binding_accuracy(right[chosen], wrong[chosen], design[chosen])),
            }
            for group, chosen in groups.items()
            if chosen.any()
        }
    return found_by


def _borrowed(pictures: Vectors, train: Bank) -> Beliefs:
    """What each picture seems to be: the claims of its nearest training pictures, by their share among them."""
    views = train.vectors.shape[1]
    similar = pictures @ train.vectors.reshape(-1, train.vectors.shape[2]).T
    nearest = np.argsort(-similar, axis=1)[:, :_NEIGHBOURS] // views
    beliefs = []
    for row in nearest:
        shares: dict[Claim, float] = {}
        for at in row:
            for claim in train.told[at].true:
                shares[claim] = shares.get(claim, 0.0) + 1 / _NEIGHBOURS
        beliefs.append(shares)
    return beliefs


def _asked(texts: Sequence[str], beliefs: Beliefs) -> Floats:
    """(q, n): how much of what a sentence wants each picture is believed to have."""
    scores = np.zeros((len(texts), len(beliefs)))
    for row, text in enumerate(texts):
        for wanted in parse(text).wanted:
            sign = -1.0 if wanted.excluded else 1.0
            claims = [(wanted.attribute, value) for value in wanted.values]
            scores[row] += [sign * max(believed.get(claim, 0.0) for claim in claims) for believed in beliefs]
    return scores


def _unit(rows: NDArray[np.float32]) -> Vectors:
    return unit_rows(rows, rows.shape[1])


def _plain(raw: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in raw.items() if name != "method"}
