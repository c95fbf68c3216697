"""The policy file: a YAML file a person writes, as one checked value. Every fault is told with its line and field.

Read in two steps, since the settings may name the rules file whose `quality` words the policy's own rules use.
"""

from __future__ import annotations

import difflib
from collections.abc import Collection
from dataclasses import dataclass, fields
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

from parure.curate.policy import OTHERWISE, Policy, PolicyRule, Ruling, policy_words
from parure.curate.quality_words import BadRule, Expression, Kind, parse_expression
from parure.curate.rules import YES_NO
from parure.curate.rules_yaml import Text, section_of
from parure.curate.yaml_nodes import compose, pairs, where_of
from parure.errors import IntakeError

if TYPE_CHECKING:
    import yaml

__all__ = ["PolicySettings", "default_policy", "policy_template", "read_policy", "read_policy_settings"]

_HINT = "`parure curate policy init` writes a commented one."
_SECTIONS = ("settings", "rules", OTHERWISE)
_SAYS = ("path", "when", "then", "say")
_PATHS = ("to", "sheet", "rules")
_SECONDS = ("every", "settle")
_MOST_S = 86_400.0


@dataclass(frozen=True)
class PolicySettings:
    """What the command line may also say, and stands above. Files are looked for beside the policy file."""

    to: Path | None = None
    sheet: Path | None = None
    rules: Path | None = None
    template: str | None = None
    every: float | None = None  # seconds between two looks
    settle: float | None = None  # seconds a file has to lie still
    see: bool | None = None  # let the model that finds pieces look at each new photo


def policy_template() -> str:
    """The text of a commented policy to start from."""
    return (resources.files("parure.curate") / "templates" / "policy.yaml").read_text(encoding="utf-8")


def default_policy(quality_rules: Collection[str] = ()) -> Policy:
    """The policy that `policy_template` states."""
    with resources.as_file(resources.files("parure.curate") / "templates" / "policy.yaml") as path:
        return read_policy(path, quality_rules)


def read_policy_settings(path: Path) -> PolicySettings:
    """Raises `IntakeError` naming file, line and field."""
    node = _sections(path).get("settings")
    if node is None:
        return PolicySettings()
    section = section_of(path, "settings", node)
    if section.listed and section.texts:
        raise IntakeError(f"{section.where}: settings has to hold lines such as `to: catalogue/`.")
    known = tuple(field.name for field in fields(PolicySettings))
    stated = {text.name: _setting(path, text, known) for text in section.texts if text.text}
    return PolicySettings(**stated)  # type: ignore[arg-type] # by name, in `_setting`


def read_policy(path: Path, quality_rules: Collection[str] = ()) -> Policy:
    """`quality_rules` are names of the rules file. Raises `IntakeError` naming file, line and field."""
    sections = _sections(path)
    node = sections.get("rules")
    words = policy_words(quality_rules)
    named = {} if node is None else _mapping(path, node, "rules", "a name for each rule, with its lines below")
    rules = tuple(_rule(path, name, each, words) for name, each in named.items())
    if not rules:
        raise IntakeError(f"{path.name} has no rules, so nothing could be decided by itself. {_HINT}")
    ending = sections.get(OTHERWISE)
    if ending is None:
        return Policy(rules)
    told = section_of(path, OTHERWISE, ending)
    if not told.listed or len(told.texts) != 1:
        raise IntakeError(f"{told.where}: {OTHERWISE} is one of {', '.join(Ruling)}.")
    return Policy(rules, _ruling(told.texts[0], OTHERWISE))


def _sections(path: Path) -> dict[str, yaml.Node]:
    sections = compose(path, _HINT)
    for name, node in sections.items():
        if name not in _SECTIONS:
            raise IntakeError(f"{where_of(path, node)}: {_unknown(name, _SECTIONS)}")
    return sections


def _setting(path: Path, text: Text, known: tuple[str, ...]) -> Path | str | float | bool:
    if text.name not in known:
        raise IntakeError(f"{text.where}: settings: {_unknown(text.name, known)}")
    if text.name in _PATHS:
        return path.parent / Path(text.text).expanduser()
    if text.name == "see":
        if text.text.lower() not in YES_NO:
            raise IntakeError(f"{text.where}: see is yes or no, not {text.text!r}.")
        return YES_NO[text.text.lower()]
    if text.name not in _SECONDS:
        return text.text
    try:
        seconds = float(text.text)
    except ValueError:
        seconds = -1.0
    if not 0 <= seconds <= _MOST_S:
        raise IntakeError(f"{text.where}: {text.name} is a number of seconds, such as 10, not {text.text!r}.")
    return seconds


def _rule(path: Path, name: str, node: yaml.Node, words: Kind) -> PolicyRule:
    where = where_of(path, node)
    if name in {OTHERWISE, "person"}:
        raise IntakeError(f"{where}: {name!r} has a meaning of its own; give the rule another name.")
    shape = "lines such as `when: blurred` and `then: reject`"
    stated = _mapping(path, node, name, shape)
    for field, value in stated.items():
        if field not in _SAYS:
            raise IntakeError(f"{where_of(path, value)}: {name}: {_unknown(field, _SAYS)}")
    section = section_of(path, name, node)
    texts = {text.name: text for text in section.texts}
    if "then" not in texts:
        raise IntakeError(f"{where}: {name} does not say `then:`, one of {', '.join(Ruling)}.")
    if not {"when", "path"} & texts.keys():
        raise IntakeError(f"{where}: {name} says neither `when:` nor `path:`, so it would decide everything."
                          f" Write it as `{OTHERWISE}: {texts['then'].text}` instead.")  # fmt: skip
    when = _condition(texts["when"], name, words) if "when" in texts else None
    plain = {field: texts[field].text.strip() for field in ("path", "say") if field in texts}
    return PolicyRule(name, _ruling(texts["then"], name), when, plain.get("path", ""), plain.get("say", ""))


def _condition(text: Text, name: str, words: Kind) -> Expression:
    try:
        return parse_expression(text.text, words)
    except BadRule as error:
        told = _short(str(error))
        raise IntakeError(f"{text.where}: {name}: when: {told}{'' if told.endswith('?') else '.'}") from error


def _short(told: str) -> str:
    """Without the list of all words there are, which is long here."""
    before, listed, _ = told.partition(". There is: ")
    return f"{before}. docs/watch.md lists the words a rule may use" if listed else before


def _ruling(text: Text, name: str) -> Ruling:
    try:
        return Ruling(text.text.strip().lower())
    except ValueError:
        raise IntakeError(f"{text.where}: {name}: then is one of {', '.join(Ruling)}, not {text.text!r}.") from None


def _mapping(path: Path, node: yaml.Node, name: str, shape: str) -> dict[str, yaml.Node]:
    import yaml

    if isinstance(node, yaml.ScalarNode) and not node.value:
        return {}
    if not isinstance(node, yaml.MappingNode):
        raise IntakeError(f"{where_of(path, node)}: {name} has to hold {shape}.")
    return pairs(path, node)


def _unknown(name: str, known: Collection[str]) -> str:
    near = difflib.get_close_matches(name, known, n=1, cutoff=0.5)
    return f"there is no {name!r}. " + (f"Did you mean {near[0]!r}?" if near else f"There is: {', '.join(known)}.")
