"""What may be said of a drawn design: claims that are true of it, taken from its parts and measurements.

A claim is a pair (subject, value). Subjects are attributes of the taxonomy and those below, which a seller would also
say and which the geometry knows. Unusual: besides what is true there is what looks true ("silver" of a white gold
ring): no picture can tell them apart, so a tower is neither taught the one nor the other.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from parure.render.captions.sizes import measured, stones_within
from parure.render.cuts import Stone
from parure.render.dataset.store import Record
from parure.render.gems import OPAQUE_GEMS, TRANSPARENT_GEMS
from parure.render.materials import METALS, metal_named, stone_facts
from parure.render.mesh import SECOND_METAL, Part
from parure.render.spec import DesignSpec, parse_spec
from parure.render.truth.looks import stone_look
from parure.taxonomy import load

__all__ = ["SUBJECTS", "Claim", "Told", "tell", "with_ancestors"]

Claim = tuple[str, str]

# Beyond the taxonomy: the other metal of a two-tone piece, the stones beside the main one, how many stones are set, one
# earring or two, how thick and how large, and what else it is made of.
SUBJECTS = (
    "type", "metal", "metal_colour", "accent_colour", "finish", "main_stone", "stone_colour", "main_stone_cut",
    "side_stone", "side_colour", "side_cut", "setting", "motif", "chain_type", "closure",
    "count", "pieces", "band", "stone_size", "cord", "leather", "enamel", "dial",
)  # fmt: skip

_STUFFS = ("cord", "leather", "enamel", "dial")
_TWO_TONE = "two_tone"


@dataclass(frozen=True)
class Told:
    """`stated` is what a seller would say, narrowest first where there are several values; `true` has their ancestors
    too; `alike` is `true` and what cannot be told from it on a picture."""

    id: str
    variant_of: str
    stated: Mapping[str, tuple[str, ...]]
    true: frozenset[Claim]
    alike: frozenset[Claim]


def tell(record: Record) -> Told:
    """Builds the piece: the record says what the main stone is, its parts say what is beside it."""
    spec = parse_spec(record.spec)
    parts = spec.piece.build()
    stated: dict[str, tuple[str, ...]] = {name: (value,) for name, value in record.attributes.items()}
    for found in (_metals(spec, parts), _side_stones(spec, parts), _other_stuffs(parts), measured(spec, parts)):
        stated |= {subject: values for subject, values in found.items() if values}
    true = frozenset(claim for subject, values in stated.items() for value in values for claim in _line(subject, value))
    return Told(record.id, record.variant_of, stated, true, true | frozenset(_lookalikes(stated)))


def _line(subject: str, value: str) -> Iterator[Claim]:
    yield from with_ancestors((subject, value))
    wider = load().phrases.wider.get(value) if subject == "type" else None
    if wider:
        yield from with_ancestors((subject, wider))


def with_ancestors(claim: Claim) -> tuple[Claim, ...]:
    """The claim and what follows from it: a jhumka is a drop earring and an earring."""
    subject, value = claim
    attribute = {"side_stone": "main_stone", "side_cut": "main_stone_cut"}.get(subject, subject)
    known = load().attributes.get(attribute)
    if known is None or value not in known.values:
        return (claim,)
    return (claim, *((subject, above) for above in load().ancestors(attribute, value)))


def _metals(spec: DesignSpec, parts: Sequence[Part]) -> dict[str, tuple[str, ...]]:
    """Of a two-tone piece the colour of the body counts as its colour too."""
    body = metal_named(spec.casting.metal).colour
    shown = any(part.material == SECOND_METAL for part in parts)
    accent = metal_named(spec.casting.second).colour if spec.casting.second and shown else body
    return (
        {"metal_colour": (body,)} if accent == body else {"metal_colour": (_TWO_TONE, body), "accent_colour": (accent,)}
    )


def _side_stones(spec: DesignSpec, parts: Sequence[Part]) -> dict[str, tuple[str, ...]]:
    """The gem there is most of beside the main stone: another gem, or the same one set as side stone."""
    main: Stone | None = spec.piece.facts().stone
    gems = Counter(part.material for part in parts if part.material in TRANSPARENT_GEMS or part.material in OPAQUE_GEMS)
    beside = Counter(part.material for part in parts if part.label == "side_stone")
    centred = any(part.label == "centre_stone" for part in parts)
    others = {gem: count for gem, count in gems.items() if main and (gem != main.gem or (centred and beside[gem]))}
    if not main or not others:
        return {}
    gem = max(others, key=lambda name: (name != main.gem, others[name], name))
    stone, colour = stone_facts(gem)
    cuts = {each.taxonomy_cut for each in stones_within(spec.piece) if each.gem == gem and each != main}
    if not cuts and gem in TRANSPARENT_GEMS:
        cuts = {"round"}  # named by its gem alone: melee, which is round
    return {"side_stone": (stone,), "side_colour": (colour,), "side_cut": tuple(cuts) if len(cuts) == 1 else ()}


def _other_stuffs(parts: Sequence[Part]) -> dict[str, tuple[str, ...]]:
    """Colours of cord, leather, enamel and dial."""
    found: dict[str, tuple[str, ...]] = {}
    for part in parts:
        kind, _, colour = part.material.partition("_")
        if kind in _STUFFS and colour and colour not in found.get(kind, ()):
            found[kind] = (*found.get(kind, ()), colour)
    return found


def _lookalikes(stated: Mapping[str, tuple[str, ...]]) -> Iterator[Claim]:
    colours = stated.get("metal_colour", ())
    yield from (("metal", metal.metal) for metal in METALS.values() if metal.colour in colours)
    if {"white", "grey"} & set(colours):
        yield from (("metal_colour", "white"), ("metal_colour", "grey"))
    for stone, colour in (("main_stone", "stone_colour"), ("side_stone", "side_colour")):
        for value in stated.get(stone, ()):
            own = stone_look(value, next(iter(stated.get(colour, ())), ""))
            for gem in (*TRANSPARENT_GEMS, *OPAQUE_GEMS):
                other, hue = stone_facts(gem)
                if stone_look(other, hue) == own:
                    yield from ((stone, other), (colour, hue))
