"""Lines about styles -> one record per style, and where the sources disagree. One bucket at a time, in Polars.

Only the fields on which rows differ are looked at one by one; all others are decided in one sweep.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from parure.curate.sheets_conflicts import Resolver, distinct
from parure.curate.sheets_layout import Layout
from parure.curate.sheets_polars import pl
from parure.curate.sheets_target import SOURCES_COLUMN, Kind
from parure.curate.sheets_values import FieldConflict, SheetFault, Statement

__all__ = ["Merged", "merge_bucket"]

_SHOWN = 4


@dataclass(frozen=True)
class Merged:
    """`records` has a text column per field of the layout and `SOURCES_COLUMN`, sorted by style code.

    `styles` and `only_here` count per source, by its number.
    """

    records: pl.DataFrame
    conflicts: tuple[FieldConflict, ...]
    apart: tuple[SheetFault, ...]
    styles: dict[int, int]
    only_here: dict[int, int]


def merge_bucket(cells: pl.DataFrame, layout: Layout) -> Merged:
    cells, apart = _with_styles(cells, layout)
    ranks = pl.DataFrame(
        [(field, source, rank) for field, row in enumerate(layout.ranks) for source, rank in enumerate(row)],
        schema={"field": pl.UInt16, "source": pl.UInt16, "rank": pl.UInt16},
        orient="row",
    )
    cells = cells.join(ranks, on=["field", "source"], how="left").sort(
        "key", "field", "rank", "row", maintain_order=True
    )
    photos = pl.col("field") == layout.number("photos")
    values = _union(cells.filter(photos))
    decided, conflicts = _decide(cells.filter(~photos), layout)
    knowing = _sources(cells, layout)
    known = knowing.explode("source").group_by("source").len()
    alone = knowing.filter(pl.col("source").list.len() == 1).explode("source").group_by("source").len()
    return Merged(
        _records(pl.concat([decided, values]), knowing, layout),
        conflicts,
        apart,
        dict(known.rows()),
        dict(alone.rows()),
    )


def _with_styles(cells: pl.DataFrame, layout: Layout) -> tuple[pl.DataFrame, tuple[SheetFault, ...]]:
    """With `key`: the loose one, but where a source holds two styles of it, the strict one keeps them apart."""
    codes = cells.filter(pl.col("field") == layout.number("style_code"))
    unsafe = codes.group_by("loose", "source").agg(pl.col("strict").n_unique(), "value", "row")
    unsafe = unsafe.filter(pl.col("strict") > 1).sort("loose", "source")
    faults = []
    for source, values, rows in unsafe.select("source", "value", "row").iter_rows():
        name = layout.sources[source]
        names = ", ".join(dict.fromkeys(values[:_SHOWN]))
        why = f"{name}: {names} (row {', '.join(map(str, rows[:_SHOWN]))}) differ only by leading zeros or by letters "
        why += "that look alike. They were kept apart; if they are one style, write it in one way."
        faults.append(SheetFault(name, "codes_alike", why, rows[0]))
    key = pl.when(pl.col("loose").is_in(unsafe["loose"].to_list())).then(pl.col("strict")).otherwise(pl.col("loose"))
    return cells.with_columns(key=key), tuple(faults)


def _union(photos: pl.DataFrame) -> pl.DataFrame:
    """Photos that any source names, each once."""
    once = photos.unique(["key", "same"], keep="first", maintain_order=True)
    return once.group_by("key", "field", maintain_order=True).agg(pl.col("value").str.join("; "))


def _decide(cells: pl.DataFrame, layout: Layout) -> tuple[pl.DataFrame, tuple[FieldConflict, ...]]:
    grouped = cells.group_by("key", "field", maintain_order=True)
    first = grouped.agg(pl.col("value").first(), several=pl.col("same").n_unique() > 1)
    codes = first.filter(pl.col("field") == layout.number("style_code")).select("key", style="value")
    disputed = (
        cells.join(first.filter("several").select("key", "field"), on=["key", "field"], how="semi")
        .group_by("key", "field", maintain_order=True)
        .agg("source", "row", "value", "same", "written")
        .join(codes, on="key", how="left", maintain_order="left")
    )
    winners, conflicts = [], []
    for key, field, conflict in _resolved(disputed, layout):
        winners.append((key, field, conflict.won.value))
        if conflict.lost:
            conflicts.append(conflict)
    schema = {"key": pl.String, "field": pl.UInt16, "value": pl.String}
    won = pl.DataFrame(winners, schema=schema, orient="row")
    return first.drop("several").update(won, on=["key", "field"]), tuple(conflicts)


def _resolved(disputed: pl.DataFrame, layout: Layout) -> Iterator[tuple[str, int, FieldConflict]]:
    resolver = Resolver(layout.taxonomy)
    columns = ("key", "field", "style", "source", "row", "value", "same", "written")
    for key, field, style, sources, rows, values, same, written in disputed.select(columns).iter_rows():
        stated = [
            Statement(layout.sources[source], row, value, text or value)
            for source, row, value, text in zip(sources, rows, values, written, strict=True)
        ]
        yield key, field, resolver.resolve(style, layout.fields[field], distinct(stated, same))


def _sources(cells: pl.DataFrame, layout: Layout) -> pl.DataFrame:
    """[key, source: list] of the sources that know a style, in the order of the map."""
    codes = cells.filter(pl.col("field") == layout.number("style_code"))
    return codes.group_by("key").agg(pl.col("source").unique().sort())


def _records(values: pl.DataFrame, knowing: pl.DataFrame, layout: Layout) -> pl.DataFrame:
    names: Sequence[str] = [target.field for target in layout.fields]
    named = values.with_columns(pl.col("field").replace_strict(dict(enumerate(names)), return_dtype=pl.String))
    wide = named.pivot(on="field", on_columns=names, index="key", values="value")
    texts = pl.col("source").list.eval(
        pl.element().replace_strict(dict(enumerate(layout.sources)), return_dtype=pl.String)
    )
    wide = wide.join(knowing.select("key", texts.list.join("; ").alias(SOURCES_COLUMN)), on="key", how="left")
    price = pl.col(Kind.PRICE.value).str.split(" ")
    wide = wide.with_columns(
        price.list.get(0, null_on_oob=True).alias(Kind.PRICE.value),
        price.list.get(1, null_on_oob=True).alias(Kind.CURRENCY.value),
    )
    return wide.select(*names, SOURCES_COLUMN).cast(pl.String).sort("style_code")
