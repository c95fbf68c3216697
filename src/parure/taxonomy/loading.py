"""Reads the data files into a `Taxonomy` and refuses a broken one, naming the file and the id.

Lists of synonyms are one comma-separated string each: a third of the parsing time of TOML arrays. `{karat}` in a
synonym stands for 9k to 24k.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from parure.errors import TaxonomyError
from parure.taxonomy.taxonomy import Pairs, Phrases, Taxonomy
from parure.taxonomy.values import Attribute, Speech, Value
from parure.taxonomy.words import fold

__all__ = ["load", "load_from"]

DATA = Path(__file__).parent / "data"
_KARATS = ("9k", "10k", "14k", "18k", "22k", "24k")
_FIELDS = {"label", "also", "quiet", "column", "parent", "google", "shopify", "visible", "implies"}
_NAMING = ("also", "quiet", "column")
_HEAD_FIELDS = {"label", "kind", "multiple", "visible", "suffixes", "before", "over", "family"}
_PHRASE_TABLES = {"states", "wider", "joined", "inert", "every"}


@cache
def load() -> Taxonomy:
    """The vocabulary that comes with the package, read once."""
    return load_from(DATA)


def load_from(folder: Path) -> Taxonomy:
    """Read and check a folder of data files. Raises `TaxonomyError`."""
    heads = _read(folder / "attributes.toml")
    attributes: dict[str, Attribute] = {}
    speech: dict[str, Speech] = {}
    for name, head in heads.items():
        path = folder / f"{name}.toml"
        _check_fields(head, _HEAD_FIELDS, folder / "attributes.toml", name)
        rows = _read(path) if head.get("kind", "choice") == "choice" else {}
        attributes[name] = _attribute(name, head, _values(name, head, rows, path))
        speech[name] = _speech(attributes[name], head, rows, path)
    _check_references(attributes, speech, folder)
    phrases = _phrases(folder / "phrases.toml", attributes)
    return Taxonomy(MappingProxyType(attributes), MappingProxyType(speech), phrases)


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise TaxonomyError(f"{path.name}: cannot be read as TOML: {error}") from error


def _check_fields(row: object, allowed: set[str], path: Path, name: str) -> None:
    if not isinstance(row, dict):
        raise TaxonomyError(f"{path.name}: {name!r} must be a table.")
    unknown = sorted(set(row) - allowed)
    if unknown:
        raise TaxonomyError(f"{path.name}: {name!r} has unknown fields {', '.join(unknown)}.")


def _attribute(name: str, head: Mapping[str, Any], values: Mapping[str, Value]) -> Attribute:
    if not head.get("label"):
        raise TaxonomyError(f"attributes.toml: {name!r} has no label.")
    return Attribute(
        id=name,
        label=head["label"],
        kind=head.get("kind", "choice"),
        multiple=head.get("multiple", True),
        visible=head.get("visible", True),
        values=MappingProxyType(values),
    )


def _values(name: str, head: Mapping[str, Any], rows: Mapping[str, Any], path: Path) -> dict[str, Value]:
    for value_id, row in rows.items():
        _check_fields(row, _FIELDS, path, value_id)
    visible = head.get("visible", True)
    return {value_id: _value(name, value_id, rows, visible=visible, path=path) for value_id in rows}


def _value(attribute: str, value_id: str, rows: Mapping[str, Any], *, visible: bool, path: Path) -> Value:
    row = rows[value_id]
    label = row.get("label") or value_id.replace("_", " ").capitalize()
    branch = _branch(value_id, rows, path)
    return Value(
        id=value_id,
        label=label,
        attribute=attribute,
        synonyms=tuple(dict.fromkeys(name for field in _NAMING for name in _listed(row.get(field, "")))),
        parent=row.get("parent"),
        google=next((rows[step]["google"] for step in branch if "google" in rows[step]), None),
        shopify=next((rows[step]["shopify"] for step in branch if "shopify" in rows[step]), None),
        visible=row.get("visible", visible),
        implies=_pairs(row.get("implies", ""), path, value_id),
    )


def _branch(value_id: str, rows: Mapping[str, Any], path: Path) -> list[str]:
    """The value and its ancestors, nearest first."""
    branch: list[str] = []
    step: str | None = value_id
    while step is not None:
        if step not in rows:
            raise TaxonomyError(f"{path.name}: {branch[-1]!r} has the parent {step!r}, which does not exist.")
        if step in branch:
            raise TaxonomyError(f"{path.name}: {value_id!r} is its own ancestor: {' > '.join([*branch, step])}.")
        branch.append(step)
        step = rows[step].get("parent")
    return branch


def _listed(text: str) -> Iterator[str]:
    for name in filter(None, (part.strip() for part in text.split(","))):
        if "{karat}" in name:
            yield from (name.replace("{karat}", karat) for karat in _KARATS)
        else:
            yield name


def _pairs(text: str, path: Path, name: str) -> Pairs:
    pairs = tuple(tuple(word.split(":")) for word in text.split())
    if any(len(pair) != 2 for pair in pairs):
        raise TaxonomyError(f"{path.name}: {name!r} must list attribute:value pairs, not {text!r}.")
    return tuple((pair[0], pair[1]) for pair in pairs)


def _speech(attribute: Attribute, head: Mapping[str, Any], rows: Mapping[str, Any], path: Path) -> Speech:
    names: dict[str, str] = {}
    hushed: dict[str, set[str]] = {"quiet": set(), "column": set()}
    for value in attribute.values.values():
        for field, keys in hushed.items():
            keys.update(fold(name) for name in _listed(rows[value.id].get(field, "")))
        for name in (value.id.replace("_", " "), value.label, *value.synonyms):
            key = fold(name)
            if not key:
                raise TaxonomyError(f"{path.name}: {value.id!r} has a name without letters or digits: {name!r}.")
            if names.setdefault(key, value.id) != value.id:
                raise TaxonomyError(f"{path.name}: {name!r} names both {names[key]!r} and {value.id!r}.")
    return Speech(
        names=MappingProxyType(names),
        quiet=frozenset(hushed["quiet"]),
        column=frozenset(hushed["column"]),
        suffixes=tuple(fold(suffix) for suffix in _listed(head.get("suffixes", ""))),
        before=frozenset(_listed(head.get("before", ""))),
        over=frozenset(_listed(head.get("over", ""))),
        family=frozenset((attribute.id, *_listed(head.get("family", "")))),
    )


def _check_references(attributes: Mapping[str, Attribute], speech: Mapping[str, Speech], folder: Path) -> None:
    for name, spoken in speech.items():
        missing = (spoken.before | spoken.over | spoken.family) - set(attributes)
        if missing:
            raise TaxonomyError(f"attributes.toml: {name!r} refers to unknown attributes {', '.join(sorted(missing))}.")
    for attribute in attributes.values():
        for value in attribute.values.values():
            _check_pairs(value.implies, attributes, folder / f"{attribute.id}.toml", value.id)


def _check_pairs(pairs: Pairs, attributes: Mapping[str, Attribute], path: Path, name: str) -> None:
    for attribute, value in pairs:
        if attribute not in attributes or value not in attributes[attribute].values:
            raise TaxonomyError(f"{path.name}: {name!r} states {attribute}:{value}, which does not exist.")


def _phrases(path: Path, attributes: Mapping[str, Attribute]) -> Phrases:
    tables = _read(path)
    _check_fields(tables, _PHRASE_TABLES, path, "the file")
    states: dict[str, Pairs] = {}
    for name, text in tables.get("states", {}).items():
        states[fold(name)] = _pairs(text, path, name)
        _check_pairs(states[fold(name)], attributes, path, name)
    wider = dict(tables.get("wider", {}))
    _check_pairs(tuple(("type", value) for pair in wider.items() for value in pair), attributes, path, "wider")
    joined = {(name.split()[0], name.split()[-1]): made for name, made in tables.get("joined", {}).items()}
    for names, made in joined.items():
        _check_pairs(tuple(("type", value) for value in (*names, made)), attributes, path, " ".join(names))
    every = {fold(name): attribute for name, attribute in tables.get("every", {}).items()}
    for name, attribute in every.items():
        if attribute not in attributes:
            raise TaxonomyError(f"{path.name}: {name!r} stands for every {attribute!r}, which does not exist.")
    inert = frozenset(fold(name) for name in _listed(tables.get("inert", {}).get("words", "")))
    return Phrases(states=states, wider=wider, joined=joined, every=every, inert=inert)
