"""A YAML file as sections of named texts, each with its line.

The composed nodes are read, not loaded values: a scalar stays the text a person typed (`no: front` is no boolean),
every message can name its line, and an alias inside an alias costs nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from parure.errors import IntakeError

if TYPE_CHECKING:
    import yaml

__all__ = ["Section", "Text", "read_sections"]

_MAX_BYTES = 2**20


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
    import yaml

    try:
        root = yaml.compose(_text(path), Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = f", line {mark.line + 1}" if mark else ""
        hint = " Put patterns in single quotes." if "escape" in str(error.problem) else ""
        raise IntakeError(f"{path.name}{line} is not YAML: {error.problem or error.context}.{hint}") from error
    except (yaml.YAMLError, RecursionError) as error:
        raise IntakeError(f"{path.name} is not YAML: {' '.join(str(error).split())[:200]}.") from error
    if root is None:
        raise IntakeError(f"{path.name} is empty. `parure curate rules init` writes a commented one.")
    if not isinstance(root, yaml.MappingNode):
        raise IntakeError(f"{path.name} has to consist of sections such as `style_code:`, each with its rules below.")
    return tuple(_section(path, key, value) for key, value in _pairs(path, root))


def _text(path: Path) -> str:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise IntakeError(f"{path} cannot be read ({error.strerror}). Check the path.") from error
    if len(data) > _MAX_BYTES:
        raise IntakeError(f"{path.name} has {len(data):,} bytes; rules need less than {_MAX_BYTES:,}.")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise IntakeError(f"{path.name}, line {line} is not UTF-8. Save the file as UTF-8.") from error


def _pairs(path: Path, node: yaml.MappingNode) -> list[tuple[str, yaml.Node]]:
    import yaml

    seen: dict[str, yaml.Node] = {}
    for key, value in node.value:
        if not isinstance(key, yaml.ScalarNode):
            raise IntakeError(f"{_where(path, key)}: a name has to be a plain word.")
        if key.value in seen:
            raise IntakeError(f"{_where(path, key)}: {key.value!r} stands here twice. Join the two.")
        seen[key.value] = value
    return list(seen.items())


def _section(path: Path, name: str, node: yaml.Node) -> Section:
    import yaml

    where = _where(path, node)
    if isinstance(node, yaml.MappingNode):
        named = tuple(_scalar(path, key, value) for key, value in _pairs(path, node))
        return Section(name, named, where, listed=False)
    if isinstance(node, yaml.SequenceNode):
        return Section(name, tuple(_scalar(path, "", item) for item in node.value), where, listed=True)
    scalar = _scalar(path, "", node)
    return Section(name, (scalar,) if scalar.text else (), where, listed=True)


def _scalar(path: Path, name: str, node: yaml.Node) -> Text:
    import yaml

    if not isinstance(node, yaml.ScalarNode):
        raise IntakeError(f"{_where(path, node)}: {name or 'an item'!r} has to be one text, in single quotes.")
    return Text(name, "" if node.value == "~" and node.style is None else node.value, _where(path, node))


def _where(path: Path, node: yaml.Node) -> str:
    return f"{path.name}, line {node.start_mark.line + 1}"
