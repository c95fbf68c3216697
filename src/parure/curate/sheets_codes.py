"""Style codes of sheets as keys: what two people wrote for one style is joined, by the normalisers of the rules.

There are two keys. Codes of one `strict` key differ in case and separators only. The `loose` one also passes over
leading zeros and look-alike letters, which is only safe where no sheet holds two styles of it: the merge looks.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from parure.curate.names_text import normal_text, skeleton
from parure.curate.rules import Normalisers
from parure.intake.names import MAX_CODE
from parure.intake.rows import holds_controls, unguarded

__all__ = ["CodeReading", "plain_cell", "read_code"]

_EXPONENT = re.compile(r"\d([.,]\d+)?E\+?\d{1,3}", re.IGNORECASE)
_AS_DATE = re.compile(r"(19|20)\d\d-\d\d-\d\d( \d\d:\d\d.*)?")
_RUN = re.compile(r"[^\W\d_]+|\d+")
_AS_TEXT = re.compile(r'="([^"]*)"')


@dataclass(frozen=True)
class CodeReading:
    """`code` is empty where the row cannot be used. A fault may be told of a code that is kept."""

    code: str
    strict: str = ""
    loose: str = ""
    reason: str = ""
    why: str = ""


def plain_cell(text: str) -> str:
    """Without the marks that keep a spreadsheet from running or rounding a text: '=x, ="00123"."""
    plain = unguarded(text.strip())
    stated = _AS_TEXT.fullmatch(plain)
    return stated[1].strip() if stated else plain


def read_code(text: str, normalise: Normalisers) -> CodeReading:
    code = re.sub(" +", " ", plain_cell(text))
    if not code:
        return CodeReading("", reason="no_style_code", why="the cell is empty. Give the row a code, or take it out")
    if not code.isprintable() and holds_controls(code):
        return CodeReading("", reason="bad_style_code", why=f"{code[:40]!r} holds control characters. Type it again")
    if code.startswith("="):
        return CodeReading("", reason="formula", why=f"{code[:40]!r} is a formula. Save the sheet with its results")
    if len(code) > MAX_CODE:
        why = f"{code[:30]!r}... has {len(code)} characters, more than any code ({MAX_CODE}). Shorten it"
        return CodeReading("", reason="long_style_code", why=why)
    if _EXPONENT.fullmatch(code):
        why = f"{code} was shortened by a spreadsheet and lost digits. Format the column as text and export it again"
        return CodeReading("", reason="shortened_code", why=why)
    strict, loose = _keys(code, normalise)
    if _AS_DATE.fullmatch(code):
        why = f"{code} is perhaps a code that a spreadsheet turned into a date. It was kept; look it up"
        return CodeReading(code, strict, loose, "code_is_a_date", why)
    return CodeReading(code, strict, loose)


def _keys(code: str, normalise: Normalisers) -> tuple[str, str]:
    text = normal_text(code, unicode=normalise.unicode)
    folded = text.upper() if normalise.case else text
    if not normalise.dashes:
        return folded, folded
    strict = _runs(folded) or folded
    loose = strict
    if normalise.lookalikes:
        loose = "-".join([skeleton(part) for part in loose.split("-")])
    if normalise.leading_zeros:
        loose = _runs(loose, zeros=False) or loose
    return strict, loose


def _runs(text: str, *, zeros: bool = True) -> str:
    """The keys of `names_text.whole`, with and without leading zeros, in a fraction of the time."""
    key, before = "", None
    for run in _RUN.findall(text):
        digits = run[0].isdecimal()
        if digits == before:
            key += "-"
        key += run if zeros or not digits else run.lstrip("0") or "0"
        before = digits
    return key
