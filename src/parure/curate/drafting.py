"""Rules proposed from what is there: the shapes of the known codes, and the words that stand beside them.

The draft is a file for a person to read. Codes of the sheet are found without a rule; a shape's rule adds that a code
of that shape which the sheet lacks is told as such. Words come from the default rules, and from the taxonomy where the
archive uses them; frequent words that nothing explains are listed in a comment, for the person to sort.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from importlib import resources
from typing import TYPE_CHECKING

from parure.curate.names import NameReading, NameVerdict
from parure.curate.names_archive import read_archive
from parure.curate.names_rest import RestReader
from parure.curate.names_styles import KnownStyle, StyleIndex
from parure.curate.rules import Rules, default_rules
from parure.curate.rules_patterns import compile_pattern

if TYPE_CHECKING:
    from parure.taxonomy import Taxonomy

__all__ = ["CodeShape", "Draft", "code_shapes", "draft_rules"]

_MOST_PREFIXES = 12  # more letter groups than this are written as a class of letters
_RARE = 0.02  # a shape of a smaller share of the codes is no rule
_WORD = re.compile(r"[^\W\d_]{2,}")
_COMMON = 0.05  # first letters of a larger share of the codes are kept apart
_LISTED = 30  # frequent words shown
_OFTEN = 0.002  # share of names from which on a word is frequent


@dataclass(frozen=True)
class CodeShape:
    """One way codes are built; `codes` of the sheet and `names` of the archive have it."""

    name: str
    pattern: str
    codes: int
    number: bool  # digits only: dates and counters look like it, so the rule is written but not switched on
    names: int = 0


@dataclass(frozen=True)
class Draft:
    """`text` is the rules file. `covered` and `open` are shares of names assigned and sent to review."""

    text: str
    shapes: tuple[CodeShape, ...]
    metals: tuple[tuple[str, str], ...]  # (taxonomy value, pattern) added to the defaults
    unexplained: tuple[tuple[str, int], ...]
    names: int
    covered: float
    open: float


def draft_rules(names: Sequence[str], styles: Sequence[KnownStyle]) -> Draft:
    rules = default_rules()
    shapes = [shape for shape in code_shapes([style.code for style in styles]) if shape.codes >= _RARE * len(styles)]
    readings = read_archive(names, rules, StyleIndex(styles, rules.normalise))
    words = _words_left(readings, rules)
    metals = _metals(words)
    full = _with(rules, shapes, metals)
    again = read_archive(names, full, StyleIndex(styles, full.normalise))
    counted = [replace(shape, names=_matching(shape, names)) for shape in shapes]
    often = max(2, _OFTEN * len(names))
    explained = RestReader(full)
    left = [(word, count) for word, count in words.most_common() if count >= often and not explained.explains(word)]
    total = max(len(names), 1)
    verdicts = Counter(reading.verdict for reading in again)
    return Draft(
        _written(counted, metals, left[:_LISTED]), tuple(counted), metals, tuple(left[:_LISTED]), len(names),
        verdicts[NameVerdict.ASSIGNED] / total, verdicts[NameVerdict.AMBIGUOUS] / total,
    )  # fmt: skip


def code_shapes(codes: Iterable[str]) -> tuple[CodeShape, ...]:
    """Codes grouped by their classes of characters, most frequent first, each group as one pattern.

    First letters that many codes share are kept apart, so that ABC00123 and PX204 do not become one loose pattern.
    """
    split = [re.findall(r"[^\W\d_]+|\d+|[\W_]+", code) for code in codes]
    first = Counter(pieces[0] for pieces in split if pieces)
    groups: dict[tuple[str, ...], list[list[str]]] = defaultdict(list)
    for pieces in split:
        if any(piece.isdecimal() for piece in pieces):
            head = pieces[0] if first[pieces[0]] >= _COMMON * len(split) else ""
            groups[head if head.isalpha() else "", *map(_class, pieces)].append(pieces)
    found = sorted(groups.values(), key=len, reverse=True)
    return tuple(
        CodeShape(f"shape_{n}", _pattern(group), len(group), number=not any(c.isalpha() for c in "".join(group[0])))
        for n, group in enumerate(found, start=1)
    )


def _class(piece: str) -> str:
    return "digits" if piece.isdecimal() else "letters" if piece.isalpha() else piece


def _pattern(group: Sequence[Sequence[str]]) -> str:
    """One piece after the other; bounded on both sides, as codes are no parts of longer words or numbers."""
    return rf"(?<![^\W_]){''.join(_piece(column) for column in zip(*group, strict=True))}(?![^\W_])"


def _piece(column: Sequence[str]) -> str:
    seen = sorted(set(column))
    lengths = f"{{{min(map(len, seen))},{max(map(len, seen))}}}".replace("{1,1}", "")
    lengths = re.sub(r"\{(\d+),\1\}", r"{\1}", lengths)
    if seen[0].isdecimal():
        return rf"\d{lengths}"
    if seen[0].isalpha():
        return _letters(seen, lengths)
    return "[-_ /]?" if set("".join(seen)) <= set("-_ /") else re.escape(seen[0])


def _letters(seen: Sequence[str], lengths: str) -> str:
    if len(seen) == 1:
        return seen[0]
    if len(seen) <= _MOST_PREFIXES:
        return f"(?:{'|'.join(sorted(seen, key=len, reverse=True))})"
    return f"[A-Z]{lengths}" if "".join(seen).isascii() else rf"[^\W\d_]{lengths}"


def _matching(shape: CodeShape, names: Sequence[str]) -> int:
    pattern = re.compile(shape.pattern, re.IGNORECASE)
    return sum(pattern.search(name.rpartition("/")[2]) is not None for name in names)


def _words_left(readings: Sequence[NameReading], rules: Rules) -> Counter[str]:
    """Words of the names, codes aside, by the number of names that hold them."""
    counted: Counter[str] = Counter()
    rest = RestReader(rules)
    for reading in readings:
        counted.update({word.casefold() for word in _WORD.findall(rest.read(reading.rest).left)})
    return counted


def _metals(words: Counter[str]) -> tuple[tuple[str, str], ...]:
    """Words the taxonomy knows as a metal and the default rules do not, by value."""
    from parure import taxonomy

    known: Taxonomy = taxonomy.load()
    found: dict[str, list[str]] = defaultdict(list)
    for word in words:
        value = known.lookup("metal", word)
        if value is not None:
            found[value.id].append(re.escape(word))
    return tuple((value, "|".join(sorted(spelled))) for value, spelled in sorted(found.items()))


def _with(rules: Rules, shapes: Sequence[CodeShape], metals: Sequence[tuple[str, str]]) -> Rules:
    codes = tuple(
        compile_pattern(each.name, each.pattern, ignore_case=True, words=False) for each in shapes if not each.number
    )
    more = tuple(compile_pattern(name, pattern, ignore_case=True, words=True) for name, pattern in metals)
    return replace(rules, style_code=codes, metal=(*rules.metal, *more))


def _written(
    shapes: Sequence[CodeShape], metals: Sequence[tuple[str, str]], unexplained: Sequence[tuple[str, int]]
) -> str:
    """The default file with the draft's rules put into its sections."""
    text = (resources.files("parure.curate") / "templates" / "rules.yaml").read_text(encoding="utf-8")
    codes = [_line(each) for each in shapes]
    text = text.replace("\nstyle_code:\n", "\n".join(["\nstyle_code:", *codes, ""]), 1)
    for name, pattern in metals:
        text = _add_metal(text, name, pattern)
    listed = [f"#   {word} ({count} names)" for word, count in unexplained]
    note = "\n# Frequent words no rule explains. Put those that mean something into a section above.\n"
    return text + (note + "\n".join(listed) + "\n" if listed else "")


def _line(shape: CodeShape) -> str:
    line = f"{shape.name}: {_quoted(shape.pattern)}  # {shape.codes} codes, {shape.names} names"
    return f"  # {line}; off, as dates and counters look like it" if shape.number else f"  {line}"


def _add_metal(text: str, name: str, pattern: str) -> str:
    """A rule of its own, or one more spelling in the rule of that name."""
    line = re.search(rf"^  {name}: '.*(?='$)", text, re.MULTILINE)
    if line:
        return f"{text[: line.end()]}|{pattern}{text[line.end() :]}"
    return text.replace("\nmetal:\n", f"\nmetal:\n  {name}: {_quoted(pattern)}\n", 1)


def _quoted(pattern: str) -> str:
    return "'" + pattern.replace("'", "''") + "'"
