"""What a family of files is named for: copies lend each other what one name tells and another does not.

Strict as the reading of single names: copies that name two styles, or two metals, go to a person together. A file that
was copied under the code of another piece is as likely misnamed as not, and nothing in the picture tells.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from parure.curate.judging_decisions import Decided, decided_reason
from parure.curate.judging_evidence import Evidence
from parure.curate.judging_families import Family
from parure.curate.names import NameReading, NameVerdict
from parure.curate.plan import shown
from parure.curate.values import Decision, Reason

__all__ = ["Named", "metals_told", "name_of"]


@dataclass(frozen=True, slots=True)
class Named:
    """`reasons` tell why it is this style, or why there is none."""

    reasons: tuple[Reason, ...]
    style: str | None = None
    metal: str | None = None
    view: str | None = None
    sequence: int | None = None
    disagree: bool = False  # copies contradict each other, so that none may stand for the others
    none: bool = False  # somebody said that it is of no style


def name_of(family: Family, decided: Decided) -> Named:
    readings = [file.reading for file in family.files if file.reading is not None]
    metal = _told("metal", family, decided)
    told = _told("style", family, decided)
    if told is not None:
        return _with_metal(_by_hand(told, readings), metal)
    styles = {reading.style: reading for reading in reversed(readings) if reading.style is not None}
    if len(styles) > 1:
        return Named((_disagreement("styles_disagree", styles),), disagree=True)
    metals = metals_told(readings)
    if len(metals) > 1 and metal is None:
        return Named((_disagreement("metals_disagree", metals),), next(iter(styles), None), disagree=True)
    return _with_metal(_agreed(family.head, readings, next(iter(styles.items()), None)), metal)


def _told(kind: str, family: Family, decided: Decided) -> Decision | None:
    """The latest that was said of any of them."""
    answers = [told for file in family.files if (told := decided.about(kind, file.sha256))]
    return max(answers, key=lambda told: told.at, default=None)


def _with_metal(named: Named, told: Decision | None) -> Named:
    if told is None or named.disagree or named.none:
        return named
    chosen = told.value if told.choice == "assign" else None
    what = f"its metal is {chosen}" if chosen else "its metal cannot be told"
    return replace(named, metal=chosen, reasons=(*named.reasons, decided_reason(told, what)))


def _by_hand(told: Decision, readings: Sequence[NameReading]) -> Named:
    if told.choice != "assign":
        return Named((decided_reason(told, "it is of no style"),), none=True)
    return _facts(told.value, readings, (decided_reason(told, f"it is {told.value}"),))


def _agreed(head: Evidence, readings: Sequence[NameReading], assigned: tuple[str, NameReading] | None) -> Named:
    own = head.reading
    reasons = own.reasons if own else ()
    if assigned is None or own is None:
        return _facts(None, readings, reasons)
    style, teller = assigned
    if own.style == style:
        return _facts(style, readings, reasons)
    if own.verdict is NameVerdict.AMBIGUOUS and style not in {each.code for each in own.candidates}:
        other = Reason("styles_disagree", f"A copy of it, {shown(teller.path)}, is {style}.")
        return Named((other, *reasons), disagree=True)
    why = Reason("named_by_copy", f"A copy of it, {shown(teller.path)}, is {style}.")
    return _facts(style, readings, (why,))


def _facts(style: str | None, readings: Sequence[NameReading], reasons: tuple[Reason, ...]) -> Named:
    """Metal, view and number from the first name that tells."""
    metal = next((each.metal for each in readings if each.metal), None)
    view = next((each.view for each in readings if each.view), None)
    sequence = next((each.sequence for each in readings if each.sequence is not None), None)
    return Named(reasons, style, metal, view, sequence)


def metals_told(readings: Sequence[NameReading]) -> dict[str, NameReading]:
    """Those that exclude each other, with a name that says so: "gold" is what "yellow_gold" says, but less."""
    told = {reading.metal: reading for reading in reversed(readings) if reading.metal}
    return {
        metal: teller for metal, teller in told.items() if not any(metal in other for other in told if other != metal)
    }


def _disagreement(code: str, tellers: dict[str, NameReading]) -> Reason:
    listed = ", ".join(f"{shown(reading.path)} ({what})" for what, reading in sorted(tellers.items()))
    return Reason(code, f"Copies of one picture are named for different {code.removesuffix('_disagree')}: {listed}.")
