"""Labelled pairs for the verdict: searches of rendered designs, and of real photos whose products are known.

Every pair is a result of a search, as the product lists it, so that margins mean the same. Half of the searches are for
a piece that the catalogue does not hold: there the first result is wrong however near it is.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray
from PIL import Image

from parure.evaluation.made_photos import HeldOut
from parure.evaluation.real_photos import RealPhoto
from parure.evaluation.retrieval import SameProduct
from parure.evaluation.search_lists import Listed, gallery_crowding, list_results
from parure.evaluation.seeing import Sight
from parure.render.photograph import Scene, screenshot
from parure.render.truth.shown import shown_values
from parure.search.crowding import Sample, crowding
from parure.search.verdict import FEATURES, VerdictKind, features
from parure.vision import Pixels

__all__ = ["Pairs", "RenderedSearches", "changed", "real_pairs", "rendered_pairs", "what_it_is"]

_SALT = 7_007
_LIKE = ("metal_colour", "main_stone", "setting", "motif")
_ENOUGH = 2  # of these the same, in a piece of the same type: similar


@dataclass(frozen=True, eq=False)
class Pairs:
    """`rows` (n, 9) features, `kinds` what each pair is, `group` (n,) a number that pairs of one family share.

    Of real pairs only "same piece" and "other" are known.
    """

    rows: NDArray[np.float64]
    kinds: tuple[VerdictKind, ...]
    group: NDArray[np.intp]

    def chosen(self, wanted: NDArray[np.bool_]) -> Pairs:
        kept = tuple(kind for kind, keep in zip(self.kinds, wanted, strict=True) if keep)
        return Pairs(self.rows[wanted], kept, self.group[wanted])


@dataclass(frozen=True, eq=False)
class RenderedSearches:
    """Of n designs three pictures each: the one in the catalogue, that one changed, another view."""

    designs: HeldOut

    @property
    def count(self) -> int:
        return len(self.designs.records)

    def pictures(self) -> Iterator[Pixels]:
        """First all of the catalogue, then all changed ones, then all other views."""
        count = self.count
        yield from (self._catalogue(design) for design in range(count))
        for design in range(count):
            random = np.random.default_rng([_SALT, design])
            others = [self._catalogue(int(place)) for place in random.integers(count, size=2)]
            yield changed(self._catalogue(design), others, random)
        yield from (self.designs.photo(design, 1).scene.pixels for design in range(count))

    def _catalogue(self, design: int) -> Pixels:
        return self.designs.photo(design, 0).scene.pixels


def changed(pixels: Pixels, others: Sequence[Pixels], random: Generator) -> Pixels:
    """The same picture as it comes back: saved anew and smaller, cut at its edges, or on a phone's screen."""
    way = int(random.integers(3))
    if way == 0:
        return _saved(pixels, scale=float(random.uniform(0.5, 1.0)), quality=int(random.integers(35, 85)))
    if way == 1:
        height, width = pixels.shape[:2]
        top, bottom, left, right = (float(share) for share in random.uniform(0, 0.12, 4))
        cut = pixels[int(top * height) : height - int(bottom * height), int(left * width) : width - int(right * width)]
        return _saved(cut, scale=1.0, quality=90)
    scenes = [Scene(each, np.zeros(each.shape[:2], np.uint8), ()) for each in (pixels, *others)]
    return screenshot(scenes[0], scenes[1:], random, width=600).pixels


def rendered_pairs(searches: RenderedSearches, sight: Sight, *, most: int = 10) -> Pairs:
    """Results of a search by each changed picture and each other view, with the design in the catalogue and without.

    `sight` is of `searches.pictures()`.
    """
    count, records = searches.count, searches.designs.records
    shown = [shown_values(record) for record in records]
    family = [record.variant_of or record.id for record in records]
    catalogue = np.arange(3 * count)
    catalogue[count:] = -1
    crowded = crowding(sight.vectors, catalogue, Sample(sight.vectors[:count], np.arange(count)))
    found: list[tuple[Listed, VerdictKind]] = []
    for query in range(count, 3 * count):
        own, again = query % count, query < 2 * count
        for there in (True, False):
            scores = _scores(sight, query, slice(0, count))
            if not there:
                scores[own] = -np.inf
            for each in _listed(sight, query, scores, np.arange(count), crowded, most):
                kind = what_it_is(own, each.photo, family, shown, again=again)
                found.append((each, kind))
    numbers = {name: number for number, name in enumerate(sorted(set(family)))}
    groups = [numbers[family[each.query % count]] for each, _ in found]
    return Pairs(_rows([each for each, _ in found]), tuple(kind for _, kind in found), np.array(groups, np.intp))


def what_it_is(
    asked: int, result: int, family: Sequence[str], shown: Sequence[dict[str, str]], *, again: bool
) -> VerdictKind:
    """What a design is to the one that was asked for; `again` where the very picture was sent."""
    if asked == result:
        return VerdictKind.IDENTICAL if again else VerdictKind.SAME_PIECE
    if family[asked] == family[result]:
        return VerdictKind.VARIANT
    one, other = shown[asked], shown[result]
    alike = sum(one.get(name, "") == other.get(name, "") != "" for name in _LIKE)
    return VerdictKind.SIMILAR if one["type"] == other["type"] and alike >= _ENOUGH else VerdictKind.OTHER


def real_pairs(photos: Sequence[RealPhoto], asked: Sequence[int], sight: Sight, *, most: int = 10) -> Pairs:
    """Results of a search by each asking photo whose product has another one, with and without that product's photos.

    For measuring and for choosing thresholds; the model is never fitted on them.
    """
    task = SameProduct.from_products([photo.product for photo in photos])
    crowded = gallery_crowding(sight.vectors)
    found: list[tuple[Listed, VerdictKind]] = []
    for query in np.intersect1d(task.queries, np.asarray(asked, np.intp)):
        same = task.product == task.product[query]
        for there in (True, False):
            scores = _scores(sight, int(query), slice(None))
            scores[query if there else same] = -np.inf
            for each in _listed(sight, int(query), scores, task.product, crowded, most):
                found.append((each, VerdictKind.SAME_PIECE if same[each.photo] else VerdictKind.OTHER))
    groups = task.product[[each.query for each, _ in found]]
    return Pairs(_rows([each for each, _ in found]), tuple(kind for _, kind in found), groups)


def _scores(sight: Sight, query: int, gallery: slice) -> NDArray[np.float64]:
    return np.asarray(sight.vectors[gallery] @ sight.vectors[query], np.float64)


def _listed(
    sight: Sight, query: int, scores: NDArray[np.float64], product: NDArray[np.intp], crowded: NDArray[np.float64],
    most: int,
) -> list[Listed]:  # fmt: skip
    return list_results(
        query, scores, product, most=most,
        traits=(sight.traits[query], sight.traits), crowded=(float(crowded[query]), crowded[: len(scores)]),
    )  # fmt: skip


def _rows(listed: Sequence[Listed]) -> NDArray[np.float64]:
    return np.stack([features(each.evidence) for each in listed]) if listed else np.zeros((0, len(FEATURES)))


def _saved(pixels: Pixels, *, scale: float, quality: int) -> Pixels:
    image = Image.fromarray(np.ascontiguousarray(pixels))
    size = (max(16, round(image.width * scale)), max(16, round(image.height * scale)))
    stream = io.BytesIO()
    image.resize(size, Image.Resampling.BICUBIC).save(stream, "JPEG", quality=quality)
    with Image.open(stream) as again:
        return np.asarray(again.convert("RGB"))
