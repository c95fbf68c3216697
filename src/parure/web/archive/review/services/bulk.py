"""One rule for many questions: first how many it would answer and how, then, if these are still the same, the answers.

A rule answers open questions only. What a person decided, before or meanwhile, stays; all answers of one rule are one
act, which can be taken back.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from parure.curate.plan import shown
from parure.curate.values import Decision
from parure.errors import Conflict, QueryError
from parure.web.archive.decisions import decide_open
from parure.web.archive.review.services.boards import Boards, asked
from parure.web.archive.review.services.deciding import Who
from parure.web.archive.review.services.findings import (
    Copy,
    GroupQuestion,
    NameQuestion,
    QualityQuestion,
    Question,
)

__all__ = ["RULES", "BulkRule", "Order", "Preview", "apply", "argument_choices", "preview"]


@dataclass(frozen=True)
class Order:
    """A rule by name for one kind of question; `argument` is a folder or a reason, as `BulkRule.argument` says."""

    kind: str
    rule: str
    argument: str = ""
    only_plain: bool = False

    @property
    def whole(self) -> bool:
        return self.rule in RULES[self.kind] and bool(self.argument or not RULES[self.kind][self.rule].argument)


@dataclass(frozen=True)
class BulkRule:
    """`argument` is what it has to be told: "folder", "reason" or nothing."""

    label: str
    argument: str
    answer: Callable[[Question, tuple[str, ...], str], tuple[str, str] | None]  # choice and value


@dataclass(frozen=True)
class Preview:
    """What would be answered. `token` stands for exactly these answers."""

    order: Order
    answers: tuple[tuple[Question, Decision], ...]
    open: int

    @property
    def left(self) -> int:
        return self.open - len(self.answers)

    @property
    def token(self) -> str:
        told = (f"{each.kind}\0{each.subjects}\0{each.choice}\0{each.value}" for _, each in self.answers)
        return hashlib.blake2b("\n".join(told).encode("utf-8", "surrogateescape"), digest_size=16).hexdigest()


def preview(order: Order, boards: Boards, who: Who) -> Preview:
    """Raises `QueryError` for a rule that there is not."""
    if order.kind not in RULES or not order.whole:
        raise QueryError("Choose one of the rules, and what it needs to know.")
    board = boards.by_kind[order.kind]
    answers = []
    for id_ in board.open:
        question = board.find(id_)
        decision = question and _answered(order, question, boards, who)
        if question and decision:
            answers.append((question, decision))
    return Preview(order, tuple(answers), len(board.open))


def apply(order: Order, token: str, boards: Boards, who: Who) -> int:
    """How many were answered. Raises `Conflict` if it is not what the person was shown."""
    shown_now = preview(order, boards, who)
    if shown_now.token != token:
        raise Conflict("The list has changed since you looked. This is what the rule would do now.")
    return decide_open([decision for _, decision in shown_now.answers], user=who.number)


def argument_choices(kind: str, argument: str, boards: Boards) -> list[tuple[str, str, int]]:
    """Value, label and number of open questions that a rule could be told, the most frequent first."""
    counted: Counter[str] = Counter()
    board = boards.by_kind[kind]
    for id_ in board.open:
        question = board.find(id_)
        if question is not None:
            counted.update(set(_folders(question) if argument == "folder" else _reasons(question)))
    named = sorted(counted.items(), key=lambda each: (-each[1], each[0]))
    return [(value, _label(value, argument), number) for value, number in named]


def _label(value: str, argument: str) -> str:
    return value if argument == "folder" else value.replace("_", " ").capitalize()


def _answered(order: Order, question: Question, boards: Boards, who: Who) -> Decision | None:
    subjects = asked(question, boards.answers)
    if order.only_plain and isinstance(question, GroupQuestion) and not all(copy.plain for copy in question.copies):
        return None
    told = RULES[order.kind][order.rule].answer(question, subjects, order.argument)
    return None if told is None else Decision(question.kind, subjects, told[0], told[1], who.name)


def _folders(question: Question) -> Iterator[str]:
    """Folders that hold some of a group but not all of it, those above them included."""
    if not isinstance(question, GroupQuestion):
        return
    holds: Counter[str] = Counter()
    for copy in question.copies:
        parts = shown(copy.shot.path).split("/")[:-1]
        holds.update("/".join(parts[: depth + 1]) for depth in range(len(parts)))
    yield from (folder for folder, count in holds.items() if count < len(question.copies))


def _reasons(question: Question) -> Iterator[str]:
    if isinstance(question, NameQuestion):
        yield question.code
    elif isinstance(question, QualityQuestion):
        yield from (fault.code for fault in question.faults)


def _open_copies(question: Question, subjects: Sequence[str]) -> list[Copy]:
    assert isinstance(question, GroupQuestion)
    return [copy for copy in question.copies if copy.shot.sha256 in subjects]


def _kept(question: Question, copy: Copy) -> tuple[str, str]:
    return "keep", copy.shot.sha256 if question.kind == "same_picture" else copy.shot.spoken


def _largest(question: Question, subjects: tuple[str, ...], argument: str) -> tuple[str, str]:
    return _kept(question, min(_open_copies(question, subjects), key=lambda copy: copy.shot.merit))


def _oldest(question: Question, subjects: tuple[str, ...], argument: str) -> tuple[str, str]:
    return _kept(
        question, min(_open_copies(question, subjects), key=lambda copy: (copy.shot.modified, copy.shot.merit))
    )


def _shortest(question: Question, subjects: tuple[str, ...], argument: str) -> tuple[str, str]:
    return _kept(
        question, min(_open_copies(question, subjects), key=lambda copy: (len(copy.shot.path), copy.shot.path))
    )


def _in_folder(question: Question, subjects: tuple[str, ...], argument: str) -> tuple[str, str] | None:
    copies = _open_copies(question, subjects)
    inside = [copy for copy in copies if shown(copy.shot.path).startswith(f"{argument}/")]
    if not inside or len(inside) == len(copies):
        return None
    return _kept(question, min(inside, key=lambda copy: copy.shot.merit))


def _only_candidate(question: Question, subjects: tuple[str, ...], argument: str) -> tuple[str, str] | None:
    assert isinstance(question, NameQuestion)
    if question.code != argument or len(question.candidates) != 1:
        return None
    return "assign", question.candidates[0].code


def _best_says(question: Question, subjects: tuple[str, ...], argument: str) -> tuple[str, str] | None:
    """Of what names say that contradict each other; the best photo's comes first."""
    assert isinstance(question, NameQuestion)
    return ("assign", question.candidates[0].code) if question.together and question.candidates else None


