"""What is wrong with a photo, by its measures, and what shall become of it, by the rules a person wrote.

`faults_of` names every measure beyond its limit. The `quality` section of the rules file joins them into words of its
own; two of these words decide: a photo for which `reject` holds is rejected, one for which `review` holds goes to a
person. Neither looks at a name, a sheet or another photo.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from parure.curate.quality_limits import FAULT_WORDS, OPPOSITES, Limits, load_limits
from parure.curate.quality_words import BadRule, Expression, Facts, Kind, parse_expression
from parure.curate.values import Measures, Reason, Verdict
from parure.images import Picture
from parure.images.quality import BACKGROUNDS, MEASURES, measure

__all__ = [
    "QualityRules",
    "QualityVerdict",
    "faults_of",
    "judge_quality",
    "measures_of",
    "named_rule",
    "quality_facts",
    "quality_words",
]

_LOW_NAMES = {each.name for each in MEASURES if each.low} | {"jewellery", "type_agrees"}
_SIZES = ("width", "height", "longer_side", "shorter_side")
_ABOUT = {each.name: each.about for each in MEASURES} | {
    "jewellery": "certainty that a piece of jewellery is seen",
    "type_agrees": "probability that the piece is what the sheet says",
}
_DECIDING = (("reject", Verdict.REJECT), ("review", Verdict.REVIEW))


@dataclass(frozen=True)
class QualityRules:
    """Rules by name, in the order written, and limits that replace the fitted ones."""

    rules: Mapping[str, Expression] = field(default_factory=dict)
    limits: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class QualityVerdict:
    """`words` tells of each rule whether it holds. `faults` are all that were found, also where no rule minds them."""

    verdict: Verdict
    reasons: tuple[Reason, ...]
    faults: tuple[Reason, ...]
    words: Mapping[str, bool]


def measures_of(picture: Picture) -> Measures:
    """The measures of an upright sRGB picture. Give it shrunk to 384 px or more; its header keeps the file's size."""
    measured = measure(picture)
    header = picture.header
    return Measures(header.width, header.height, measured.scores, measured.background, measured.piece)


def faults_of(
    measures: Measures, limits: Limits | None = None, seen: Mapping[str, float] | None = None
) -> tuple[Reason, ...]:
    """Every measure beyond its limit, the worst first. `seen` are figures of the analyser (see `quality_seen`), which
    stand above measures of the same name; `limits` are those for them then."""
    limits = limits or _limits(QualityRules(), seen)
    figures = _minded(measures, _fitted(measures, seen, limits))
    found = [
        (limits.depth(name, value), name, value) for name, value in figures.items() if limits.is_fault(name, value)
    ]
    return tuple(
        Reason(FAULT_WORDS[name], f"{_ABOUT[name].capitalize()}: {value:.2f}; the limit is {limits.values[name]:.2f}.")
        for _, name, value in sorted(found, key=lambda each: (-each[0], each[1]))
    )


def _minded(measures: Measures, seen: Mapping[str, float] | None) -> dict[str, float]:
    """The figures that may be faults. What runs out of the frame on a worn photo is the body; in a scene it is known
    only where the piece was seen."""
    figures = {name: value for name, value in {**measures.scores, **(seen or {})}.items() if name in FAULT_WORDS}
    if measures.background == "worn" or (measures.background == "scene" and "cut" not in (seen or {})):
        figures.pop("cut", None)
    return figures


def judge_quality(
    measures: Measures,
    rules: QualityRules,
    *,
    seen: Mapping[str, float] | None = None,
    limits: Limits | None = None,
) -> QualityVerdict:
    """Keep, unless `reject` or `review` holds. Never a duplicate. `limits` are fitted ones, as a rule those shipped."""
    limits = _limits(rules, seen, limits)
    seen = _fitted(measures, seen, limits)
    faults = faults_of(measures, limits, seen)
    flags = _with_rules(_facts(measures, faults, seen), rules).flags
    words = {name: flags[name] for name in rules.rules}
    for name, verdict in _DECIDING:
        if words.get(name):
            return QualityVerdict(verdict, _reasons(name, rules, faults, measures.background), faults, words)
    return QualityVerdict(Verdict.KEEP, (Reason("quality", "No rule minds it."),), faults, words)


