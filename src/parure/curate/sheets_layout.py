"""Fields of a merge in the order of the output, and how far each source is trusted in each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from parure.curate.sheets_map import SheetMap
from parure.curate.sheets_target import PLAIN_FIELDS, Kind, Target

if TYPE_CHECKING:
    from parure.taxonomy import Taxonomy

__all__ = ["Layout", "layout_of"]


@dataclass(frozen=True)
class Layout:
    """Fields and sources are numbered by their place here. `ranks[field][source]`: 0 is trusted most."""

    fields: tuple[Target, ...]
    sources: tuple[str, ...]
    ranks: tuple[tuple[int, ...], ...]
    taxonomy: Taxonomy

    def number(self, field: str) -> int:
        return next(index for index, target in enumerate(self.fields) if target.field == field)

    def numbers(self) -> dict[str, int]:
        return {target.field: index for index, target in enumerate(self.fields)}


def layout_of(plan: SheetMap, taxonomy: Taxonomy) -> Layout:
    """Every attribute has a place, mapped or not: "18k white gold" under metal tells purity and colour too."""
    plain = tuple(Target(Kind(name), name) for name in PLAIN_FIELDS)
    attributes = tuple(Target(Kind.ATTRIBUTE, name) for name in taxonomy.attributes)
    fields = (*plain, *attributes, *plan.own_fields())
    names = tuple(source.name for source in plan.sources)
    ranks = []
    for target in fields:
        trusted = plan.trusted(target.field)
        ranks.append(tuple(trusted.index(name) for name in names))
    return Layout(fields, names, tuple(ranks), taxonomy)
