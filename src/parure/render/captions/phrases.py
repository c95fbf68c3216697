"""From a statement to phrases: what belongs together stays together ("oval blue sapphire"), which is what binds words.

Unusual: the number of random draws does not depend on the values, so that the same generator words a statement and
its swapped twin alike.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from numpy.random import Generator

from parure.render.captions.lexicon import one, plural, say
from parure.render.families.table import wide_type

__all__ = ["Phrase", "Statement", "noun", "phrases"]

Statement = Mapping[str, str]  # subject -> value

_PLURAL_TYPES = ("earring", "cufflink")
_BARE_SETTINGS = (
    "solitaire",
    "three_stone",
    "halo",
    "cluster",
    "pave",
    "side_stone",
    "kundan",
    "drilled",
    "wire_wrapped",
)
_ARTICLE_VOWELS = tuple("aeiou")


@dataclass(frozen=True)
class Phrase:
    """`before` stands in front of the noun, `after` behind it, `alone` in a list or after "Stone:"; `key` names it."""

    key: str
    before: str
    after: str
    alone: str


def phrases(statement: Statement, random: Generator) -> tuple[Phrase, ...]:
    """One for each group of claims that belong together, the main stone ahead of those beside it."""
    return tuple(found for build in _BUILDERS if (found := build(statement, random)) is not None)


def noun(statement: Statement, random: Generator) -> str:
    """What the piece is called; where its type is not stated, "piece" or nothing."""
    vague = one(("piece", "jewellery", "piece of jewellery", "jewel", "", ""), random)
    many = random.random() < 0.6
    if "type" not in statement:
        return vague
    name = say("type", statement["type"], random)
    return plural(name) if many and wide_type(statement["type"]) in _PLURAL_TYPES else name


def _metal(statement: Statement, random: Generator) -> Phrase | None:
    metal, colour, accent = (statement.get(key, "") for key in ("metal", "metal_colour", "accent_colour"))
    words = [say("metal", metal or "gold", random), say("metal_colour", colour or "yellow", random)]
    second, tail = say("accent_colour", accent or "white", random), one(("accents", "details", "trim"), random)
    lead = one(("in", "in", "made of", "crafted in", "cast in", "of"), random)
    if not (metal or colour):
        return None
    name = _metal_name(metal, colour, words)
    if accent:
        name = f"{name} with {second} {tail}"  # "two tone gold and silver" would not say which is the body
        return Phrase("metal", f"{name},", f"{lead} {name}", name)
    return Phrase("metal", name, f"{lead} {name}", name)


def _metal_name(metal: str, colour: str, words: list[str]) -> str:
    if not metal or not colour:
        return words[0] if metal else words[1]
    plain = (metal, colour) in {
        ("silver", "white"),
        ("platinum", "white"),
        ("stainless_steel", "grey"),
    } or metal == colour
    if plain or (metal, colour) in {
        ("brass", "yellow"),
        ("bronze", "brown"),
        ("titanium", "grey"),
        ("tungsten", "grey"),
    }:
        return words[0]
    if metal == "gold" and colour in ("yellow", "white", "rose"):
        said, _, _ = words[0].rpartition("gold")
        return f"{said}{colour} gold"
    return f"{words[1]} {words[0]}"


def _stone(statement: Statement, random: Generator) -> Phrase | None:
    name = _stone_name(statement, ("stone_size", "main_stone_cut", "stone_colour", "main_stone"), random)
    lead = one(("with", "set with", "featuring", "with", "centred on", "holding", "and"), random)
    bare = random.random() < 0.4
    if statement.get("main_stone") == "none":
        said = say("main_stone", "none", random)
        return Phrase("stone", "plain", said if said.startswith(("no", "with")) else f", {said}", said)
    if not name:
        return None
    return Phrase("stone", name, f"{lead} {name if bare else _with_article(name)}", name)


def _stone_name(statement: Statement, keys: tuple[str, str, str, str], random: Generator) -> str:
    size, cut, colour, stone = (statement.get(key, "") for key in keys)
    said = {
        "size": say("stone_size", size, random) if size else "",
        "cut": say("main_stone_cut", cut or "round", random),
        "colour": say("stone_colour", colour or "blue", random),
    }
    gem = say("main_stone", stone or "diamond", random)
    suffix, order = one(("", "", " cut", " shaped"), random), random.random()
    head = gem if stone else one(("stone", "gemstone", "gem"), random)
    if not (size or cut or colour or stone):
        return ""
    shaped = said["cut"] + (suffix if len(said["cut"].split()) == 1 else "") if cut else ""
    middle = [shaped, said["colour"] if colour else ""]
    if order < 0.3:
        middle.reverse()
    if order > 0.9 and cut and stone:
        return " ".join(filter(None, (said["size"], middle[1], head, shaped)))
    return " ".join(filter(None, (said["size"], *middle, head)))


def _sides(statement: Statement, random: Generator) -> Phrase | None:
    name = _stone_name(statement, ("", "side_cut", "side_colour", "side_stone"), random)
    tail = one(("accents", "side stones", "on the sides", "sides", "details"), random)
    lead = one(("with", "and", "flanked by", "accented with", "surrounded by", "and small", "beside"), random)
    as_list, many = random.random() < 0.5, plural(name)
    if not name:
        return None
    return Phrase("side", f"{name} accented", f"{lead} {many}" if as_list else f"with {name} {tail}", f"{name} {tail}")


def _setting(statement: Statement, random: Generator) -> Phrase | None:
    value = statement.get("setting", "")
    said, tail = say("setting", value or "prong", random), one((" set", " setting", ""), random)
    if not value:
        return None
    bare = value in _BARE_SETTINGS or said.endswith(("set", "setting"))
    name = said if bare else f"{said}{tail or ' set'}"
    after = f"in a {said.removesuffix(' setting').removesuffix(' set')} setting"
    return Phrase("setting", name, after, name)


def _count(statement: Statement, random: Generator) -> Phrase | None:
    said = say("count", statement.get("count", "1"), random)
    if "count" not in statement:
        return None
    stones = "stone" if statement["count"] == "1" else "stones"
    return Phrase("count", f"{said} stone", f"with {said} {stones}", f"{said} {stones}")


def _band(statement: Statement, random: Generator) -> Phrase | None:
    said = say("band", statement.get("band", "thin"), random)
    if "band" not in statement:
        return None
    return Phrase("band", said, f"on a {said} band", f"{said} band")


def _pieces(statement: Statement, random: Generator) -> Phrase | None:
    said = say("pieces", statement.get("pieces", "pair"), random)
    return (
        Phrase("pieces", said, f"({said.removesuffix(' of')})", said.removesuffix(" of"))
        if "pieces" in statement
        else None
    )


def _plainly(subject: str, before: str, after: tuple[str, ...]) -> Callable[[Statement, Generator], Phrase | None]:
    """A builder for a claim that stands by itself; `{}` is what is said."""

    def build(statement: Statement, random: Generator) -> Phrase | None:
        value, form = statement.get(subject, ""), one(after, random)
        if not value:
            return None
        said = say(subject, value, random)
        tail = form.replace("{}", said)
        return Phrase(subject, before.replace("{}", said), _once(tail), _once(tail.split(" ", 1)[1]))

    return build


def _once(text: str) -> str:
    """ "lobster clasp clasp" says it twice."""
    words = text.split(" ")
    return " ".join(word for at, word in enumerate(words) if at == 0 or word != words[at - 1])


def _with_article(name: str) -> str:
    if name.endswith("s") or name[:1].isdigit():
        return name
    return f"{'an' if name.startswith(_ARTICLE_VOWELS) else 'a'} {name}"


_BUILDERS: tuple[Callable[[Statement, Generator], Phrase | None], ...] = (
    _pieces,
    _band,
    _plainly("finish", "{}", ("with {} finish", "in {}", "with a {} surface")),
    _metal,
    _stone,
    _sides,
    _setting,
    _count,
    _plainly("motif", "{}", ("with {} motif", "with a {} design", "with {}")),
    _plainly("chain_type", "{} chain", ("on {} chain", "with {} chain", "on a {} link chain")),
    _plainly("cord", "{} cord", ("on {} cord", "with {} cord")),
    _plainly("leather", "{} leather", ("on {} leather", "with {} leather")),
    _plainly("enamel", "{} enamel", ("with {} enamel", "in {} enamel")),
    _plainly("dial", "{} dial", ("with {} dial", "with {} face")),
    _plainly("closure", "{}", ("with {}", "with {} clasp", "with {} closure")),
)
