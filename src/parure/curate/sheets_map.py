"""The map of a merge: which sources there are, what their columns mean, and whom to believe in which field.

A YAML file a person writes or mends; `parure curate sheets --init` drafts it. Every fault is told with its line.
"""

from __future__ import annotations

import codecs
import difflib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from parure.curate.rules import Normalisers, normalisers_of
from parure.curate.rules_yaml import section_of
from parure.curate.sheets_target import PLAIN_FIELDS, Kind, Target, read_target
from parure.curate.yaml_nodes import compose, pairs, text_of, where_of
from parure.errors import IntakeError

if TYPE_CHECKING:
    import yaml

    from parure.taxonomy import Taxonomy

__all__ = ["SheetMap", "Source", "read_map"]

_HINT = "`parure curate sheets --init MAP.yaml SHEETS...` writes a commented one."
_SECTIONS = ("sources", "precedence", "normalise")
_SAYS = ("file", "tab", "encoding", "sql", "table", "query", "dates", "columns")
_MOST_SOURCES = 1000


@dataclass(frozen=True)
class Source:
    """Either `file` or `sql` is set. `columns` are as a person wrote them, without ignored ones."""

    name: str
    columns: tuple[tuple[str, Target], ...]
    where: str  # "map.yaml, line 12"
    file: Path | None = None
    tab: str | None = None
    encoding: str | None = None
    sql: str | None = None
    table: str | None = None
    query: str | None = None
    dates: Literal["dmy", "mdy"] | None = None
    ignored: tuple[str, ...] = ()

    def has(self, kind: Kind) -> bool:
        return any(target.kind is kind for _, target in self.columns)


@dataclass(frozen=True)
class SheetMap:
    """`sources` are in order of trust; `precedence` lists sources first trusted for a field, by its output column."""

    path: Path
    sources: tuple[Source, ...]
    precedence: Mapping[str, tuple[str, ...]]
    normalise: Normalisers

    def trusted(self, field: str) -> tuple[str, ...]:
        """All sources, the most trusted for `field` first."""
        first = self.precedence.get(field, self.precedence.get("default", ()))
        return tuple(dict.fromkeys((*first, *self.precedence.get("default", ()), *(s.name for s in self.sources))))

    def own_fields(self) -> tuple[Target, ...]:
        """Fields of the shop's own, in the order of the map."""
        own = {Kind.TEXT, Kind.NUMBER, Kind.DATE}
        found = {t.field: t for source in self.sources for _, t in source.columns if t.kind in own}
        return tuple(found.values())


def read_map(path: Path, taxonomy: Taxonomy) -> SheetMap:
    """Raises `IntakeError` naming file and line. Files are looked for beside the map, not opened."""
    sections = compose(path, _HINT)
    for name, node in sections.items():
        if name not in _SECTIONS:
            raise IntakeError(f"{where_of(path, node)}: {_unknown(name, _SECTIONS)}")
    if "sources" not in sections:
        raise IntakeError(f"{path.name} has no section `sources:`. {_HINT}")
    reader = _Reader(path, taxonomy)
    named = reader.mapping(sections["sources"], "sources", "a name for each sheet, with its lines below")
    if not 0 < len(named) <= _MOST_SOURCES:
        raise IntakeError(f"{where_of(path, sections['sources'])}: sources lists no sheet. {_HINT}")
    sources = tuple(reader.source(name, node) for name, node in named.items())
    reader.check_types(sources)
    stated = sections.get("precedence")
    precedence = reader.precedence(stated, sources) if stated is not None else {}
    spelling = sections.get("normalise")
    normalise = normalisers_of(section_of(path, "normalise", spelling) if spelling is not None else None)
    return SheetMap(path, sources, precedence, normalise)


def _encoding(stated: str | None, where: str) -> str | None:
    """In Python's spelling. Raises `IntakeError` if there is no such encoding."""
    if not stated:
        return None
    try:
        return codecs.lookup(stated).name
    except LookupError:
        raise IntakeError(
            f"{where}: there is no encoding {stated!r}. Common are utf-8, cp1252, cp1250, utf-16."
        ) from None


def _unknown(name: str, known: Collection[str]) -> str:
    near = difflib.get_close_matches(name, known, n=1, cutoff=0.5)
    return f"there is no {name!r}. " + (f"Did you mean {near[0]!r}?" if near else f"There is: {', '.join(known)}.")