def quality_facts(measures: Measures, rules: QualityRules, *, seen: Mapping[str, float] | None = None) -> Facts:
    """All that may be asked of a photo by its measures, by the words of `quality_words`."""
    limits = _limits(rules, seen)
    seen = _fitted(measures, seen, limits)
    return _with_rules(_facts(measures, faults_of(measures, limits, seen), seen), rules)


def _fitted(measures: Measures, seen: Mapping[str, float] | None, limits: Limits) -> Mapping[str, float]:
    """A figure of the scan gives way to one of the analyser only where a limit was fitted for that. On an even ground
    the scan knows the size of the piece better: a detector may see a part of it, in one of a hundred half."""
    even = measures.background in {"white", "plain"}
    kept = {name for name in measures.scores if name not in limits.seen or (name == "resolution" and even)}
    return {name: value for name, value in (seen or {}).items() if name not in kept}


def _limits(rules: QualityRules, seen: Mapping[str, float] | None, limits: Limits | None = None) -> Limits:
    """What people wrote stands above what was fitted."""
    fitted = limits or load_limits()
    return (fitted.for_seen() if seen else fitted).with_others(rules.limits)


def _with_rules(facts: Facts, rules: QualityRules) -> Facts:
    """Each rule may speak of those above it."""
    for name, rule in rules.rules.items():
        facts = Facts({**facts.flags, name: rule.holds(facts)}, facts.numbers, facts.background)
    return facts


def _facts(measures: Measures, faults: Sequence[Reason], seen: Mapping[str, float] | None) -> Facts:
    found = {fault.code for fault in faults}
    flags = {word: word in found for word in FAULT_WORDS.values()}
    flags |= {name: FAULT_WORDS[name] in found for name in FAULT_WORDS if name not in _LOW_NAMES}
    flags |= {word: fault not in found for word, fault in OPPOSITES.items()}
    sides = (measures.width, measures.height)
    sizes = dict(zip(_SIZES, (*sides, max(sides), min(sides)), strict=True))
    return Facts(flags, {**measures.scores, **(seen or {}), **sizes}, measures.background)


def _reasons(name: str, rules: QualityRules, faults: Sequence[Reason], background: str) -> tuple[Reason, ...]:
    """The faults that the rule that decided speaks of, and the rule itself."""
    spoken = _spoken(name, rules)
    words = {FAULT_WORDS.get(each, OPPOSITES.get(each, each)) for each in spoken}
    own = tuple(fault for fault in faults if fault.code in words)
    on = f" The background is {background}." if spoken & {*BACKGROUNDS} else ""
    rule = Reason(f"quality_{name}", f"Rule {name}: {rules.rules[name].text}.{on}")
    return (*own, rule) if own else (rule,)


def _spoken(name: str, rules: QualityRules) -> set[str]:
    """The names a rule speaks of, those of the rules it is made of included."""
    names = set(rules.rules[name].names)
    return names.union(*(_spoken(each, rules) for each in names if each in rules.rules))


def named_rule(name: str, text: str, above: Sequence[str]) -> Expression:
    """A rule of the `quality` section; `above` are the names of those before it. Raises `BadRule`."""
    words = quality_words(above)
    taken = words.flags | words.numbers | words.backgrounds | {"background", "and", "or", "not", "is"}
    if name not in above and name in taken:
        raise BadRule(f"{name!r} has a meaning already; give the rule another name")
    return parse_expression(text, words)


def quality_words(rules: Collection[str]) -> Kind:
    """What may be asked, where there are `rules` of these names."""
    flags = {*FAULT_WORDS.values(), *OPPOSITES, *rules, *(each for each in FAULT_WORDS if each not in _LOW_NAMES)}
    return Kind(frozenset(flags), frozenset({*FAULT_WORDS, *BACKGROUNDS, *_SIZES}), frozenset(BACKGROUNDS))
