"""From groups of heard words to what is wanted: negation, "or", "and", and which of several types is meant."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from parure.taxonomy.lexicon import Claim, Lexicon, widened
from parure.taxonomy.negation import negated
from parure.taxonomy.segments import Group, segments
from parure.taxonomy.small_words import AND_WORDS, COMPONENT_WORDS, OR_WORDS
from parure.taxonomy.taxonomy import Taxonomy
from parure.taxonomy.words import Token

__all__ = ["Understanding", "Wanted", "understand"]


@dataclass(frozen=True)
class Wanted:
    """One of `values` is wanted, or with `excluded` none of them; `text` are the words that said so."""

    attribute: str
    values: tuple[str, ...]
    excluded: bool
    text: str


@dataclass(frozen=True)
class _Slot:
    """A wanted claim while it grows: places are token numbers."""

    claim: Claim
    excluded: bool
    start: int
    end: int


@dataclass(frozen=True)
class Understanding:
    """`consumed` are the numbers of the tokens that said what is wanted, `inert` of those to be left as they are."""

    wanted: tuple[Wanted, ...]
    consumed: frozenset[int]
    inert: frozenset[int]


def understand(text: str, tokens: Sequence[Token], lexicon: Lexicon) -> Understanding:
    """What the tokens of a text ask for."""
    heard = segments(tokens, lexicon)
    found = heard.groups
    refused = negated(tokens, found)
    consumed = {index for group in found for index in range(group.start, group.end)}
    consumed.update(index for denial in refused.values() for index in range(*denial))
    reader = _Reader(tokens, lexicon.taxonomy)
    for index, group in enumerate(_completed(found, refused, tokens, lexicon.taxonomy)):
        if index in refused:
            start, end = refused[index]
            reader.exclude(group, min(start, group.start), max(end, group.end))
        else:
            reader.want(group)
    wanted = tuple(_worded(slot, text, tokens) for slot in reader.settled())
    return Understanding(wanted, frozenset(consumed), heard.inert)


def _worded(slot: _Slot, text: str, tokens: Sequence[Token]) -> Wanted:
    words = text[tokens[slot.start].start : tokens[slot.end - 1].end]
    return Wanted(slot.claim.attribute, slot.claim.values, slot.excluded, words)


def _completed(
    found: Sequence[Group], refused: Mapping[int, tuple[int, int]], tokens: Sequence[Token], taxonomy: Taxonomy
) -> list[Group]:
    """In "white or yellow gold" both are gold: a bare modifier takes the head of the next one."""
    whole = list(found)
    for index in range(len(whole) - 2, -1, -1):
        one, other = whole[index], whole[index + 1]
        modifiers = all(taxonomy.speech[name].before for name in one.attributes)
        if modifiers and one.attributes < other.attributes and index not in refused and index + 1 not in refused:
            gap = {token.word.strip() for token in tokens[one.end : other.start]}
            if gap and gap <= OR_WORDS | AND_WORDS:
                missing = tuple(claim for claim in other.claims if claim.attribute not in one.attributes)
                whole[index] = replace(one, claims=one.claims + missing)
    return whole


def _continues(one: _Slot, other: _Slot) -> bool:
    """Whether two exclusions are one list: "no rubies or pearls"."""
    return one.excluded and other.excluded and one.claim.attribute == other.claim.attribute


class _Reader:
    """Collects slots in the order of the sentence."""

    def __init__(self, tokens: Sequence[Token], taxonomy: Taxonomy) -> None:
        self.tokens, self.taxonomy = tokens, taxonomy
        self.slots: list[_Slot] = []
        self.last: Group | None = None  # the wanted group before this one
        self.type_end = 0  # where the last type was read
        self.last_slots: dict[str, int] = {}  # its attributes -> their slots
        self.either = False  # after an "or" between unlike words: the right side widens the left

    def exclude(self, group: Group, start: int, end: int) -> None:
        self.slots.append(_Slot(group.core, True, start, end))

    def want(self, group: Group) -> None:
        between = self._between(group)
        joined_by_or = not OR_WORDS.isdisjoint(between)
        shared = set(self.last_slots) & group.attributes
        alternatives = bool(joined_by_or and shared) or self._list_ends_in_or(group, between, shared)
        if alternatives:
            self._drop_unshared(group)
        self.either = (self.either or (joined_by_or and not shared)) and "but" not in between
        places: dict[str, int] = {}
        for claim in group.claims:
            if alternatives and claim.attribute not in shared:
                continue
            place = self._place(claim, group, between, alternatives=alternatives)
            if place is not None:
                places[claim.attribute] = place
        self.last, self.last_slots = group, places
        self.type_end = group.end if "type" in places else self.type_end

    def _between(self, group: Group) -> set[str]:
        if self.last is None:
            return set()
        return {token.word.strip() for token in self.tokens[self.last.end : group.start]}

    def _list_ends_in_or(self, group: Group, between: set[str], shared: set[str]) -> bool:
        """In "gold, silver or platinum" the comma stands for the "or" to come."""
        if between != {","} or not shared:
            return False
        following = [token.word.strip() for token in self.tokens[group.end : group.end + 4]]
        ahead = next((word for word in following if word in OR_WORDS | AND_WORDS - {","}), None)
        return ahead in OR_WORDS

    def _drop_unshared(self, group: Group) -> None:
        """ "Rose gold or platinum": the colour belongs to one side only, so it narrows nothing."""
        gone = {place for name, place in self.last_slots.items() if name not in group.attributes}
        if self.last is None or not gone or not self.last.attributes - group.attributes:
            return
        self.slots = [slot for place, slot in enumerate(self.slots) if place not in gone]
        kept = [name for name in self.last_slots if name in group.attributes]
        self.last_slots = {
            name: self.last_slots[name] - sum(place < self.last_slots[name] for place in gone) for name in kept
        }

    def _place(self, claim: Claim, group: Group, between: set[str], *, alternatives: bool) -> int | None:
        """The slot that the claim goes to, new or widened; None where it is passed over."""
        earlier = [
            place
            for place, slot in enumerate(self.slots)
            if slot.claim.attribute == claim.attribute and not slot.excluded
        ]
        if not earlier:
            return self._new(claim, group)
        last = earlier[-1]
        if alternatives or self.either:
            return self._widen(last, claim, group)
        if claim.attribute == "type" and not between & (AND_WORDS - {"|"}):
            return self._one_type(last, claim, group)
        if not self.taxonomy.attributes[claim.attribute].multiple:
            return self._widen(last, claim, group)
        same = [place for place in earlier if self.slots[place].claim == claim]
        return same[0] if same else self._new(claim, group)

    def _new(self, claim: Claim, group: Group) -> int:
        self.slots.append(_Slot(claim, False, group.start, group.end))
        return len(self.slots) - 1

    def _widen(self, place: int, claim: Claim, group: Group, *, instead: bool = False) -> int:
        slot = self.slots[place]
        values = claim.values if instead else tuple(dict.fromkeys((*slot.claim.values, *claim.values)))
        self.slots[place] = replace(slot, claim=Claim(claim.attribute, values), end=group.end)
        return place

    def _one_type(self, place: int, claim: Claim, group: Group) -> int | None:
        """The head of "charm hoop earrings" is the last type; of "bracelet with charms" the first."""
        since = {token.word for token in self.tokens[self.type_end : group.start]}
        before = self.slots[place].claim
        if not since.isdisjoint(COMPONENT_WORDS):
            made = self.taxonomy.phrases.joined.get((before.values[0], claim.values[0]))
            return self._widen(place, widened(self.taxonomy, "type", made), group, instead=True) if made else None
        if self._below(before, claim):
            return None
        self.slots[place] = _Slot(claim, False, group.start, group.end)
        return place

    def _below(self, narrow: Claim, wide: Claim) -> bool:
        """Whether the first already says the second and more: hoops are earrings."""
        branch = set(self.taxonomy.ancestors("type", narrow.values[0])) | set(narrow.values)
        return wide.values[0] in branch

    def settled(self) -> list[_Slot]:
        """Slots without what says nothing more, and lists of exclusions joined."""
        named = {slot.claim.attribute for slot in self.slots if not slot.excluded and not self._is_every(slot.claim)}
        result: list[_Slot] = []
        for slot in map(self._sparing, self.slots):
            if not slot.excluded and self._is_every(slot.claim) and _told(slot.claim.attribute, named):
                continue  # "diamond ring with a stone"
            if result and _continues(result[-1], slot):
                values = tuple(dict.fromkeys((*result[-1].claim.values, *slot.claim.values)))
                result[-1] = replace(result[-1], claim=Claim(slot.claim.attribute, values), end=slot.end)
            elif all((slot.claim, slot.excluded) != (other.claim, other.excluded) for other in result):
                result.append(slot)
        return result

    def _sparing(self, slot: _Slot) -> _Slot:
        """In "ruby ring without other stones" the exclusion of every stone spares what is wanted by name."""
        if not (slot.excluded and self._is_every(slot.claim)):
            return slot
        name = slot.claim.attribute
        wanted = [s.claim for s in self.slots if not s.excluded and s.claim.attribute == name]
        spared = {value for claim in wanted if not self._is_every(claim) for value in self._branch(name, claim.values)}
        return replace(slot, claim=Claim(name, tuple(value for value in slot.claim.values if value not in spared)))

    def _branch(self, attribute: str, values: Sequence[str]) -> set[str]:
        """The values with all above and below them."""
        above = {wider for value in values for wider in self.taxonomy.ancestors(attribute, value)}
        return above | set(self.taxonomy.expand(attribute, values))

    def _is_every(self, claim: Claim) -> bool:
        return len(claim.values) > 1 and len(claim.values) >= len(self.taxonomy.attributes[claim.attribute].values) - 1


def _told(attribute: str, named: set[str]) -> bool:
    """Whether "any stone" adds nothing to the attributes asked for by name."""
    telling = {"main_stone", "stone_colour", "main_stone_cut"} if attribute == "main_stone" else {attribute}
    return not named.isdisjoint(telling)
