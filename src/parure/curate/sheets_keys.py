"""Which style each row is about: by its code, or, in a sheet without codes, by the vendor's number that others know."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from parure.curate.rules import Normalisers
from parure.curate.sheets_codes import CodeReading, read_code
from parure.curate.sheets_columns import Ledger, MappedColumn
from parure.curate.sheets_polars import pl
from parure.curate.sheets_target import Kind

__all__ = ["KeyReader", "SkuBook"]

_REMEMBERED = 100_000  # distinct codes


def _number_key(text: str) -> str:
    return "".join(character for character in text.upper() if character.isalnum())


class SkuBook:
    """Vendor numbers -> style codes, gathered from the sources that know both."""

    def __init__(self) -> None:
        self._codes: dict[str, dict[str, str]] = {}  # number -> loose key -> code as first written

    def add(self, found: Iterable[tuple[str, str, str]]) -> None:
        """(number, loose key, code) of rows that state both."""
        for number, loose, code in found:
            self._codes.setdefault(_number_key(number), {}).setdefault(loose, code)

    def read(self, text: str, normalise: Normalisers) -> CodeReading:
        codes = tuple(self._codes.get(_number_key(text), {}).values())
        if len(codes) == 1:
            return read_code(codes[0], normalise)
        if not text:
            return CodeReading("", reason="no_style_code", why="the cell is empty. Give the row a number")
        if codes:
            why = f"the vendor's number {text!r} belongs to {', '.join(codes[:4])}. Give the row its style code"
            return CodeReading("", reason="ambiguous_sku", why=why)
        why = f"no other source knows the vendor's number {text!r}. Add it to one that has style codes"
        return CodeReading("", reason="unknown_sku", why=why)


class KeyReader:
    def __init__(self, columns: Sequence[MappedColumn], normalise: Normalisers, skus: SkuBook) -> None:
        codes = [column for column in columns if column.target.kind is Kind.CODE]
        self._column = (codes or [column for column in columns if column.target.kind is Kind.SKU])[0]
        self._read: Callable[[str], CodeReading] = (
            (lambda text: read_code(text, normalise)) if codes else (lambda text: skus.read(text, normalise))
        )
        self._known: dict[str, CodeReading] = {}

    def keyed(self, frame: pl.DataFrame, ledger: Ledger) -> pl.DataFrame:
        """With `code`, `strict` and `loose`. Rows that no style can be found for are told and left out."""
        found = self._readings(frame[self._column.id].unique().to_list())
        told = {text: reading for text, reading in found.items() if reading.reason}
        if told:
            self._tell(frame, told, ledger)
        keys = pl.DataFrame(
            [(text, each.code, each.strict, each.loose) for text, each in found.items() if each.code],
            schema=dict.fromkeys((self._column.id, "code", "strict", "loose"), pl.String),
            orient="row",
        )
        return frame.join(keys, on=self._column.id, how="inner", maintain_order="left")

    def _readings(self, texts: Sequence[str]) -> Mapping[str, CodeReading]:
        if len(self._known) > _REMEMBERED:
            self._known.clear()
        for text in texts:
            if text not in self._known:
                self._known[text] = self._read(text)
        return {text: self._known[text] for text in texts}

    def _tell(self, frame: pl.DataFrame, told: Mapping[str, CodeReading], ledger: Ledger) -> None:
        """A row that is empty in every mapped column says nothing, and nothing is said of it."""
        says = pl.any_horizontal(pl.col(name) != "" for name in frame.columns if name != "row")
        rows = frame.filter(pl.col(self._column.id).is_in(list(told)) & says).select("row", self._column.id)
        for row, text in rows.iter_rows():
            ledger.tell(row, self._column.name, told[text].reason, told[text].why)