def _no_style(question: Question, subjects: tuple[str, ...], argument: str) -> tuple[str, str] | None:
    assert isinstance(question, NameQuestion)
    return ("none", "") if question.code == argument and not question.candidates else None


def _verdict(choice: str) -> Callable[[Question, tuple[str, ...], str], tuple[str, str] | None]:
    def told(question: Question, subjects: tuple[str, ...], argument: str) -> tuple[str, str] | None:
        """Of photos of which nothing else is said."""
        return (choice, "") if set(_reasons(question)) == {argument} else None

    return told


RULES: Mapping[str, Mapping[str, BulkRule]] = {
    "same_picture": {
        "largest": BulkRule("Keep the largest", "", _largest),
        "oldest": BulkRule("Keep the oldest", "", _oldest),
        "folder": BulkRule("Prefer a folder", "folder", _in_folder),
    },
    "same_bytes": {
        "folder": BulkRule("Prefer a folder", "folder", _in_folder),
        "oldest": BulkRule("Keep the oldest", "", _oldest),
        "shortest": BulkRule("Keep the one with the shortest path", "", _shortest),
    },
    "style": {
        "only": BulkRule("Take the suggestion where there is one alone", "reason", _only_candidate),
        "none": BulkRule("Of no style, where nothing is suggested", "reason", _no_style),
    },
    "metal": {
        "best": BulkRule("Take what the name of the largest photo says", "", _best_says),
    },
    "quality": {
        "keep": BulkRule("Keep all with one fault", "reason", _verdict("keep")),
        "reject": BulkRule("Reject all with one fault", "reason", _verdict("reject")),
    },
}
