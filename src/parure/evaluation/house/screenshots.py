"""Phone screenshots of the sample shop: does a search by one find the product among the first three?

Unusual: every search is run twice, with the photo of the screenshot in the shop and without it. The second asks more:
that another photo of the piece is found.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from parure import images
from parure.evaluation.bootstrap import numbered, share
from parure.evaluation.figures import Baseline, Failure, Line, Section
from parure.evaluation.house.bench import Bench
from parure.evaluation.search_lists import gallery_crowding
from parure.evaluation.seeing import chunks, see
from parure.evaluation.thumbnails import SHEET, thumbnail_of
from parure.render.photograph import Scene, screenshot
from parure.sample import shop_path
from parure.search.crowding import put_in_order
from parure.vision import Encoder, Pixels, Vectors
from parure.vision.analysis import WHOLE, Analyser

__all__ = ["ShopPhoto", "measure", "product_ranks", "shop_photos", "some_screenshots"]

ID, TITLE = "screenshots", "Phone screenshots of the sample shop"
AIM = 0.95
COUNT, SCREEN, OTHERS, FIRST = 100, 780, 4, 3
_SALT = 7_003

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class ShopPhoto:
    path: Path
    product: str


def shop_photos(folder: Path) -> list[ShopPhoto]:
    with (folder / "products.csv").open(encoding="utf-8", newline="") as sheet:
        rows = list(csv.DictReader(sheet))
    named = ((row["style_code"], name) for row in rows for name in row["photos"].split(";"))
    return [ShopPhoto(folder / "photos" / name, product) for product, name in named]


def measure(bench: Bench) -> Section:
    photos = shop_photos(shop_path())
    pictures = [_decoded(photo.path, bench.side) for photo in photos]
    shown, screens = some_screenshots(pictures, COUNT)
    products = numbered([photo.product for photo in photos])
    own = _ranks(bench, bench.model, pictures, screens, shown=shown, products=products)
    others = {model.version: _ranks(bench, model, pictures, screens, shown=shown, products=products)
              for model in bench.baselines}  # fmt: skip
    told = [*own.items()]
    told += [(f"{version}, {way}", ranks) for version, found in others.items() for way, ranks in found.items()]
    lines = (
        _line(f"found in the first {FIRST}", {way: ranks[0] for way, ranks in told}, AIM),
        _line("the same, its photo left out of the shop", {way: ranks[1] for way, ranks in told}, None),
    )
    ranks = next(iter(own.values()))[0]
    note = (
        f"{COUNT} screenshots of {SCREEN} pixels width against {len(photos)} photos of {products.max() + 1} products."
    )
    right = [pictures[place] for place in shown]
    return Section(ID, TITLE, lines, notes=(note,), failures=_failures(screens, ranks, right))


def some_screenshots(pictures: Sequence[Pixels], count: int) -> tuple[list[int], list[Pixels]]:
    """Which photo is shown large, and the screens; the same for the same pictures."""
    shown, screens = [], []
    for number in range(count):
        random = np.random.default_rng([_SALT, number])
        main, *rest = (int(place) for place in random.choice(len(pictures), 1 + OTHERS, replace=False))
        scenes = [Scene(pictures[place], np.zeros(pictures[place].shape[:2], np.uint8), ()) for place in (main, *rest)]
        shown.append(main)
        screens.append(screenshot(scenes[0], scenes[1:], random, width=SCREEN).pixels)
    return shown, screens


def product_ranks(
    scores: NDArray[np.floating], products: NDArray[np.intp], right: Sequence[int], *, without: Sequence[int] | None
) -> Floats:
    """(q,) place of the product `right[q]` among all products, each as near as its best photo; `scores` is (q, n).

    `without` leaves one photo per query out of the shop. A product that ties is counted half before the right one.
    """
    values = np.array(scores, np.float64)
    if without is not None:
        values[np.arange(len(values)), list(without)] = -np.inf
    best = np.stack([values[:, products == number].max(axis=1) for number in range(int(products.max()) + 1)], axis=1)
    mine = best[np.arange(len(best)), list(right)][:, None]
    return np.asarray(1 + (best > mine).sum(axis=1) + ((best == mine).sum(axis=1) - 1) / 2, np.float64)


def _ranks(
    bench: Bench, model: Encoder, pictures: Sequence[Pixels], screens: Sequence[Pixels], *,
    shown: Sequence[int], products: NDArray[np.intp],
) -> dict[str, tuple[Floats, Floats]]:  # fmt: skip
    """By way of searching: ranks with all photos in the shop, and without the one that is shown."""
    with bench.stage(f"Screenshots, {model.version}") as progress:
        total = len(pictures) + len(screens)
        (gallery,) = see([model], chunks(iter(pictures)), told=lambda done: progress(done, total))
        (asked,) = see([model], chunks(iter(screens)), told=lambda done: progress(len(pictures) + done, total))
    ways = {"whole image": asked.vectors}
    if isinstance(model, Analyser):
        ways = {"with the piece found": asked.vectors, "whole image": _whole(model, screens)}
    right = [int(products[place]) for place in shown]
    crowded = gallery_crowding(gallery.vectors, products)
    scores = {way: put_in_order(rows @ gallery.vectors.T, crowded) for way, rows in ways.items()}
    return {
        way: (product_ranks(each, products, right, without=None), product_ranks(each, products, right, without=shown))
        for way, each in scores.items()
    }


def _line(what: str, ranks: Mapping[str, Floats], aim: float | None) -> Line:
    (way, first), *rest = [(name, share(found <= FIRST)) for name, found in ranks.items()]
    return Line(f"{what} ({way})", first, tuple(Baseline(name, figure) for name, figure in rest), aim)


def _whole(model: Analyser, screens: Sequence[Pixels]) -> Vectors:
    return np.stack([model.read_region(screen, WHOLE).reading.embedding for screen in screens]).astype(np.float32)


def _decoded(path: Path, side: int) -> Pixels:
    return images.decode(path.read_bytes(), shrink_to=side).pixels


def _failures(screens: Sequence[Pixels], ranks: Floats, right: Sequence[Pixels]) -> tuple[Failure, ...]:
    worst = [int(place) for place in np.argsort(-ranks, kind="stable")[:SHEET] if ranks[place] > FIRST]
    return tuple(
        Failure((thumbnail_of(screens[place], "asked"), thumbnail_of(right[place], f"right, place {ranks[place]:.0f}")))
        for place in worst
    )
