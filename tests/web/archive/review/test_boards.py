"""Boards that are kept between requests say what boards made anew would say, whatever happened meanwhile."""

from __future__ import annotations

import random

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext

from parure.curate.values import Decision
from parure.web.archive.decisions import acts, decide, decide_open, decisions, take_back, withdraw
from parure.web.archive.models import Archive, PersonDecision
from parure.web.archive.review.services.answers import CHOICES, Answers
from parure.web.archive.review.services.boards import Board, boards, is_open
from parure.web.archive.review.services.findings import QUESTIONS, Findings, Question
from parure.web.archive.review.services.ledger import Ledger


def kept(archive: Archive) -> dict[str, tuple[str, ...]]:
    found = boards(archive)
    assert found is not None
    return {kind: board.open for kind, board in found.by_kind.items()}


def anew(findings: Findings) -> dict[str, tuple[str, ...]]:
    answers = Answers(each for kind in CHOICES for each in decisions(kind))
    return {kind: tuple(each.id for each in findings.of(kind) if is_open(each, answers)) for kind in QUESTIONS}


def answered(question: Question, chance: random.Random) -> Decision:
    choice = chance.choice(CHOICES[question.kind])
    value = chance.choice(question.contents) if (question.kind, choice) == ("same_picture", "keep") else ""
    subjects = question.contents
    if question.kind == "same_picture" and chance.random() < 0.3:
        subjects, choice, value = question.contents[:2], "not_duplicates", ""
    return Decision(question.kind, subjects, choice, value, by="ana")


@pytest.mark.parametrize("seed", range(4))
def test_after_any_answers_and_undoings_kept_boards_are_right(
    archive: Archive, findings: Findings, ana: User, seed: int
) -> None:
    chance = random.Random(seed)
    every = [question for kind in QUESTIONS for question in findings.of(kind)]
    for _ in range(12):
        step, question = chance.random(), chance.choice(every)
        latest = acts(user=ana.pk, most=1)
        if step < 0.5:
            decide(answered(question, chance), user=ana.pk)
        elif step < 0.7:
            decide_open([answered(each, chance) for each in every], user=ana.pk)
        elif latest and step < 0.9:
            take_back(latest[0].number, user=ana.pk)
        elif latest:
            withdraw(latest[0].last.kind, latest[0].last.subjects)
        assert kept(archive) == anew(findings)


def test_rows_that_vanish_and_numbers_given_anew_are_noticed(archive: Archive, findings: Findings) -> None:
    (question,) = findings.quality
    decide(Decision("quality", question.contents, "keep"))
    assert kept(archive)["quality"] == ()
    PersonDecision.objects.all().delete()  # as when a backup is put back
    assert kept(archive)["quality"] == (question.id,)


def test_who_was_away_for_long_looks_at_everything_again() -> None:
    ledger = Ledger()
    first = ledger.since(-1)
    assert first.about is None
    assert ledger.since(first.version).about == frozenset()


def test_without_news_a_page_reads_no_answers(archive: Archive, findings: Findings) -> None:
    kept(archive)
    with CaptureQueriesContext(
        connection,
    ) as caught:
        kept(archive)
    assert len(caught) == 2  # the state of the table


@pytest.mark.usefixtures("shop")
def test_the_next_question_goes_round_and_never_stays() -> None:
    class Named:
        def __init__(self, id_: str) -> None:
            self.id = id_

    questions = tuple(Named(id_) for id_ in "abcde")
    board = Board("quality", questions, ("b", "d"), {id_: place for place, id_ in enumerate("abcde")})  # type: ignore[arg-type]

    def following(after: str, step: int = 1) -> str:
        found = board.next(after, step=step)
        return found.id if found else ""

    assert [following(at) for at in ("", "a", "b", "c", "d", "e")] == ["b", "b", "d", "d", "b", "b"]
    assert [following(at, -1) for at in ("a", "b", "c", "d", "e")] == ["d", "d", "b", "b", "d"]
    alone = Board("quality", questions, ("b",), board.places)  # type: ignore[arg-type]
    assert alone.next("b") is None
    assert (alone.decided, alone.total) == (4, 5)
