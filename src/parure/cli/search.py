"""`parure search`: by picture, by words, by both, or by a piece one already has."""

from __future__ import annotations

import time
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from parure.cli.console import print_json, print_table, say
from parure.errors import ImageError, QueryError

if TYPE_CHECKING:
    from parure.search import Query, Selection
    from parure.web.catalogue.finder import Result, Results

__all__ = ["command", "print_results"]


@click.command()
@click.option("--image", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="A picture of the piece.")
@click.option("--text", default="", help='Words: "rose gold hoops under 300".')
@click.option("--like", metavar="STYLE_CODE", help="More like this product.")
@click.option(
    "--filter", "filters", multiple=True, metavar="NAME=VALUE",
    help="Only products with this value; several for one name mean any of them; NAME=!VALUE excludes; price=200-500.",
)  # fmt: skip
@click.option("--limit", type=click.IntRange(1, 200), default=10, show_default=True)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def command(
    image: Path | None, text: str, like: str | None, filters: tuple[str, ...], limit: int, as_json: bool
) -> None:
    """Search by picture, by words, or by both. Without either it lists what passes the filters."""
    from parure.web.setup import prepare

    prepare()
    from parure.web.catalogue.finder import find
    from parure.web.catalogue.finder import like as find_like
    from parure.web.catalogue.products import find_product
    from parure.web.catalogue.runtime import runtime

    started = time.perf_counter()
    query = _query(image, text, _selection(filters), limit)
    try:
        results = find_like(find_product(like), query) if like else find(query)
    finally:
        runtime().close()
    if as_json:
        print_json(_as_json(results))
    else:
        print_results(results, seconds=time.perf_counter() - started)


def _query(image: Path | None, text: str, selection: Selection, limit: int) -> Query:
    from parure import images
    from parure.search import Query
    from parure.web.catalogue.finder import query_side
    from parure.web.catalogue.photos import limits

    pixels = None
    if image is not None:
        try:
            pixels = images.decode(image.read_bytes(), limits=limits(), shrink_to=query_side()).pixels
        except ImageError as error:
            raise ImageError(error.reason, f"{image}: {error}") from error
    return Query(image=pixels, text=text, selection=selection, limit=limit)


def _selection(filters: tuple[str, ...]) -> Selection:
    from parure import taxonomy
    from parure.search import Selection

    given: dict[str, list[str]] = {}
    for text in filters:
        name, equals, value = text.partition("=")
        if not (equals and name.strip() and value.strip()):
            raise QueryError(f"--filter {text!r} is not NAME=VALUE, such as metal_colour=rose.")
        given.setdefault(name.strip(), []).append(value.strip())
    return Selection.chosen(given, taxonomy.load())


def print_results(results: Results, *, seconds: float | None = None) -> None:
    """A table of products, and how the words were understood."""
    understood = _understood(results)
    if understood:
        say(f"Understood as: {understood}", style="dim")
    if results.relaxed:
        say(f"Nothing meets every wish; given up: {_labels(results.dropped)}.", style="yellow")
    if not results.items:
        say("No product found. Try fewer words or filters, or `parure status` to see what is in the catalogue.")
        return
    rows = [(place, *_row(item)) for place, item in enumerate(results.items, start=1)]
    columns = ["#", "style code", "title", "price", "metal", "stone", "similarity"]
    print_table("", columns, rows, right=["#", "price", "similarity"])
    spent = sum(results.timings.values())
    say(f"{len(results.items)} of {results.total} products, {spent:.0f} ms", style="dim")
    told = [item.similarity for item in results.items if item.similarity is not None]
    if told != sorted(told, reverse=True) and not results.parsed:
        say("What is like many others comes later than its similarity alone would have it.", style="dim")


def _understood(results: Results) -> str:
    if results.parsed is None:
        return ""
    from parure import taxonomy

    words = taxonomy.load()
    parts = []
    for wanted in results.parsed.wanted:
        labels = [words.label(wanted.attribute, value) for value in wanted.values]
        shown = " or ".join(labels[:4]) + (" …" if len(labels) > 4 else "")
        parts.append(f"{words.attribute(wanted.attribute).label} {'not ' if wanted.excluded else ''}{shown}")
    low, high = results.parsed.price_low, results.parsed.price_high
    if low is not None or high is not None:
        parts.append(f"price {'' if low is None else low}–{'' if high is None else high}")
    if results.parsed.remainder:
        parts.append(f"words “{results.parsed.remainder}”")
    return ", ".join(parts)


def _labels(attributes: Iterable[str]) -> str:
    from parure import taxonomy

    words = taxonomy.load()
    return ", ".join(words.attribute(name).label if name in words.attributes else name for name in attributes).lower()


def _row(item: Result) -> tuple[object, ...]:
    product = item.product
    price = "" if product.price is None else f"{product.price:,.2f} {product.currency}"
    similarity = "" if item.similarity is None else f"{item.similarity:.3f}"
    return (
        product.style_code,
        product.title,
        price,
        _held(item, "metal_colour", "metal"),
        _held(item, "main_stone"),
        similarity,
    )


def _held(item: Result, *attributes: str) -> str:
    return " ".join(a.label for wanted in attributes for a in item.product.attributes if a.attribute == wanted)


def _as_json(results: Results) -> dict[str, Any]:
    return {
        "results": [
            {
                "style_code": item.product.style_code,
                "title": item.product.title,
                "price": None if item.product.price is None else str(item.product.price),
                "currency": item.product.currency,
                "similarity": item.similarity,
                "photo": item.photo.id if item.photo else None,
                "attributes": _attributes(item),
            }
            for item in results.items
        ],
        "total": results.total,
        "dropped": results.dropped,
        "understood": _understood(results),
        "timings_ms": dict(results.timings),
    }


def _attributes(item: Result) -> dict[str, list[str]]:
    held: dict[str, list[str]] = {}
    for attribute in item.product.attributes:
        held.setdefault(attribute.attribute, []).append(attribute.value)
    return held
