"""A design as data: the family, its measurements and what it is cast in, as JSON and back, drawn by a seed.

The same spec gives the same piece, so a spec and a seed give the same picture. A *variant* is the same piece in another
metal or with another stone: to a shopper another product, and the hardest one to tell apart.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any

import numpy as np
from numpy.random import Generator

from parure.errors import NotFound, RenderError
from parure.render.chance import maybe, pick
from parure.render.cuts import Stone
from parure.render.families import Facts, Family
from parure.render.families.openwork import Openwork
from parure.render.families.table import FAMILIES, SHARES
from parure.render.materials import Casting, metal_facts, stone_facts
from parure.render.mesh import METAL, SECOND_METAL
from parure.render.palette import CASTINGS, FINISHES, same_role

__all__ = [
    "VARIANT_EVERY",
    "DesignSpec",
    "attributes",
    "draw_design",
    "drawn",
    "parse_spec",
    "recoloured",
    "stream",
    "write_spec",
]

VARIANT_EVERY = 6  # one design in so many is a variant of the one before it
_SEE = "See docs/render.md for what a spec holds."


@dataclass(frozen=True)
class DesignSpec:
    """`variant_of` is the id of the design that this one repeats in other colours, or blank."""

    id: str
    piece: Family
    casting: Casting
    variant_of: str = ""

    @property
    def family(self) -> str:
        return type(self.piece).__name__


def draw_design(number: int, *, prefix: str = "d") -> DesignSpec:
    """Design `number` of the endless list that starts with `prefix`: another prefix is another list."""
    name = f"{prefix}{number:06d}"
    if number % VARIANT_EVERY == VARIANT_EVERY - 1:
        return recoloured(draw_design(number - 1, prefix=prefix), name, stream(name))
    random = stream(name)
    return drawn(name, pick(random, SHARES), random)


def drawn(name: str, family: str, random: Generator) -> DesignSpec:
    """A piece of that family, cast in what suits it. Raises `NotFound` for a family nobody has written."""
    if family not in FAMILIES:
        raise NotFound(f"No family is called {family!r}. Known: {', '.join(sorted(FAMILIES))}.")
    piece = FAMILIES[family].sample(random)
    two_tone = SECOND_METAL in {part.material for part in piece.build()}
    return DesignSpec(name, piece, _draw_casting(random, two_tone=two_tone))


def recoloured(spec: DesignSpec, name: str, random: Generator) -> DesignSpec:
    """The variant of a design: another stone or another metal, or both, and everything else the same."""
    gems = sorted({stone.gem for stone in _stones(spec.piece)} - {METAL})
    change_stone = bool(gems) and maybe(random, 0.55)
    piece = spec.piece
    if change_stone:
        piece = _swapped(piece, {gems[0]: pick(random, [other for other in same_role(gems[0]) if other != gems[0]])})
    casting = spec.casting
    if not change_stone or maybe(random, 0.2):
        others = {metal: share for metal, share in CASTINGS.items() if metal != casting.metal}
        casting = replace(casting, metal=pick(random, others))
    return DesignSpec(name, piece, casting, variant_of=spec.id)


def attributes(spec: DesignSpec) -> dict[str, str]:
    """What a picture of the design shows, by taxonomy ids; `main_stone` is "none" where there is no stone."""
    facts: Facts = spec.piece.facts()
    metal, metal_colour = metal_facts(spec.casting)
    stone, stone_colour = stone_facts(facts.stone.gem) if facts.stone else ("none", "")
    found = {
        "type": facts.type,
        "metal": metal,
        "metal_colour": metal_colour,
        "finish": spec.casting.finish,
        "main_stone": stone,
        "stone_colour": stone_colour,
        "main_stone_cut": facts.stone.taxonomy_cut if facts.stone else "",
        "setting": facts.setting,
        "motif": facts.motif,
        "chain_type": facts.chain_type,
        "closure": facts.closure,
    }
    return {name: value for name, value in found.items() if value}


def write_spec(spec: DesignSpec) -> str:
    """One line of JSON."""
    raw = {"id": spec.id, "piece": _plain(spec.piece), "casting": _plain(spec.casting), "variant_of": spec.variant_of}
    return json.dumps(raw, separators=(",", ":"))


def parse_spec(text: str) -> DesignSpec:
    """What `write_spec` wrote, or a person. Raises `RenderError` naming the field that cannot be used."""
    try:
        raw = json.loads(text)
        name, variant_of = str(raw["id"]), str(raw.get("variant_of", ""))
        piece, casting = _built(raw["piece"]), _built(raw["casting"])
    except KeyError as error:
        raise RenderError(f"The design lacks {error}. {_SEE}") from error
    except (json.JSONDecodeError, TypeError, AttributeError) as error:
        raise RenderError(f"The design cannot be read: {error}. {_SEE}") from error
    if type(piece).__name__ not in FAMILIES or not isinstance(casting, Casting):
        raise RenderError(f'"piece" must be of a family and "casting" a Casting, each named by "is". {_SEE}')
    return DesignSpec(name, piece, casting, variant_of=variant_of)


def stream(name: str) -> Generator:
    """The random numbers that belong to a name."""
    return np.random.default_rng(list(name.encode()))


def _draw_casting(random: Generator, *, two_tone: bool) -> Casting:
    metal = pick(random, CASTINGS)
    second = pick(random, {other: share for other, share in CASTINGS.items() if other != metal}) if two_tone else ""
    return Casting(metal, pick(random, FINISHES), second)


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return {"is": type(value).__name__} | {f.name: _plain(getattr(value, f.name)) for f in fields(value)}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value


def _built(value: Any) -> Any:
    if isinstance(value, Mapping):
        kinds: dict[str, Any] = {"Stone": Stone, "Casting": Casting, "Openwork": Openwork, **FAMILIES}
        if value["is"] not in kinds:
            raise RenderError(f'A design cannot hold "is": {value["is"]!r}. Known: {", ".join(sorted(kinds))}.')
        return kinds[value["is"]](**{key: _built(item) for key, item in value.items() if key != "is"})
    return tuple(_built(item) for item in value) if isinstance(value, list) else value


def _stones(value: Any) -> list[Stone]:
    if isinstance(value, Stone):
        return [value]
    if is_dataclass(value) and not isinstance(value, type):
        return [stone for f in fields(value) for stone in _stones(getattr(value, f.name))]
    return [stone for item in value for stone in _stones(item)] if isinstance(value, tuple) else []


def _swapped(value: Any, swaps: Mapping[str, str]) -> Any:
    """The same value with other gems, wherever a stone or a gem's name is found in it."""
    if isinstance(value, str):
        return swaps.get(value, value)
    if isinstance(value, tuple):
        return tuple(_swapped(item, swaps) for item in value)
    if is_dataclass(value) and not isinstance(value, type):
        changed = {f.name: _swapped(getattr(value, f.name), swaps) for f in fields(value) if f.name != "cut"}
        return replace(value, **changed)
    return value
