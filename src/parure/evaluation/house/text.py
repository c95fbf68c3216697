"""Words to pictures: captions of unseen designs ask for their pictures, and pairs of captions whose words are bound
otherwise are told apart.

A caption is counted twice. It found its own design; or it found any of which all it says is true, since "a gold ring"
is right for many. The aim stands at both.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from parure.errors import MissingExtra, ParureError
from parure.evaluation.bootstrap import numbered
from parure.evaluation.figures import Baseline, Failure, Interval, Line, Section, Thumbnail
from parure.evaluation.house.bench import Bench, MadeSights
from parure.evaluation.retrieval import Figure
from parure.evaluation.thumbnails import SHEET, thumbnail_of
from parure.evaluation.words import binding_accuracy, measure_text_retrieval
from parure.render.dataset.store import Record
from parure.vision import Encoder, Vectors

__all__ = ["measure"]

ID, TITLE = "text", "Words to pictures (unseen designs)"
AIM_R10, AIM_BINDING = 0.60, 0.90
SEED = 7_005
_NAMES = {
    "metal_and_stone": "metal and stone",
    "centre_and_side": "centre and side stones",
    "cuts": "cuts",
    "colours": "stone colours",
    "metals": "two metals",
}


@dataclass(frozen=True, eq=False)
class _Asked:
    """One caption for each design that can still be built: `own` (q,) positions, `right` (q, n) where it is true."""

    captions: tuple[str, ...]
    own: NDArray[np.intp]
    right: NDArray[np.bool_]


@dataclass(frozen=True)
class _Pair:
    """A true caption of a design and its twin with the same words bound otherwise."""

    design: int
    binding: str
    right: str
    wrong: str


def measure(bench: Bench) -> Section:
    if not bench.model.supports_text:
        return Section(ID, TITLE, skipped=f"{bench.model.version} has no text tower.")
    made = bench.made_sights
    asked, pairs = _texts(made.designs.records)
    gallery = made.model.vectors[: made.count][asked.own]
    scores = bench.model.encode_texts(asked.captions) @ gallery.T
    found = measure_text_retrieval(bench.model.version, scores, np.arange(len(asked.own)), asked.right)
    lines = [
        Line("R@10, any design that fits", _interval(found.any_at_10, found.captions),
             (_chance(found.chance_any, found.captions),), AIM_R10),
        Line("R@10, the design it was written for", _interval(found.own_at_10, found.captions),
             (_chance(found.chance_own, found.captions),), AIM_R10),
        *_binding_lines(bench.model, made, pairs),
    ]  # fmt: skip
    median = f"median place of the own one {found.median_own_rank:.0f}"
    note = f"{found.captions} captions among {found.designs} pictures; {median}."
    return Section(ID, TITLE, tuple(lines), notes=(note,), failures=_failures(made, asked, scores))


def _texts(records: Sequence[Record]) -> tuple[_Asked, tuple[_Pair, ...]]:
    """Raises `MissingExtra` where designs cannot be built: what may be said of one follows from its parts."""
    try:
        return _written(records)
    except ModuleNotFoundError as error:
        raise MissingExtra("Writing captions of designs", "render") from error


def _written(records: Sequence[Record]) -> tuple[_Asked, tuple[_Pair, ...]]:
    from parure.render.captions.claims import Claims
    from parure.render.captions.facts import tell
    from parure.render.captions.twins import BINDINGS, rebound, worded_pair
    from parure.render.captions.wording import choose_claims, word

    own, all_told, captions, pairs = [], [], [], []
    for design, record in enumerate(records):
        try:
            told = tell(record)
        except ParureError:
            continue  # drawn by a family that has changed since: it can be seen, but not described
        random = np.random.default_rng([SEED, design])
        statement = choose_claims(told, random)
        own.append(design)
        all_told.append(told)
        captions.append(word(statement, random))
        for binding in BINDINGS:
            found = rebound(statement, told, binding)
            if found:
                right, wrong = worded_pair(*found, random)
                pairs.append(_Pair(design, binding, right.text, wrong.text))
    true, _ = Claims(all_told).judge(captions)
    texts = tuple(caption.text for caption in captions)
    return _Asked(texts, np.array(own, np.intp), np.asarray(true, np.bool_)), tuple(pairs)


def _binding_lines(model: Encoder, made: MadeSights, pairs: Sequence[_Pair]) -> list[Line]:
    if not pairs:
        return []
    right, wrong = (model.encode_texts([getattr(pair, name) for pair in pairs]) for name in ("right", "wrong"))
    seen = made.model.vectors[[pair.design for pair in pairs]]
    groups = numbered(made.designs.families())[[pair.design for pair in pairs]]
    kinds = np.array([pair.binding for pair in pairs])
    lines = [_binding("binding", (right, wrong, seen), groups, np.ones(len(pairs), np.bool_), aim=AIM_BINDING)]
    for kind in sorted(set(kinds)):
        lines.append(_binding(f"binding of {_NAMES.get(kind, kind)}", (right, wrong, seen), groups, kinds == kind))
    return lines


def _binding(
    what: str,
    rows: tuple[Vectors, Vectors, Vectors],
    groups: NDArray[np.intp],
    chosen: NDArray[np.bool_],
    *,
    aim: float | None = None,
) -> Line:
    right, wrong, seen = (each[chosen] for each in rows)
    figure = binding_accuracy((right * seen).sum(axis=1), (wrong * seen).sum(axis=1), groups[chosen])
    count = int(chosen.sum())
    return Line(what, _interval(figure, count), (_chance(0.5, count),), aim)


def _interval(figure: Figure, count: int) -> Interval:
    reach = 1.96 * figure.error
    return Interval(figure.value, max(0.0, figure.value - reach), min(1.0, figure.value + reach), count)


def _chance(value: float, count: int) -> Baseline:
    return Baseline("chance", Interval(value, value, value, count))


def _failures(made: MadeSights, asked: _Asked, scores: NDArray[np.floating]) -> tuple[Failure, ...]:
    """Captions whose first picture they are not true of, the surest first."""
    first = scores.argmax(axis=1)
    rows = np.arange(len(first))
    wrong = [int(row) for row in np.argsort(-scores[rows, first]) if not asked.right[row, first[row]]][:SHEET]
    return tuple(
        Failure((
            Thumbnail(b"", f"asked: {asked.captions[row]}"),
            thumbnail_of(_pixels(made, asked, int(first[row])), "came first"),
            thumbnail_of(_pixels(made, asked, row), "written for"),
        ))
        for row in wrong
    )  # fmt: skip


def _pixels(made: MadeSights, asked: _Asked, row: int) -> NDArray[np.uint8]:
    return made.designs.photo(int(asked.own[row]), 0).scene.pixels