@dataclass(frozen=True)
class _Reader:
    path: Path
    taxonomy: Taxonomy

    def mapping(self, node: yaml.Node, name: str, shape: str) -> dict[str, yaml.Node]:
        import yaml

        if not isinstance(node, yaml.MappingNode):
            raise IntakeError(f"{where_of(self.path, node)}: {name} has to hold {shape}.")
        return pairs(self.path, node)

    def text(self, node: yaml.Node, name: str) -> str:
        import yaml

        if not isinstance(node, yaml.ScalarNode):
            raise IntakeError(f"{where_of(self.path, node)}: {name} has to be one text.")
        return text_of(node).strip()

    def source(self, name: str, node: yaml.Node) -> Source:
        where = where_of(self.path, node)
        said = self.mapping(node, name, "lines such as `file: products.csv` and `columns:`")
        for key, value in said.items():
            if key not in _SAYS:
                raise IntakeError(f"{where_of(self.path, value)}: {name}: {_unknown(key, _SAYS)}")
        texts = {key: self.text(value, key) for key, value in said.items() if key != "columns"}
        if ("file" in texts) == ("sql" in texts):
            raise IntakeError(f"{where}: {name} needs either `file:` or `sql:`.")
        if "table" in texts and "query" in texts:
            raise IntakeError(f"{where}: {name} names a table and a query. Keep one.")
        dates = texts.get("dates") or None
        if dates not in {None, "dmy", "mdy"}:
            raise IntakeError(f"{where}: {name}: dates is dmy (31/12/2024) or mdy (12/31/2024), not {dates!r}.")
        columns = self.columns(name, said.get("columns"), where)
        return Source(
            name,
            tuple((column, target) for column, target in columns if target.kind is not Kind.IGNORE),
            where,
            file=self.path.parent / texts["file"] if texts.get("file") else None,
            tab=texts.get("tab") or None,
            encoding=_encoding(texts.get("encoding"), f"{where}: {name}"),
            sql=texts.get("sql") or None,
            table=texts.get("table") or None,
            query=texts.get("query") or None,
            dates=dates,  # type: ignore[arg-type] # checked above
            ignored=tuple(column for column, target in columns if target.kind is Kind.IGNORE),
        )

    def columns(self, name: str, node: yaml.Node | None, where: str) -> list[tuple[str, Target]]:
        if node is None:
            raise IntakeError(f"{where}: {name} has no `columns:`. {_HINT}")
        chosen: list[tuple[str, Target]] = []
        first: dict[str, str] = {}
        for column, value in self.mapping(node, "columns", "lines such as `Item No: style_code`").items():
            place = where_of(self.path, value)
            target = self.target(self.text(value, column), f"{place}: column {column!r}")
            earlier = first.setdefault(target.field, column)
            if earlier != column and not target.takes_several:
                raise IntakeError(
                    f"{place}: {earlier!r} and {column!r} are both {target.field}. Keep one, ignore the other."
                )
            chosen.append((column, target))
        kinds = {target.kind for _, target in chosen}
        if not kinds & {Kind.CODE, Kind.SKU}:
            raise IntakeError(
                f"{where}: no column of {name} is style_code (or vendor_sku, for a sheet that only knows the vendor's "
                "number), so its rows cannot be joined. Map the column that holds it."
            )
        return chosen

    def target(self, text: str, where: str) -> Target:
        try:
            return read_target(text, self.taxonomy)
        except IntakeError as error:
            raise IntakeError(f"{where}: {error}") from error

    def check_types(self, sources: tuple[Source, ...]) -> None:
        kinds: dict[str, tuple[Kind, str]] = {}
        for source in sources:
            for column, target in source.columns:
                kind, earlier = kinds.setdefault(target.field, (target.kind, source.name))
                if kind is not target.kind:
                    raise IntakeError(
                        f"{source.where}: {column!r} makes {target.field} a {target.kind.value}, but in {earlier} "
                        f"it is a {kind.value}. One field has one type."
                    )

    def precedence(self, node: yaml.Node, sources: tuple[Source, ...]) -> dict[str, tuple[str, ...]]:
        names = [source.name for source in sources]
        shape = "lines such as `price: [web, products]`"
        found: dict[str, tuple[str, ...]] = {}
        for field, value in self.mapping(node, "precedence", shape).items():
            place = where_of(self.path, value)
            listed = section_of(self.path, field, value)
            strange = next((text.text for text in listed.texts if text.text not in names), None)
            if not listed.listed or strange is not None:
                said = f"there is no source {strange!r}" if strange is not None else f"{field} has to be a list"
                raise IntakeError(f"{place}: {said}. The sources are: {', '.join(names)}.")
            target = field if field == "default" else self.field(field, sources, place)
            found[target] = tuple(dict.fromkeys(text.text for text in listed.texts))
        return found

    def field(self, text: str, sources: tuple[Source, ...], where: str) -> str:
        """The output column that `text` names, by its target or by its bare name."""
        own = {target.field for source in sources for _, target in source.columns}
        if text == Kind.CURRENCY.value:
            raise IntakeError(f"{where}: the currency goes with the price. Say `price:` instead.")
        if text in own or text in PLAIN_FIELDS or text in self.taxonomy.attributes:
            return text
        return self.target(text, f"{where}: precedence").field
