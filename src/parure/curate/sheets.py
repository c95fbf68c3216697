"""Several sheets that disagree -> one record per style, and a report that says who won and why.

    open     every source is opened, and its columns are checked, before anything is merged
    read     frames -> lines (style, field, value), in any order; a line that cannot be read is told
    merge    lines of one style -> one record, by precedence
    orphans  records against what the names of photos were read to mean
    write    one sheet, ready for `parure import`

A source that cannot be read stops the merge: without the sheet one trusts most, others would win in silence.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from parure.curate.names_archive import read_archive
from parure.curate.names_styles import KnownStyle, StyleIndex
from parure.curate.rules import Rules, default_rules
from parure.curate.sheets_cells import CellReader
from parure.curate.sheets_keys import SkuBook
from parure.curate.sheets_layout import Layout, layout_of
from parure.curate.sheets_map import SheetMap, Source
from parure.curate.sheets_merge import merge_bucket
from parure.curate.sheets_orphans import find_orphans
from parure.curate.sheets_polars import pl
from parure.curate.sheets_report import Report
from parure.curate.sheets_sources import Opened, Part, open_source
from parure.curate.sheets_store import CellStore, write_parquet
from parure.curate.sheets_target import SOURCES_COLUMN, Kind, Target
from parure.curate.sheets_values import MergeSummary, SheetFault, SourceSummary
from parure.curate.sheets_write import check_ending, replacing, write_records
from parure.errors import IntakeError, ParureError, SheetError

if TYPE_CHECKING:
    from parure.taxonomy import Taxonomy

__all__ = ["MergeOrder", "merge_sheets"]


@dataclass(frozen=True)
class MergeOrder:
    """`out` None: nothing but the report is written. `photos` None: orphans are not looked for."""

    plan: SheetMap
    out: Path | None = None
    report: Path | None = None
    photos: Sequence[str] | None = None
    rules: Rules | None = None
    without_broken: bool = False  # go on without sources that cannot be read


@dataclass
class _Bench:
    """One merge in the making."""

    order: MergeOrder
    layout: Layout
    report: Report
    store: CellStore
    progress: Callable[[int, int], None]
    stack: ExitStack  # closes what was opened
    rows: Counter[str] = field(default_factory=Counter)
    styles: Counter[int] = field(default_factory=Counter)
    only_here: Counter[int] = field(default_factory=Counter)
    parts: list[pl.LazyFrame] = field(default_factory=list)


def merge_sheets(
    order: MergeOrder, taxonomy: Taxonomy, *, progress: Callable[[int, int], None] | None = None
) -> MergeSummary:
    """Raises `SheetError` naming every source that cannot be read, and `StorageFull`. `progress` gets rows read."""
    _check(order)
    with ExitStack() as stack:
        file = None
        if order.report is not None:  # of a merge that failed, too: it says why
            made = stack.enter_context(replacing(order.report, always=True))
            file = stack.enter_context(made.open("w", encoding="utf-8"))
        store = stack.enter_context(CellStore())
        progress = progress or (lambda done, total: None)
        return _run(_Bench(order, layout_of(order.plan, taxonomy), Report(file), store, progress, stack))


def _check(order: MergeOrder) -> None:
    if order.out is not None:
        check_ending(order.out)
    for target in (order.out, order.report):
        for source in order.plan.sources:
            if target is not None and source.file is not None and target.resolve() == source.file.resolve():
                raise IntakeError(f"{target} is one of the sources. Write to another file.")


def _run(bench: _Bench) -> MergeSummary:
    skus = SkuBook()
    opened = _open_all(bench, skus)
    # sheets that only know vendor numbers come last: the others say which style a number is
    for source, place, reader in sorted(opened, key=lambda each: not each[0].has(Kind.CODE)):
        _read(bench, source, place, reader, skus)
    styles = _merge(bench)
    fields = _fields(bench)
    sources = tuple(_summary(bench, source, place) for source, place, _ in opened)
    for each in sources:
        bench.report.source(each)
    if bench.order.photos is not None:
        _look_for_orphans(bench, bench.order.photos)
    if bench.order.out is not None:
        write_records(bench.parts, fields, bench.order.out)
    return bench.report.summary(styles=styles, columns=tuple(each.field for each in fields), sources=sources)


def _open_all(bench: _Bench, skus: SkuBook) -> list[tuple[Source, Opened, CellReader]]:
    opened, broken = [], []
    for source in bench.order.plan.sources:
        try:
            found = open_source(source, bench.order.plan.path.parent)
            bench.stack.callback(found.close)
            normalise = bench.order.plan.normalise
            opened.append((source, found, CellReader(source, found, bench.layout, normalise=normalise, skus=skus)))
        except SheetError as error:
            broken.append(SheetFault(source.name, "unreadable_source", f"{source.name}: {error}"))
    bench.report.faults(broken)
    if broken and (not bench.order.without_broken or not opened):
        told = "\n".join(fault.detail for fault in broken)
        raise SheetError(f"{told}\nNothing was merged. Mend that, or go on without such sources (--without-broken).")
    return opened


def _read(bench: _Bench, source: Source, opened: Opened, reader: CellReader, skus: SkuBook) -> None:
    gathers = source.has(Kind.SKU) and source.has(Kind.CODE)
    try:
        for part in opened.parts:
            cells = reader.read(part)
            if gathers:
                skus.add(reader.skus(cells))
            bench.report.faults((*_told(source, opened.place, part), *cells.faults))
            bench.store.add(cells.frame)
            bench.rows[source.name] += cells.rows
            bench.progress(bench.rows.total(), 0)
    except ParureError as error:
        bench.report.faults([SheetFault(source.name, "unreadable_source", f"{source.name}: {error}")])
        raise


def _told(source: Source, place: str, part: Part) -> Iterator[SheetFault]:
    """What the reader of the format said: notes about the sheet, and rows it could not read."""
    for note in part.notes:
        hint = " If they are wrong, say `encoding:` in the map." if note.endswith("Check accented letters.") else ""
        yield SheetFault(source.name, "note", f"{place}: {note}{hint}")
    for item in part.rejected:
        yield SheetFault(source.name, item.reason, f"{place}: {item.detail}", item.row)


def _merge(bench: _Bench) -> int:
    styles = 0
    for number, cells in enumerate(bench.store.buckets()):
        merged = merge_bucket(cells, bench.layout)
        bench.report.faults(merged.apart)
        bench.report.conflicts(merged.conflicts)
        bench.styles.update(merged.styles)
        bench.only_here.update(merged.only_here)
        styles += merged.records.height
        if bench.store.spilled:
            path = bench.store.folder / f"merged-{number}.parquet"
            write_parquet(merged.records, path)
            bench.parts.append(pl.scan_parquet(path))
        else:
            bench.parts.append(merged.records.lazy())
    return styles


def _fields(bench: _Bench) -> tuple[Target, ...]:
    """Columns of the output: those a source maps or any line states, and the sources."""
    mapped = {target.field for source in bench.order.plan.sources for _, target in source.columns}
    stated = {bench.layout.fields[number].field for number in bench.store.fields}
    wanted = mapped | stated | ({"currency"} if "price" in stated else set())
    fields = [target for target in bench.layout.fields if target.field in wanted]
    return (*fields, Target(Kind.TEXT, SOURCES_COLUMN))


def _summary(bench: _Bench, source: Source, opened: Opened) -> SourceSummary:
    number = bench.layout.sources.index(source.name)
    used = {column.strip().casefold() for column, _ in source.columns}
    return SourceSummary(
        source.name,
        opened.place,
        bench.rows[source.name],
        bench.styles[number],
        bench.only_here[number],
        tuple(column for column in opened.columns if column.strip().casefold() not in used),
    )


def _look_for_orphans(bench: _Bench, photos: Sequence[str]) -> None:
    known = [
        KnownStyle(code, (sku,) if sku else ())
        for part in bench.parts
        for code, sku in part.select("style_code", "vendor_sku").collect().iter_rows()
    ]
    rules = bench.order.rules or default_rules()
    readings = read_archive(photos, rules, StyleIndex(known, rules.normalise))
    bench.report.orphans(find_orphans([style.code for style in known], readings))
