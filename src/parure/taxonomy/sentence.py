"""Reads a shopper's sentence: values wanted, values excluded, a price band, and the words that are left for search.

All `Wanted` hold together. The values of one are alternatives ("silver or platinum"); two of the same attribute are
both asked for ("silver and platinum"). What a piece can have only once is never asked for twice: "rings and earrings"
are alternatives. "Without stones" excludes every stone by name. A negation takes back the nearest words only, and of
"white gold" only the white. Parsing the remainder finds nothing more.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from parure.taxonomy.clauses import Understanding, Wanted, understand
from parure.taxonomy.lexicon import Lexicon, lexicon
from parure.taxonomy.loading import load
from parure.taxonomy.prices import find_price
from parure.taxonomy.small_words import STOP_WORDS
from parure.taxonomy.taxonomy import Taxonomy
from parure.taxonomy.words import BREAK, Token, stem, tokens

__all__ = ["ParsedQuery", "Wanted", "parse"]


@dataclass(frozen=True)
class ParsedQuery:
    """`remainder` are the words without a meaning in the vocabulary; `price_text` those that gave the price."""

    wanted: tuple[Wanted, ...]
    price_low: Decimal | None
    price_high: Decimal | None
    remainder: str
    price_text: str


def parse(text: str, taxonomy: Taxonomy | None = None) -> ParsedQuery:
    """Never fails: words it does not know are left in the remainder."""
    words = lexicon(taxonomy or load())
    price = find_price(text)
    rest = _without(text, price.spans)
    found = _heard(rest, words)
    meaning = understand(text, found, words)
    left = _runs(text, found, meaning)
    said = tuple(text[start:end].strip() for start, end in price.spans)
    return ParsedQuery(meaning.wanted, price.low, price.high, _remainder(left, words), " ".join(said))


def _without(text: str, spans: tuple[tuple[int, int], ...]) -> str:
    """The text with the price words blanked out, places unchanged."""
    for start, end in spans:
        text = text[:start] + BREAK * (end - start) + text[end:]
    return text


def _heard(text: str, words: Lexicon) -> list[Token]:
    """The tokens with slips corrected and "stoneless" taken apart."""
    found: list[Token] = []
    for token in tokens(text):
        if token.sign or len(token.key) < 5:
            found.append(token)
        elif token.word.endswith("less") and words.is_stone(stem(token.word.removesuffix("less"))):
            found += _split(token)
        else:
            found.append(replace(token, key=words.typos.meant(token.key) or token.key))
    return found


def _split(token: Token) -> tuple[Token, Token]:
    stone = token.word.removesuffix("less")
    cut = token.end - len("less")
    return replace(token, word=stone, key=stem(stone), end=cut), Token("less", "less", cut, token.end, hyphened=True)


def _runs(text: str, found: list[Token], meaning: Understanding) -> list[str]:
    """Stretches of unread words as they were written, without stop words at their edges."""
    runs: list[list[int]] = [[]]
    for index, token in enumerate(found):
        if token.sign or index in meaning.consumed:
            runs.append([])
        else:
            runs[-1].append(index)
    idle = {index for index, token in enumerate(found) if token.word in STOP_WORDS and index not in meaning.inert}
    trimmed = (_trimmed(run, idle) for run in runs)
    return [text[found[run[0]].start : found[run[-1]].end] for run in trimmed if run]


def _trimmed(run: list[int], idle: set[int]) -> list[int]:
    start, end = 0, len(run)
    while start < end and run[start] in idle:
        start += 1
    while end > start and run[end - 1] in idle:
        end -= 1
    return run[start:end]


def _remainder(left: list[str], words: Lexicon) -> str:
    """One text, with commas where joining the pieces would make words meet that were apart."""
    joined = " ".join(left)
    if len(left) < 2 or _means_nothing(joined, words):
        return joined
    return ", ".join(left)


def _means_nothing(text: str, words: Lexicon) -> bool:
    return not find_price(text).spans and not understand(text, _heard(text, words), words).wanted
