"""The small language in which measures are combined: `white background and not cut and sharpness > 0.4`.

    rule        rule or rule | rule and rule | not rule | (rule) | yes-or-no | number < number | text is text
    yes-or-no   a fault ("blurred", "cut"), its opposite ("sharp"), a background ("white"), or a rule above this one
    number      a measure ("sharpness"), width, height, longer_side, shorter_side, or digits
    text        background

Parsed by hand into nested values and never given to Python. Types are checked when a rule is read, so a mistake is told
with its place in the line, not met in the ten-thousandth photo. "white background" and "white" mean the same.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

__all__ = ["BadRule", "Expression", "Facts", "Kind", "parse_expression"]

_MAX_LENGTH = 1000  # characters of a rule
_MAX_DEPTH = 40
_TOKEN = re.compile(r"\s*(?:(<=|>=|==|!=|<|>|\(|\))|(\d+(?:\.\d+)?|\.\d+)(%?)|([^\W\d]\w*))")
_SIGNS: Mapping[str, Callable[[float, float], bool]] = {
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
    "==": lambda a, b: a == b,
    "!=": lambda a, b: a != b,
}
_KEYWORDS = ("and", "or", "not", "is")


class BadRule(ValueError):
    """`str(error)` says what is wrong and where in the rule."""


@dataclass(frozen=True)
class Kind:
    """The names a rule may use. `flags` are yes or no, `numbers` may be compared, `backgrounds` are what "is" takes."""

    flags: frozenset[str]
    numbers: frozenset[str]
    backgrounds: frozenset[str]


@dataclass(frozen=True)
class Facts:
    """What is known of one photo. A number or flag that was not measured is left out; then nothing is claimed of it."""

    flags: Mapping[str, bool]
    numbers: Mapping[str, float]
    background: str


@dataclass(frozen=True)
class Expression:
    """A parsed rule. `names` are the flags, measures and backgrounds it speaks of, in order."""

    text: str
    names: tuple[str, ...]
    _holds: Callable[[Facts], bool]

    def holds(self, facts: Facts) -> bool:
        """A comparison with something that was not measured does not hold, nor does its opposite sign."""
        return self._holds(facts)


class _Token(NamedTuple):
    kind: str  # sign, number, name, end
    text: str
    at: int  # character of the rule, from 0
    value: float = 0.0


def parse_expression(text: str, kind: Kind) -> Expression:
    """Raises `BadRule`."""
    if len(text) > _MAX_LENGTH:
        raise BadRule(f"the rule has {len(text)} characters; {_MAX_LENGTH} are allowed")
    parser = _Parser(text, _tokens(text), kind)
    return Expression(text.strip(), *parser.whole())


def _tokens(text: str) -> list[_Token]:
    found, at = [], 0
    while text[at:].strip():
        match = _TOKEN.match(text, at)
        if match is None:
            place = at + len(text[at:]) - len(text[at:].lstrip())
            raise BadRule(f"{text[place]!r} at character {place + 1} is no part of a rule{_hint(text[place])}")
        sign, number, per_cent, name = match.groups()
        start = match.start(match.lastindex or 0) if not number else match.start(2)
        if number:
            found.append(_Token("number", number + per_cent, start, float(number) / (100 if per_cent else 1)))
        else:
            found.append(_Token("sign" if sign else "name", sign or name.lower(), start))
        at = match.end()
    return [*found, _Token("end", "the end", len(text))]


def _hint(letter: str) -> str:
    meant = {
        "=": '. Write "is" or ==',
        "&": '. Write "and"',
        "|": '. Write "or"',
        "!": '. Write "not"',
        ",": '. Write "and"',
    }
    return meant.get(letter, "")


Test = Callable[[Facts], bool]
Number = Callable[[Facts], "float | None"]


class _Parser:
    def __init__(self, text: str, tokens: list[_Token], kind: Kind) -> None:
        self._text, self._tokens, self._kind = text, tokens, kind
        self._at = self._depth = 0
        self._names: list[str] = []

    def whole(self) -> tuple[tuple[str, ...], Test]:
        if self._now.kind == "end":
            raise BadRule("the rule is empty. Write for example: white and not cut")
        test = self._either()
        if self._now.kind != "end":
            raise BadRule(f'{self._shown()} is one too many; join parts by "and" or "or"')
        return tuple(dict.fromkeys(self._names)), test

    @property
    def _now(self) -> _Token:
        return self._tokens[self._at]

    def _shown(self) -> str:
        now = self._now
        return f"{now.text!r} at character {now.at + 1}" if now.kind != "end" else "the end of the rule"

    def _take(self, *texts: str) -> bool:
        if self._now.kind in {"name", "sign"} and self._now.text in texts:
            self._at += 1
            return True
        return False

    def _either(self) -> Test:
        tests = [self._both()]
        while self._take("or"):
            tests.append(self._both())
        return tests[0] if len(tests) == 1 else lambda facts: any(test(facts) for test in tests)

    def _both(self) -> Test:
        tests = [self._negated()]
        while self._take("and"):
            tests.append(self._negated())
        return tests[0] if len(tests) == 1 else lambda facts: all(test(facts) for test in tests)

    def _negated(self) -> Test:
        self._depth += 1
        if self._depth > _MAX_DEPTH:
            raise BadRule(f"more than {_MAX_DEPTH} brackets or nots lie within each other")
        test = self._opposite() if self._take("not") else self._single()
        self._depth -= 1
        return test

    def _opposite(self) -> Test:
        inner = self._negated()
        return lambda facts: not inner(facts)

    def _single(self) -> Test:
        if self._take("("):
            test = self._either()
            if not self._take(")"):
                raise BadRule(f'")" is missing before {self._shown()}')
            return test
        if self._now.text == "background":
            return self._background()
        follows = self._tokens[min(self._at + 1, len(self._tokens) - 1)]
        if self._now.kind == "number" or follows.text in _SIGNS:
            return self._comparison()
        if self._now.kind != "name" or self._now.text in _KEYWORDS:
            raise BadRule(f"something is missing before {self._shown()}")
        return self._flag()

    def _comparison(self) -> Test:
        first = self._number()
        sign = self._now.text
        if sign not in _SIGNS:
            raise BadRule(f"a number has to be compared: put <, <=, > or >= before {self._shown()}")
        self._at += 1
        second, compare = self._number(), _SIGNS[sign]

        def test(facts: Facts) -> bool:
            left, right = first(facts), second(facts)
            return left is not None and right is not None and compare(left, right)

        return test

    def _number(self) -> Number:
        token = self._now
        if token.kind == "number":
            self._at += 1
            return lambda facts: token.value
        if token.kind == "name" and token.text in self._kind.numbers:
            self._at += 1
            self._names.append(token.text)
            return lambda facts: facts.numbers.get(token.text)
        if token.kind == "name" and token.text in self._kind.flags | self._kind.backgrounds:
            raise BadRule(f"{self._shown()} is yes or no and cannot be compared")
        raise BadRule(f"a number or a measure should stand where {self._shown()} is{self._near(self._kind.numbers)}")

    def _background(self) -> Test:
        self._at += 1
        if not self._take("is", "=="):
            raise BadRule(f'"background" needs "is" before {self._shown()}: background is white')
        negated = self._take("not")
        name = self._now.text
        if name not in self._kind.backgrounds:
            raise BadRule(
                f"a background should stand where {self._shown()} is: {', '.join(sorted(self._kind.backgrounds))}"
            )
        self._at += 1
        self._names.append(name)
        return lambda facts: (facts.background == name) != negated

    def _flag(self) -> Test:
        name = self._now.text
        if name in self._kind.backgrounds:
            self._at += 1
            self._take("background")
            self._names.append(name)
            return lambda facts: facts.background == name
        if name in self._kind.flags:
            self._at += 1
            self._names.append(name)
            return lambda facts: facts.flags.get(name, False)
        if name in self._kind.numbers:
            raise BadRule(f"{self._shown()} is a number: compare it, such as {name} > 0.5")
        raise BadRule(
            f"there is no {self._shown()}{self._near(self._kind.flags | self._kind.backgrounds | self._kind.numbers)}"
        )

    def _near(self, names: frozenset[str]) -> str:
        close = difflib.get_close_matches(self._now.text, sorted(names), n=1, cutoff=0.6)
        return f". Did you mean {close[0]!r}?" if close else f". There is: {', '.join(sorted(names))}"
