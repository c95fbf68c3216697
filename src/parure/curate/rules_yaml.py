"""The rules file as sections of named texts, each with its line."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from parure.curate.yaml_nodes import compose, pairs, text_of, where_of
from parure.errors import IntakeError

if TYPE_CHECKING:
    import yaml

__all__ = ["Section", "Text", "read_sections", "section_of"]


@dataclass(frozen=True)
class Text:
    """One scalar. `name` is empty for the item of a list; `where` is "rules.yaml, line 12"."""

    name: str
    text: str
    where: str


@dataclass(frozen=True)
class Section:
    """`listed`: its texts are items of a list, not named ones."""

    name: str
    texts: tuple[Text, ...]
    where: str
    listed: bool


def read_sections(path: Path) -> tuple[Section, ...]:
    """Raises `IntakeError` naming the line."""
    hint = "`parure curate rules init` writes a commented one."
    return tuple(section_of(path, key, value) for key, value in compose(path, hint).items())


def section_of(path: Path, name: str, node: yaml.Node) -> Section:
    import yaml

    where = where_of(path, node)
    if isinstance(node, yaml.MappingNode):
        named = tuple(_scalar(path, key, value) for key, value in pairs(path, node).items())
        return Section(name, named, where, listed=False)
    if isinstance(node, yaml.SequenceNode):
        return Section(name, tuple(_scalar(path, "", item) for item in node.value), where, listed=True)
    scalar = _scalar(path, "", node)
    return Section(name, (scalar,) if scalar.text else (), where, listed=True)


def _scalar(path: Path, name: str, node: yaml.Node) -> Text:
    import yaml

    if not isinstance(node, yaml.ScalarNode):
        raise IntakeError(f"{where_of(path, node)}: {name or 'an item'!r} has to be one text, in single quotes.")
    return Text(name, text_of(node), where_of(path, node))
