"""What becomes of a new photo without anybody looking: rules asked from top to bottom, of which the first decides.

A rule speaks the language of `quality_words`. Beside measures it may ask for what the plan says of the photo: its
verdict, the code of each reason, whether a style is known, and how a copy differs from what is there already.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from fnmatch import fnmatchcase

from parure.curate.plan import shown
from parure.curate.quality import quality_words
from parure.curate.quality_words import Expression, Facts, Kind
from parure.curate.values import Reason, Verdict
from parure.errors import ImageReason

__all__ = ["OTHERWISE", "REASONS", "Case", "Policy", "PolicyRule", "Ruled", "Ruling", "policy_words", "rule_on"]

OTHERWISE = "otherwise"

# Codes of the reasons that a verdict may have before the policy is asked.
REASONS = frozenset(
    {
        "two_styles", "unknown_code", "folder_disagrees", "sku_disagrees", "clues_disagree", "typo", "stray", "date",
        "in_date", "counter", "glued", "split", "short", "no_code", "neighbours", "named_by_copy", "styles_disagree",
        "metals_disagree", "unusable_name", "gone_since_scan", "decided", "same_bytes", "same_picture", "not_a_photo",
        "sheet", "nested_archive", "unreadable_folder", "link", "not_a_file", "too_deep", "crashes_reader", "failed",
        *(reason.value for reason in ImageReason),
    }
)  # fmt: skip
_OWN = ("named", "larger", "other_style")


class Ruling(StrEnum):
    APPROVE = "approve"
    REJECT = "reject"
    QUEUE = "queue"


@dataclass(frozen=True)
class PolicyRule:
    """Holds if both `path` and `when` do; what is not stated holds. `say` is told instead of the plan's own reason."""

    name: str
    then: Ruling
    when: Expression | None = None
    path: str = ""  # a pattern with * and ?, of the path below the source
    say: str = ""


@dataclass(frozen=True)
class Policy:
    rules: tuple[PolicyRule, ...]
    otherwise: Ruling = Ruling.QUEUE


@dataclass(frozen=True)
class Case:
    """What a rule may ask about. `measured` is None for what did not become a picture.

    `larger`: it has more pixels than what it repeats; `other_style`: its name says another style than that one has.
    """

    path: str
    verdict: Verdict
    reasons: tuple[Reason, ...]
    named: bool = False
    larger: bool = False
    other_style: bool = False
    measured: Facts | None = None


@dataclass(frozen=True)
class Ruled:
    """`rule` is the name of the rule that decided."""

    ruling: Ruling
    rule: str
    reason: Reason


def policy_words(quality_rules: Collection[str]) -> Kind:
    """The names a rule may use, where the rules file has `quality` rules of these names."""
    words = quality_words(quality_rules)
    return Kind(
        words.flags | REASONS | {*(verdict.value for verdict in Verdict), *_OWN}, words.numbers, words.backgrounds
    )


def rule_on(case: Case, policy: Policy) -> Ruled:
    facts = _facts(case)
    for rule in policy.rules:
        if _fits(case.path, rule.path) and (rule.when is None or rule.when.holds(facts)):
            return Ruled(rule.then, rule.name, Reason(rule.name, rule.say) if rule.say else case.reasons[0])
    return Ruled(policy.otherwise, OTHERWISE, case.reasons[0])


def _facts(case: Case) -> Facts:
    """A `quality` rule called reject or review does not hide the verdict of that name, which knows more."""
    measured = case.measured or Facts({}, {}, "")
    flags = {**measured.flags, **{verdict.value: verdict is case.verdict for verdict in Verdict}}
    flags |= {reason.code: True for reason in case.reasons}
    flags |= {"named": case.named, "larger": case.larger, "other_style": case.other_style}
    return Facts(flags, measured.numbers, measured.background)


def _fits(path: str, pattern: str) -> bool:
    return not pattern or fnmatchcase(shown(path).casefold(), pattern.casefold())
