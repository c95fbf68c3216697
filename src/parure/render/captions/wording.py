"""Captions of a design: which of its claims are stated, and a text that states them and nothing else.

Titles as sellers write them, shoppers' queries, whole sentences, lists and keyed lists; words of praise and of use that
say nothing about the piece; both spellings of English; slips.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from numpy.random import Generator

from parure.render.captions.facts import Claim, Told, with_ancestors
from parure.render.captions.lexicon import one
from parure.render.captions.phrases import Phrase, Statement, noun, phrases
from parure.render.captions.spelling import american, misspelt
from parure.taxonomy import load

__all__ = ["Caption", "Wording", "choose_claims", "claims_of", "word"]

# How often a subject is stated where it could be, beside the others.
_WEIGHTS: Mapping[str, float] = {
    "type": 5.0, "metal": 2.2, "metal_colour": 2.6, "accent_colour": 1.2, "finish": 0.8, "main_stone": 3.0,
    "stone_colour": 1.8, "main_stone_cut": 1.8, "side_stone": 1.4, "side_colour": 0.6, "side_cut": 1.0, "setting": 1.1,
    "motif": 1.8, "chain_type": 0.8, "closure": 0.25, "count": 0.5, "pieces": 0.35, "band": 0.6, "stone_size": 0.5,
    "cord": 1.2, "leather": 1.2, "enamel": 1.2, "dial": 1.2,
}  # fmt: skip
_SELDOM: Mapping[Claim, float] = {("main_stone", "none"): 0.7, ("finish", "polished"): 0.15}
_HOW_MANY = (0.10, 0.17, 0.20, 0.18, 0.13, 0.09, 0.07, 0.06)  # shares of captions with 1, 2, ... claims
_NARROWEST = 0.6

_OPENINGS = (
    "looking for a", "show me a", "i want a", "find me", "do you have a", "searching for", "a", "any", "need a",
    "gift idea:", "where can i get a", "something like a", "",
)  # fmt: skip
_PRAISE = (
    "beautiful", "elegant", "stunning", "unique", "lovely", "new", "pretty", "gorgeous", "fine", "genuine", "natural",
    "quality", "handmade", "luxury", "classic", "real",
)  # fmt: skip
_USES = (
    "for women", "for her", "gift for her", "size 7", "size n", "gift boxed", "free shipping", "for men", "for wife",
    "birthday gift", "for everyday", "anniversary gift", "uk", "sku 4821", "1.5 ct", "hallmarked", "in stock", "unisex",
)  # fmt: skip
_NAMES = {
    "metal": "metal", "stone": "main stone", "side": "side stones", "setting": "setting", "motif": "motif",
    "chain_type": "chain", "closure": "clasp", "finish": "finish", "count": "stones", "band": "band",
    "pieces": "pieces", "cord": "cord", "leather": "strap", "enamel": "enamel", "dial": "dial",
}  # fmt: skip


@dataclass(frozen=True)
class Wording:
    """Chances of what changes a text and not its meaning."""

    praise: float = 0.15
    use: float = 0.12
    american: float = 0.5
    slip: float = 0.12
    layouts: Mapping[str, float] = field(
        default_factory=lambda: {"title": 0.32, "query": 0.26, "sentence": 0.16, "list": 0.16, "keyed": 0.10}
    )


@dataclass(frozen=True)
class Caption:
    """`claims` are those that the text states, without what follows from them."""

    text: str
    claims: frozenset[Claim]


def choose_claims(told: Told, random: Generator) -> Statement:
    """Some of what is true of a design, one value of each subject chosen."""
    subjects = [subject for subject in _WEIGHTS if subject in told.stated]
    weights = [_WEIGHTS[name] * _SELDOM.get((name, told.stated[name][0]), 1.0) for name in subjects]
    many = 1 + min(len(subjects) - 1, int(random.choice(len(_HOW_MANY), p=_HOW_MANY)))
    total = sum(weights)
    shares = [weight / total for weight in weights]
    chosen = {subjects[at] for at in random.choice(len(subjects), many, replace=False, p=shares)}
    chosen |= {"metal_colour"} if "accent_colour" in chosen else set()
    return {subject: _value(subject, chosen, told, random) for subject in subjects if subject in chosen}


def _value(subject: str, chosen: set[str], told: Told, random: Generator) -> str:
    values = told.stated[subject]
    if subject == "metal_colour" and len(values) > 1:
        return values[1] if "accent_colour" in chosen or random.random() < 0.3 else values[0]
    line = [value for _, value in with_ancestors((subject, one(values, random)))]
    wider = load().phrases.wider.get(line[0]) if subject == "type" else None
    line += [wider] if wider else []
    return line[0] if random.random() < _NARROWEST else one(line, random)


def claims_of(statement: Statement) -> frozenset[Claim]:
    return frozenset(statement.items())


def word(statement: Statement, random: Generator, wording: Wording | None = None) -> Caption:
    """A text that states these claims. The same generator words two statements of the same subjects alike."""
    chosen = wording or Wording()
    layout = _LAYOUTS[str(random.choice(list(chosen.layouts), p=_shares(chosen.layouts)))]
    name = noun(statement, random)
    found = list(phrases(statement, random))
    text = layout(name, found, random)
    text = f"{one(_PRAISE, random)} {text}" if random.random() < chosen.praise else text
    text = f"{text} {one(_USES, random)}" if random.random() < chosen.use else text
    text = american(text) if random.random() < chosen.american else text
    text = misspelt(text, random) if random.random() < chosen.slip else text
    return Caption(" ".join(text.split()), claims_of(statement))


def _shares(layouts: Mapping[str, float]) -> list[float]:
    total = sum(layouts.values())
    return [share / total for share in layouts.values()]


def _ordered(found: list[Phrase], random: Generator) -> tuple[list[Phrase], list[Phrase]]:
    """What stands in front of the noun and what behind it: side stones after the main one, so "with" reads right."""
    ranks = {phrase.key: random.random() for phrase in found}
    behind_chance = 0.2 + 0.5 * random.random()
    before: list[Phrase] = []
    after: list[Phrase] = []
    for phrase in sorted(found, key=lambda each: ranks[each.key]):
        late = phrase.key in ("side", "chain_type", "closure") or ranks[phrase.key] < behind_chance
        (after if late and phrase.key != "pieces" else before).append(phrase)
    before.sort(key=lambda phrase: phrase.key != "pieces")
    after.sort(key=lambda phrase: {"stone": 0, "side": 1}.get(phrase.key, 2))
    return before[-4:], after + before[:-4]


def _title(name: str, found: list[Phrase], random: Generator) -> str:
    before, after = _ordered(found, random)
    mark = one((" ", " ", ", ", " - "), random)
    return mark.join(filter(None, [" ".join([*(p.before for p in before), name]), *(p.after for p in after)]))


def _query(name: str, found: list[Phrase], random: Generator) -> str:
    opening = one(_OPENINGS, random)
    return f"{opening} {_title(name, found, random)}"


def _sentence(name: str, found: list[Phrase], random: Generator) -> str:
    before, after = _ordered(found, random)
    start = one(("This", "A", "Our", "Discover this", "Here is a", "The"), random)
    head = " ".join([start, *(phrase.before for phrase in before), name or "piece"])
    close = one((".", "!", "", ", perfect as a gift.", ", made with care."), random)
    return f"{head} {' '.join(phrase.after for phrase in after)}{close}"


def _list(name: str, found: list[Phrase], random: Generator) -> str:
    mark = one((", ", " | ", " / ", "; ", " ", ". ", " · "), random)
    things = [phrase.alone for phrase in found] + ([name] if name else [])
    order = [random.random() for _ in range(len(things))]
    return mark.join(thing for _, thing in sorted(zip(order, things, strict=True)))


def _keyed(name: str, found: list[Phrase], random: Generator) -> str:
    mark, colon = one(("; ", ", ", ". ", "\n"), random), one((": ", " - ", " "), random)
    rows = [("type", name)] if name else []
    rows += [(_NAMES[phrase.key], phrase.alone) for phrase in found]
    return mark.join(f"{key}{colon}{value}" for key, value in rows)


_Layout = Callable[[str, list[Phrase], Generator], str]
_LAYOUTS: Mapping[str, _Layout] = {
    "title": _title,
    "query": _query,
    "sentence": _sentence,
    "list": _list,
    "keyed": _keyed,
}
