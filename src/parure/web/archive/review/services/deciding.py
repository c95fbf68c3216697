"""One answer of one person: read from what a page sent, checked against what is asked now, stored, worded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.template.defaultfilters import pluralize

from parure.curate.values import Decision
from parure.errors import Conflict, NotFound, QueryError
from parure.web.archive.decisions import decide, decided
from parure.web.archive.review.services.answers import CHOICES
from parure.web.archive.review.services.boards import Boards, asked, holding
from parure.web.archive.review.services.findings import Findings, GroupQuestion, NameQuestion, Question
from parure.web.archive.review.services.styles import known_code, suggestions

__all__ = ["Given", "UnknownStyle", "Who", "answer", "in_words", "seen_of", "subjects_of"]


class UnknownStyle(QueryError):
    """A code that no sheet has. `nearest` are some that are written alike."""

    def __init__(self, code: str, nearest: Sequence[str]) -> None:
        super().__init__(f"No style is called {code}.")
        self.typed, self.nearest = code, tuple(nearest)


@dataclass(frozen=True)
class Who:
    number: int
    name: str


@dataclass(frozen=True)
class Given:
    """What a page sent. `subjects` and `seen` are what the person had before their eyes: contents, and which answer."""

    choice: str
    value: str = ""
    subjects: tuple[str, ...] = ()
    seen: float = 0.0
    new_style: bool = False


def subjects_of(question: Question, boards: Boards) -> tuple[str, ...]:
    """What an answer given now is about: what is still open, or all of it where it would change an answer."""
    return asked(question, boards.answers) or question.contents


def seen_of(question: Question, subjects: Sequence[str]) -> float:
    held = decided(question.kind, subjects)
    return held.at if held else 0.0


def answer(question: Question, given: Given, boards: Boards, who: Who) -> Decision:
    """Raises `Conflict` when others have changed what is asked, `QueryError` for an answer that cannot be."""
    if given.choice not in CHOICES[question.kind]:
        raise QueryError("This question has no such answer. Reload the page.")
    pair = _is_pair(question, given)
    if not pair and set(given.subjects) != set(subjects_of(question, boards)):
        last = holding(question, boards.answers)
        raise Conflict(
            f"{last.by if last else 'Somebody'} has decided about this meanwhile. Look at what is left of it."
        )
    value = _value(question, given, boards.findings)
    decision = Decision(question.kind, given.subjects, given.choice, value, who.name)
    return decide(decision, user=who.number, seen=given.seen)


def _is_pair(question: Question, given: Given) -> bool:
    """One photo that is not like the first: said of these two alone, the rest of the group is asked on."""
    inside = set(given.subjects) <= set(question.contents) and len(set(given.subjects)) == 2
    return question.kind == "same_picture" and given.choice == "not_duplicates" and inside


def _value(question: Question, given: Given, findings: Findings) -> str:
    if question.kind == "style" and given.choice == "assign":
        return _style(given, findings)
    if isinstance(question, NameQuestion) and given.choice == "assign":
        return _one_of(given.value, [each.code for each in question.candidates])
    if not isinstance(question, GroupQuestion) or given.choice != "keep":
        return ""
    same_picture = question.kind == "same_picture"
    allowed = given.subjects if same_picture else tuple(copy.shot.spoken for copy in question.copies)
    return _one_of(given.value, allowed)


def _one_of(value: str, allowed: Sequence[str]) -> str:
    if value not in allowed:
        raise QueryError("What was chosen is none of these. Reload the page.")
    return value


def _style(given: Given, findings: Findings) -> str:
    typed = " ".join(given.value.split())[:100]
    if not typed:
        raise QueryError("Write a style code first.")
    code = known_code(findings.styles, typed)
    if code is None and not given.new_style:
        raise UnknownStyle(typed, suggestions(findings.styles, typed, most=5))
    return code or typed


def in_words(decision: Decision, count: int, findings: Findings | None = None) -> str:
    """ "Kept ring-2.jpg, 2 others given up"; "Decided 41 at once" for a whole act."""
    if count > 1:
        return f"Decided {count:,} at once"
    name = _named(decision, findings)
    others = len(decision.subjects) - 1
    more = f"{others} other{pluralize(others)}"
    these = f"{name} and {others} cop{pluralize(others, 'y,ies')} are" if others else f"{name} is"
    words = {
        ("same_picture", "keep"): f"Kept {name}, {more} given up",
        ("same_picture", "keep_both"): f"Kept {name} and {more}",
        ("same_picture", "not_duplicates"): f"{name} and {more}: not duplicates",
        ("same_bytes", "keep"): f"Kept {decision.value}, its copies given up",
        ("same_bytes", "keep_both"): f"Kept all copies of {name}",
        ("style", "assign"): f"{these} {decision.value}",
        ("style", "none"): f"{these} of no style",
        ("metal", "assign"): f"{these} of {decision.value.replace('_', ' ')}",
        ("metal", "none"): f"The metal of {name} cannot be told",
        ("quality", "keep"): f"Kept {name}",
        ("quality", "reject"): f"Rejected {name}",
    }
    return words.get((decision.kind, decision.choice), decision.choice)


def _named(decision: Decision, findings: Findings | None) -> str:
    """The one that stays, else the best of all: it is the one that the question showed first."""
    wanted = [decision.value] if decision.kind == "same_picture" and decision.value else decision.subjects
    shots = [shot for each in wanted if findings and (shot := findings.by_content.get(each))]
    return min(shots, key=lambda shot: shot.merit).name if shots else "a photo"


def found(boards: Boards, kind: str, id_: str) -> Question:
    """Raises `NotFound`."""
    question = boards.by_kind[kind].find(id_)
    if question is None:
        raise NotFound("This question is no longer in the list: its photos are gone, or stand in another group now.")
    return question
