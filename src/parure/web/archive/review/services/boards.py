"""How far people have come with each kind of question, and which comes next.

Kept between requests: with 20,000 questions it takes a moment to work out, and an answer changes one of them.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from threading import Lock

from parure.curate.values import Decision
from parure.web.archive.models import Archive
from parure.web.archive.review.services.answers import Answers
from parure.web.archive.review.services.findings import (
    QUESTIONS,
    Findings,
    GroupQuestion,
    NameQuestion,
    Question,
)
from parure.web.archive.review.services.ledger import News, ledger
from parure.web.archive.review.services.store import load_findings

__all__ = ["Board", "Boards", "asked", "boards", "holding", "is_open"]

_KEPT = 4  # lists in memory


@dataclass(frozen=True)
class Board:
    """The questions of one kind; `open` are the addresses of those that nobody has answered, in their order."""

    kind: str
    questions: tuple[Question, ...]
    open: tuple[str, ...]
    places: Mapping[str, int]

    @property
    def total(self) -> int:
        return len(self.questions)

    @property
    def decided(self) -> int:
        return len(self.questions) - len(self.open)

    def find(self, id_: str) -> Question | None:
        place = self.places.get(id_)
        return None if place is None else self.questions[place]

    def place(self, id_: str) -> int:
        return self.places[id_]

    def next(self, after: str = "", *, step: int = 1) -> Question | None:
        """The nearest open question behind (or before) this one, round the end; None if no other is open."""
        here = self.places.get(after, -1 if step > 0 else 0)
        others = [id_ for id_ in self.open if id_ != after]
        if not others:
            return None
        return self.find(min(others, key=lambda id_: ((self.places[id_] - here) * step - 1) % self.total))

    def of_contents(self, contents: Collection[str]) -> Question | None:
        """The question about these contents, or one that is about them and others."""
        wanted = set(contents)
        return next((each for each in self.questions if wanted <= set(each.contents)), None)


@dataclass(frozen=True, eq=False)
class Boards:
    findings: Findings
    answers: Answers
    by_kind: dict[str, Board]


class _Desk:
    """The boards of one list. After an answer only the questions that it is about are looked at again."""

    def __init__(self, findings: Findings) -> None:
        self.findings = findings
        self._ledger = ledger()
        self._seen = -1
        self._open: dict[str, set[str]] = {kind: set() for kind in QUESTIONS}
        self._about: dict[str, list[Question]] = {}
        for kind in QUESTIONS:
            for question in findings.of(kind):
                for content in question.contents:
                    self._about.setdefault(content, []).append(question)
        self._boards: Boards | None = None

    def boards(self) -> Boards:
        news = self._ledger.since(self._seen)
        if self._boards is None or news.version != self._seen:
            self._look_again(news)
            kinds = {kind: self._board(kind) for kind in QUESTIONS}
            self._boards, self._seen = Boards(self.findings, news.answers, kinds), news.version
        return self._boards

    def _look_again(self, news: News) -> None:
        every = news.about is None
        contents = self._about if news.about is None else news.about
        if every:
            self._open = {kind: set() for kind in QUESTIONS}
        for question in {id(each): each for content in contents for each in self._about.get(content, ())}.values():
            if is_open(question, news.answers):
                self._open[question.kind].add(question.id)
            else:
                self._open[question.kind].discard(question.id)

    def _board(self, kind: str) -> Board:
        questions, still = self.findings.of(kind), self._open[kind]
        before = self._boards.by_kind[kind].places if self._boards else None
        places = before or {question.id: place for place, question in enumerate(questions)}
        return Board(kind, questions, tuple(id_ for id_ in places if id_ in still), places)


_lock = Lock()
_desks: OrderedDict[str, _Desk] = OrderedDict()


def boards(archive: Archive) -> Boards | None:
    """None where no list was made yet."""
    findings = load_findings(archive)
    if findings is None:
        return None
    with _lock:
        desk = _desks.pop(archive.key, None)
        if desk is None or desk.findings is not findings:
            desk = _Desk(findings)
        _desks[archive.key] = desk
        while len(_desks) > _KEPT:
            _desks.popitem(last=False)
        return desk.boards()


def is_open(question: Question, answers: Answers) -> bool:
    return bool(asked(question, answers))


def asked(question: Question, answers: Answers) -> tuple[str, ...]:
    """The contents of which it still has to be said; none when all is settled."""
    if question.kind == "same_picture":
        return answers.standing(question.contents).open
    if isinstance(question, NameQuestion) and question.together and not _contradictory(question, answers):
        return ()
    return () if holding(question, answers) else question.contents


def _contradictory(question: NameQuestion, answers: Answers) -> bool:
    """Whether names still disagree among the copies that people left together."""
    left = set(answers.family(question.contents))
    told = {says for shot, says in zip(question.shots, question.says, strict=True) if says and shot.sha256 in left}
    if len(question.contents) > 1:
        return len(told) > 1
    apart = answers.about("same_bytes", question.contents[0])
    return apart is None or apart.choice != "keep_both"


def holding(question: Question, answers: Answers) -> Decision | None:
    """The latest answer to it, or to a part of it; one that names a file that is gone is none."""
    if question.kind == "same_picture":
        return answers.standing(question.contents).last
    given = [told for each in question.contents if (told := answers.about(question.kind, each)) is not None]
    answer = max(given, key=lambda told: told.at, default=None)
    if isinstance(question, GroupQuestion) and answer is not None and answer.choice == "keep":
        return answer if any(copy.shot.spoken == answer.value for copy in question.copies) else None
    return answer
