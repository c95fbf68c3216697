"""Frames of a source -> one line per stated field: which style, which field, what value. Whole columns at a time.

A column is read by its distinct texts, so that a vocabulary is asked "18k white gold" once and not 18,000 times; texts
that hardly repeat (titles) are cleaned in Polars. Nothing is decided here: what cannot be read is told and left out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from parure.curate.rules import Normalisers
from parure.curate.sheets_columns import Ledger, MappedColumn, mapped_columns, plain_frame
from parure.curate.sheets_keys import KeyReader, SkuBook
from parure.curate.sheets_layout import Layout
from parure.curate.sheets_map import Source
from parure.curate.sheets_polars import pl
from parure.curate.sheets_readers import BESIDE, EMPTY, CellReading, Reader, reader_of
from parure.curate.sheets_sources import Opened, Part
from parure.curate.sheets_target import Kind
from parure.curate.sheets_values import SheetFault
from parure.intake.rows import MAX_TITLE

__all__ = ["CELLS", "CellReader", "Cells"]

# One line per stated field. `same` is equal where two values say the same; `written` is null where it is the value.
CELLS = {
    "loose": pl.String,
    "strict": pl.String,
    "source": pl.UInt16,
    "row": pl.UInt32,
    "field": pl.UInt16,
    "value": pl.String,
    "same": pl.String,
    "written": pl.String,
}
_LINE = ["loose", "strict", "row"]
_TEXTS = frozenset({Kind.SKU, Kind.TITLE, Kind.DESCRIPTION, Kind.TEXT, Kind.PHOTOS})
_TYPED = frozenset({Kind.PRICE, Kind.NUMBER, Kind.DATE})
_REMEMBERED = 50_000  # distinct texts of a column
_CONTROLS = r"[\p{Cc}&&[^\n\t]]"


@dataclass(frozen=True)
class Cells:
    """`frame` has the columns of `CELLS`; `rows` counts those of the sheet, usable or not."""

    frame: pl.DataFrame
    faults: tuple[SheetFault, ...]
    rows: int


@dataclass
class _Memory:
    """A reader and its answers. Sheets repeat themselves: few texts are ever read twice."""

    reader: Reader
    known: dict[str, CellReading] = field(default_factory=dict)

    def ask(self, texts: Sequence[str]) -> list[tuple[str, CellReading]]:
        if len(self.known) > _REMEMBERED:
            self.known.clear()
        for text in texts:
            if text not in self.known:
                self.known[text] = self.reader(text)
        return [(text, self.known[text]) for text in texts]


class CellReader:
    """Reads the parts of one source. Raises `SheetError` if its sheet lacks a mapped column."""

    def __init__(
        self, source: Source, opened: Opened, layout: Layout, *, normalise: Normalisers, skus: SkuBook
    ) -> None:
        self._ledger = Ledger(source.name, opened.place)
        self._columns = mapped_columns(source, opened)
        self._keys = KeyReader(self._columns, normalise, skus)
        self._layout, self._numbers = layout, layout.numbers()
        self._source = layout.sources.index(source.name)
        self._currency = next((each.id for each in self._columns if each.target.kind is Kind.CURRENCY), None)
        self._memories = {
            column.id: _Memory(reader_of(column.target, column.name, source.dates, layout.taxonomy))
            for column in self._columns
            if column.target.kind in {*_TYPED, Kind.ATTRIBUTE}
        }
        single = (each for each in layout.taxonomy.attributes.values() if not each.multiple)
        self._single = [self._numbers[attribute.id] for attribute in single]

    def read(self, part: Part) -> Cells:
        keyed = self._keys.keyed(plain_frame(part.frame, self._columns, self._ledger), self._ledger)
        lines = [self._code_lines(keyed), self._attribute_lines(keyed)]
        for column in self._columns:
            if column.target.kind in _TEXTS:
                lines.append(self._text_lines(keyed, column))
            elif column.target.kind in _TYPED:
                lines.append(self._typed_lines(keyed, column))
        return Cells(pl.concat(lines), self._ledger.take(), part.frame.height)

    def skus(self, cells: Cells) -> list[tuple[str, str, str]]:
        """(vendor number, loose key, style code) of the rows in `cells` that state both."""
        field = pl.col("field")
        codes = cells.frame.filter(field == self._numbers["style_code"]).select("row", code="value")
        numbers = cells.frame.filter(field == self._numbers["vendor_sku"]).select("row", "value", "loose")
        return numbers.join(codes, on="row").select("value", "loose", "code").rows()

    def _lines(self, frame: pl.DataFrame, **columns: pl.Expr) -> pl.DataFrame:
        stated = {"source": pl.lit(self._source), "written": pl.lit(None), **columns}
        return frame.select(stated.get(name, pl.col(name)).cast(kind).alias(name) for name, kind in CELLS.items())

    def _code_lines(self, keyed: pl.DataFrame) -> pl.DataFrame:
        code = pl.col("code")
        return self._lines(keyed, field=pl.lit(self._numbers["style_code"]), value=code, same=code)

    def _stated(self, keyed: pl.DataFrame, column: MappedColumn) -> pl.DataFrame:
        """[keys, row, text] of the cells that say something."""
        found = keyed.select(*_LINE, pl.col(column.id).alias("text"), *([self._currency] if self._currency else []))
        return found.filter(~pl.col("text").str.to_lowercase().is_in(list(EMPTY)))

    def _text_lines(self, keyed: pl.DataFrame, column: MappedColumn) -> pl.DataFrame:
        kind = column.target.kind
        text = pl.col("text").str.replace_all(_CONTROLS, "").str.strip_chars()
        if kind not in {Kind.DESCRIPTION, Kind.PHOTOS}:
            text = text.str.replace_all(r"\s+", " ")
        found = self._stated(keyed, column).with_columns(text).filter(pl.col("text") != "")
        if kind is Kind.TITLE:
            found = self._short_titles(found, column)
        elif kind is Kind.PHOTOS:
            found = _each_photo(found)
        lower = pl.col("text").str.to_lowercase()
        same = lower.str.replace_all(r"[\s_.-]+", "") if kind is Kind.SKU else lower.str.replace_all(r"\s+", " ")
        return self._lines(found, field=pl.lit(self._numbers[column.target.field]), value=pl.col("text"), same=same)

    def _short_titles(self, found: pl.DataFrame, column: MappedColumn) -> pl.DataFrame:
        long = found.filter(pl.col("text").str.len_chars() > MAX_TITLE)
        for row, text in long.select("row", "text").iter_rows():
            why = f"the title has {len(text)} characters; the first {MAX_TITLE} were kept"
            self._ledger.tell(row, column.name, "long_title", why)
        return found.with_columns(pl.col("text").str.slice(0, MAX_TITLE).str.strip_chars_end())

    def _typed_lines(self, keyed: pl.DataFrame, column: MappedColumn) -> pl.DataFrame:
        stated = self._stated(keyed, column)
        if self._currency and column.target.kind is Kind.PRICE:
            stated = stated.with_columns(text=pl.concat_str("text", self._currency, separator=BESIDE))
        written = pl.col("text").str.replace(BESIDE, " ", literal=True).str.strip_chars()
        return self._lines(self._answers(stated, column), same=pl.col("value"), written=written)

    def _answers(self, stated: pl.DataFrame, column: MappedColumn) -> pl.DataFrame:
        """`stated` with a line per (field, value) that its text gives; texts with faults are told with their rows."""
        answers = self._memories[column.id].ask(stated["text"].unique(maintain_order=True).to_list())
        told = {text: answer.faults for text, answer in answers if answer.faults}
        if told:
            for row, text in stated.filter(pl.col("text").is_in(list(told))).select("row", "text").iter_rows():
                for reason, why in told[text]:
                    self._ledger.tell(row, column.name, reason, why)
        values = pl.DataFrame(
            [(text, self._numbers[name], value) for text, answer in answers for name, value in answer.values],
            schema={"text": pl.String, "field": pl.UInt16, "value": pl.String},
            orient="row",
        )
        return stated.join(values, on="text", how="inner", maintain_order="left_right")

    def _attribute_lines(self, keyed: pl.DataFrame) -> pl.DataFrame:
        """A value that another column implies ("18k rose gold" under metal) gives way to the attribute's own column."""
        columns = [column for column in self._columns if column.target.kind is Kind.ATTRIBUTE]
        if not columns:
            return pl.DataFrame(schema=CELLS)
        found = pl.concat(
            self._answers(self._stated(keyed, column), column).with_columns(
                own=pl.col("field") == self._numbers[column.target.field]
            )
            for column in columns
        )
        found = found.filter(pl.col("own") | ~pl.col("own").any().over("row", "field"))
        found = found.unique(["row", "field", "value"], keep="first", maintain_order=True)
        grouped = found.group_by([*_LINE, "field"], maintain_order=True).agg(
            "value", written=pl.col("text").unique(maintain_order=True).str.join("; ")
        )
        value = pl.col("value")
        grouped = self._one_where_one_is_allowed(grouped)
        return self._lines(grouped, value=value.list.join("; "), same=value.list.sort().list.join("; "),
                           written=pl.col("written"))  # fmt: skip

    def _one_where_one_is_allowed(self, grouped: pl.DataFrame) -> pl.DataFrame:
        several = pl.col("field").is_in(self._single) & (pl.col("value").list.len() > 1)
        for row, number, values in grouped.filter(several).select("row", "field", "value").iter_rows():
            name = self._layout.fields[number].field
            column = next((each.name for each in self._columns if each.target.field == name), name)
            why = f"a piece has one {name}, not {', '.join(values)}; {values[0]} was kept"
            self._ledger.tell(row, column, "one_value_only", why)
        return grouped.with_columns(pl.when(several).then(pl.col("value").list.head(1)).otherwise(pl.col("value")))


def _each_photo(found: pl.DataFrame) -> pl.DataFrame:
    """A line per photo that a cell names. A comma may be part of a name, so it separates nothing here."""
    names = pl.col("text").str.replace_all(r"[|\n]", ";").str.split(";")
    single = found.with_columns(names).explode("text").with_columns(pl.col("text").str.strip_chars())
    return single.filter(pl.col("text") != "")
