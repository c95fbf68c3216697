"""How people say a claim: the taxonomy's labels and synonyms, sellers' misspellings among them, and a few idioms.

Unusual: some synonyms are left out because they say more than the claim does: "figaro bracelet" names a chain, "red
garnet" a colour. Those arise when the phrases of two claims meet.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from numpy.random import Generator

from parure.render.gems import OPAQUE_GEMS, TRANSPARENT_GEMS, stone_facts
from parure.render.truth.looks import LOOKS
from parure.taxonomy import load
from parure.taxonomy.words import fold

__all__ = ["BASIC_COLOURS", "Ways", "one", "plural", "say", "stone_colours", "ways"]

_RARE = 0.3

BASIC_COLOURS = (
    "red", "green", "blue", "pink", "white", "black", "yellow", "purple", "brown", "golden", "clear", "orange",
    "rainbow", "lavender", "grey", "gold", "silver",
)  # fmt: skip

_SAY_MORE = frozenset(
    (
        *("curb", "figaro", "tubogas", "tassel", "leather", "macrame", "elastic", "bamboo", "chunky", "lot", "parcel"),
        *("pearl", "pearls", "diamond", "diamonds", "silver", "gold", "pair", "pairs"),
        *("lemon", "mystic", "london", "imperial"),
    )
)
_SAME_SUBJECT = {"side_stone": "main_stone", "side_cut": "main_stone_cut", "side_colour": "stone_colour"}

_IDIOMS: dict[tuple[str, str], tuple[str, ...]] = {
    ("main_stone", "none"): (
        "plain", "no stones", "without stones", "no gemstones", "stoneless", "plain metal", "all metal", "no gems",
        "without any stone",
    ),
    ("band", "thin"): ("thin", "dainty", "slim", "delicate", "fine", "skinny", "slender", "narrow"),
    ("band", "wide"): ("wide", "chunky", "broad", "bold", "heavy", "thick", "statement", "big"),
    ("stone_size", "small"): ("small", "tiny", "little", "petite", "dainty", "mini"),
    ("stone_size", "large"): ("large", "big", "huge", "statement", "oversized", "bold"),
    ("pieces", "pair"): ("pair of", "a pair of", "pair", "two", "matching pair of", "set of two"),
    ("pieces", "single"): ("single", "one", "a single", "only one", "just one"),
    ("accent_colour", "yellow"): ("yellow gold", "gold", "yellow", "golden"),
    ("accent_colour", "white"): ("white gold", "silver", "white", "white metal"),
    ("accent_colour", "rose"): ("rose gold", "rose", "pink gold"),
    ("accent_colour", "grey"): ("grey", "steel", "gray metal", "dark grey"),
    ("accent_colour", "black"): ("black", "blackened", "black metal"),
    ("accent_colour", "copper"): ("copper", "copper tone"),
    ("accent_colour", "brown"): ("bronze", "brown", "bronze tone"),
    ("metal", "silver"): ("silver", "sterling silver", "925 silver", "solid silver", "sterling", "925", "real silver"),
    ("metal", "gold"): ("gold", "14k gold", "18k gold", "solid gold", "9ct gold", "18 karat gold", "14kt gold"),
    ("metal", "platinum"): ("platinum", "platinum 950", "pt950", "plat", "950 platinum"),
    ("metal_colour", "white"): ("white metal", "silver tone", "silver", "silver coloured", "white", "silvery"),
    ("metal_colour", "yellow"): ("gold", "golden", "gold tone", "yellow metal", "gold coloured", "yellow"),
    ("metal_colour", "rose"): ("rose tone", "rose", "pink", "rose gold tone", "rose coloured"),
    ("metal_colour", "grey"): ("grey", "gunmetal", "dark grey metal", "grey metal"),
    ("metal_colour", "black"): ("black", "blackened", "black metal", "black tone"),
    ("metal_colour", "brown"): ("brown", "bronze tone", "brown metal", "antique bronze"),
    ("metal_colour", "copper"): ("copper tone", "copper", "copper coloured"),
    ("metal_colour", "two_tone"): ("two-tone", "two tone", "bicolour", "bicolor", "2 tone", "mixed metal", "dual tone"),
    ("metal_colour", "green"): ("green", "green metal", "green gold"),
    ("metal_colour", "blue"): ("blue", "blue metal", "blued"),
    ("type", "ring"): ("ring", "ring", "ring", "finger ring", "band"),
    ("type", "earring"): ("earrings", "earring", "earrings", "ear rings", "earings"),
    ("type", "necklace"): ("necklace", "necklace", "necklace", "neckless", "neckpiece"),
    ("type", "bracelet"): ("bracelet", "bracelet", "bracelet", "braclet", "wristlet"),
    ("type", "pendant"): ("pendant", "pendant", "pendant", "pendent"),
    ("main_stone_cut", "round"): ("round", "round", "round", "round cut", "round brilliant", "brilliant cut"),
    ("type", "solitaire_ring"): ("solitaire ring", "solitaire", "engagement ring", "solitaire engagement ring"),
    ("type", "halo_ring"): ("halo ring", "halo engagement ring", "engagement ring"),
    ("type", "three_stone_ring"): ("three stone ring", "trilogy ring", "three stone engagement ring", "3 stone ring"),
    ("type", "band_ring"): ("band", "wedding band", "wedding ring", "band ring", "ring band"),
    ("type", "eternity_ring"): ("eternity ring", "eternity band", "anniversary band", "half eternity"),
    ("type", "hoop_earring"): ("hoops", "hoop earrings", "hoop earring", "creoles"),
    ("type", "stud_earring"): ("studs", "stud earrings", "stud earring", "ear studs"),
    ("setting", "pave"): ("pave", "pavé", "pave set", "pavé-set", "micro pave", "encrusted"),
    ("motif", "heart"): ("heart", "heart shaped", "love heart", "hearts", "heart motif"),
    ("motif", "circle"): ("circle", "disc", "disk", "circular", "round"),
    ("motif", "bar"): ("bar", "vertical bar", "horizontal bar", "stick"),
    ("main_stone", "pearl"): ("pearl", "pearl", "cultured pearl", "pearls", "perl"),
}  # fmt: skip

_STONE_COLOURS: dict[str, tuple[str, ...]] = {
    "colourless": ("white", "clear", "colourless", "colorless", "transparent"),
    "black": ("black", "jet black", "noir"),
    "grey": ("grey", "gray", "silver grey", "dark grey"),
    "blue": ("blue", "blue", "blue coloured", "bluish"),
    "teal": ("teal", "turquoise blue", "blue green", "aqua"),
    "green": ("green", "green", "green coloured"),
    "yellow": ("yellow", "golden", "yellow", "golden yellow"),
    "orange": ("orange", "orange", "amber coloured"),
    "red": ("red", "red", "deep red", "crimson"),
    "pink": ("pink", "pink", "blush", "rose pink"),
    "purple": ("purple", "violet", "purple", "lilac"),
    "brown": ("brown", "cognac", "champagne", "chocolate brown"),
    "iridescent": ("iridescent", "opalescent", "multicolour", "rainbow"),
}

_NUMBERS = {"1": "one", "2": "two", "3": "three", "4": "four", "5": "five", "6": "six", "7": "seven"}


@dataclass(frozen=True)
class Ways:
    """What most people say, and what some do: synonyms, slips, names of stones that look the same."""

    usual: tuple[str, ...]
    rare: tuple[str, ...]


@cache
def ways(subject: str, value: str) -> Ways:
    """How to say the value of a subject by itself, without the words around it."""
    if subject == "count":
        return Ways((_NUMBERS[value], value), ())
    if subject in ("stone_colour", "side_colour"):
        return Ways(stone_colours(value), ())
    named = _SAME_SUBJECT.get(subject, subject)
    listed = tuple(dict.fromkeys(_listed(named, value)))
    usual = _IDIOMS.get((named, value), listed[:1]) or (value.replace("_", " "),)
    return Ways(usual, (*listed, *_imitations(named, value)))


def say(subject: str, value: str, random: Generator) -> str:
    """One of the ways."""
    known, rarely = ways(subject, value), random.random() < _RARE
    return one(known.rare if rarely and known.rare else known.usual, random)


def one(options: Sequence[str], random: Generator) -> str:
    """Takes one draw whatever the options: the same generator words two statements alike."""
    return options[int(random.random() * len(options))]


def stone_colours(value: str) -> tuple[str, ...]:
    return _STONE_COLOURS.get(value, (value.replace("_", " "),))


def plural(word: str) -> str:
    """ "ruby" to "rubies", as sellers form it."""
    if word.endswith("s"):
        return word
    return word[:-1] + "ies" if word.endswith("y") and word[-2:-1] not in tuple("aeiou") else word + "s"


def _listed(subject: str, value: str) -> Iterator[str]:
    attribute = load().attributes.get(subject)
    if attribute is None or value not in attribute.values or value == "none":
        return
    entry, column = attribute.values[value], load().speech[subject].column
    label = entry.label.lower()
    yield label.split(" or ", maxsplit=1)[0] if subject != "motif" else label.replace(" or ", " ")
    for name in entry.synonyms:
        if fold(name) not in column and not _says_more(subject, value, name):
            yield name


def _says_more(subject: str, value: str, name: str) -> bool:
    words = set(name.lower().split())
    if subject == "main_stone":
        return bool(words & {*BASIC_COLOURS, *_SAY_MORE} - set(value.split("_")))
    if subject in ("type", "setting", "finish", "motif", "closure"):
        return bool(words & _SAY_MORE)
    return False


def _imitations(subject: str, value: str) -> Iterator[str]:
    """Stones that are not drawn and pass for this one: "cubic zirconia" of what is drawn as a diamond."""
    if subject == "main_stone" and value in LOOKS:
        drawn = {stone_facts(gem)[0] for gem in (*TRANSPARENT_GEMS, *OPAQUE_GEMS)}
        for other in LOOKS[value]:
            stone = other.partition("/")[0]
            if stone not in drawn:
                yield from tuple(_listed("main_stone", stone))[:4]
