"""How far people have come with each kind of question, and which comes next.

Worked out anew whenever a list or an answer changed, and kept until then: with 20,000 questions it takes a moment.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property, lru_cache

from parure.curate.values import Decision
from parure.web.archive.decisions import decisions, state_of
from parure.web.archive.models import Archive
from parure.web.archive.review.services.answers import CHOICES, Answers
from parure.web.archive.review.services.findings import QUESTIONS, Findings, GroupQuestion, Question
from parure.web.archive.review.services.store import load_findings

__all__ = ["Board", "Boards", "asked", "boards", "holding", "is_open"]


@dataclass(frozen=True)
class Board:
    """The questions of one kind; `open` are the addresses of those that nobody has answered, in their order."""

    kind: str
    questions: tuple[Question, ...]
    open: tuple[str, ...]

    @property
    def total(self) -> int:
        return len(self.questions)

    @property
    def decided(self) -> int:
        return len(self.questions) - len(self.open)

    @cached_property
    def _places(self) -> dict[str, int]:
        return {question.id: place for place, question in enumerate(self.questions)}

    def find(self, id_: str) -> Question | None:
        place = self._places.get(id_)
        return None if place is None else self.questions[place]

    def place(self, id_: str) -> int:
        return self._places[id_]

    def next(self, after: str = "", *, step: int = 1) -> Question | None:
        """The nearest open question behind (or before) this one, round the end; None if no other is open."""
        here = self._places.get(after, -1 if step > 0 else 0)
        others = [id_ for id_ in self.open if id_ != after]
        if not others:
            return None
        return self.find(min(others, key=lambda id_: ((self._places[id_] - here) * step - 1) % self.total))

    def of_contents(self, contents: Collection[str]) -> Question | None:
        """The question about these contents, or one that is about them and others."""
        wanted = set(contents)
        return next((each for each in self.questions if wanted <= set(each.contents)), None)


@dataclass(frozen=True, eq=False)
class Boards:
    findings: Findings
    answers: Answers
    by_kind: dict[str, Board]


def boards(archive: Archive) -> Boards | None:
    """None where no list was made yet."""
    findings = load_findings(archive)
    return None if findings is None else _boards(_Same(findings), _answers(state_of()))


class _Same:
    """Findings compared by identity: equal ones are the same ones here, and comparing them takes long."""

    def __init__(self, findings: Findings) -> None:
        self.findings = findings

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.findings is self.findings

    def __hash__(self) -> int:
        return id(self.findings)


@lru_cache(maxsize=2)
def _answers(state: object) -> Answers:
    """`state` stands for what is in the table now."""
    return Answers(each for kind in CHOICES for each in decisions(kind))


@lru_cache(maxsize=4)
def _boards(same: _Same, answers: Answers) -> Boards:
    findings = same.findings
    return Boards(findings, answers, {kind: _board(kind, findings.of(kind), answers) for kind in QUESTIONS})


def _board(kind: str, questions: tuple[Question, ...], answers: Answers) -> Board:
    return Board(kind, questions, tuple(each.id for each in questions if is_open(each, answers)))


def is_open(question: Question, answers: Answers) -> bool:
    return bool(asked(question, answers))


def asked(question: Question, answers: Answers) -> tuple[str, ...]:
    """The contents of which it still has to be said; none when all is settled."""
    if question.kind == "same_picture":
        return answers.standing(question.contents).open
    return () if holding(question, answers) else question.contents


def holding(question: Question, answers: Answers) -> Decision | None:
    """The latest answer to it, or to a part of it; one that names a file that is gone is none."""
    if question.kind == "same_picture":
        return answers.standing(question.contents).last
    answer = answers.about(question.kind, question.contents[0])
    if isinstance(question, GroupQuestion) and answer is not None and answer.choice == "keep":
        return answer if any(copy.shot.key == answer.value for copy in question.copies) else None
    return answer
