"""A YAML file that a person writes, as composed nodes, each of which knows its line.

Nodes are read, not loaded values: a scalar stays the text a person typed (`no: front` is no boolean), every message can
name its line, and an alias inside an alias costs nothing.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from parure.errors import IntakeError

if TYPE_CHECKING:
    import yaml

__all__ = ["compose", "pairs", "text_of", "where_of"]

_MAX_BYTES = 2**20


def compose(path: Path, hint: str) -> dict[str, yaml.Node]:
    """The sections of the file. `hint` says how to come by a good one. Raises `IntakeError` naming the line."""
    import yaml

    try:
        root = yaml.compose(_text(path), Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = f", line {mark.line + 1}" if mark else ""
        quotes = " Put patterns in single quotes." if "escape" in str(error.problem) else ""
        raise IntakeError(f"{path.name}{line} is not YAML: {error.problem or error.context}.{quotes}") from error
    except (yaml.YAMLError, RecursionError) as error:
        raise IntakeError(f"{path.name} is not YAML: {' '.join(str(error).split())[:200]}.") from error
    if root is None:
        raise IntakeError(f"{path.name} is empty. {hint}")
    if not isinstance(root, yaml.MappingNode):
        raise IntakeError(f"{path.name} has to consist of sections such as `name:`, each with its lines below. {hint}")
    return pairs(path, root)


def pairs(path: Path, node: yaml.MappingNode) -> dict[str, yaml.Node]:
    import yaml

    seen: dict[str, yaml.Node] = {}
    for key, value in node.value:
        if not isinstance(key, yaml.ScalarNode):
            raise IntakeError(f"{where_of(path, key)}: a name has to be a plain word.")
        if key.value in seen:
            raise IntakeError(f"{where_of(path, key)}: {key.value!r} stands here twice. Join the two.")
        seen[key.value] = value
    return seen


def text_of(node: yaml.ScalarNode) -> str:
    """What was typed; nothing for a bare `~`."""
    return "" if node.value == "~" and node.style is None else str(node.value)


def where_of(path: Path, node: yaml.Node) -> str:
    return f"{path.name}, line {node.start_mark.line + 1}"


def _text(path: Path) -> str:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise IntakeError(f"{path} cannot be read ({error.strerror}). Check the path.") from error
    if len(data) > _MAX_BYTES:
        raise IntakeError(f"{path.name} has {len(data):,} bytes; such a file needs less than {_MAX_BYTES:,}.")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise IntakeError(f"{path.name}, line {line} is not UTF-8. Save the file as UTF-8.") from error
