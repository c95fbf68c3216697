"""Decisions: about contents in any order, kept with who and when, replaced but never lost, not asked again."""

from __future__ import annotations

import time

import pytest
from django.contrib.auth import get_user_model

from parure.curate.values import Decision
from parure.errors import NotFound
from parure.web.archive.decisions import decide, decided, decisions, undecided, withdraw
from parure.web.archive.models import PersonDecision

pytestmark = pytest.mark.usefixtures("any_database")

A, B, C = "a" * 64, "b" * 64, "c" * 64
KIND = "same_picture"


def test_an_answer_is_found_in_whatever_order_it_is_asked() -> None:
    before = time.time()
    stored = decide(Decision(KIND, (B, A), "keep", A, by="ana"))
    assert stored == Decision(KIND, (A, B), "keep", A, by="ana", at=stored.at)
    assert before - 1 <= stored.at <= time.time() + 1
    assert decided(KIND, [A, B]) == decided(KIND, (B, A, A)) == stored


def test_other_contents_and_other_questions_are_open() -> None:
    decide(Decision(KIND, (A, B), "keep_both"))
    assert decided(KIND, (A,)) is None
    assert decided(KIND, (A, B, C)) is None
    assert decided("style", (A, B)) is None


def test_a_question_that_was_answered_is_not_asked_again() -> None:
    questions = [(A, B), (B, C), (C, A)]
    decide(Decision(KIND, (C, B), "not_duplicates"))
    assert undecided(KIND, questions) == [(A, B), (C, A)]
    assert undecided("style", questions) == questions


def test_a_later_answer_holds_and_the_earlier_stays_in_the_table() -> None:
    decide(Decision(KIND, (A, B), "keep", A, by="ana"))
    decide(Decision(KIND, (A, B), "keep_both", by="ben"))
    found = decided(KIND, (A, B))
    assert found is not None
    assert (found.choice, found.value, found.by) == ("keep_both", "", "ben")
    assert [row.actor for row in PersonDecision.objects.order_by("pk")] == ["ana", "ben"]
    assert [each.choice for each in decisions(KIND)] == ["keep_both"]


def test_the_same_answer_twice_is_one() -> None:
    first = decide(Decision("style", (A,), "assign", "AJ-1042", by="ana"))
    assert decide(Decision("style", (A,), "assign", "AJ-1042", by="ben")) == first
    assert PersonDecision.objects.count() == 1


def test_an_answer_taken_back_opens_the_question() -> None:
    decide(Decision(KIND, (A, B), "keep_both"))
    withdraw(KIND, (B, A))
    assert decided(KIND, (A, B)) is None
    assert undecided(KIND, [(A, B)]) == [(A, B)]
    assert PersonDecision.objects.count() == 1
    with pytest.raises(NotFound):
        withdraw(KIND, (A, B))


def test_an_answer_outlives_the_account_of_who_gave_it() -> None:
    user = get_user_model().objects.create_user("ana")
    decide(Decision(KIND, (A, B), "keep_both", by="ana"), user=user.pk)
    user.delete()
    found = decided(KIND, (A, B))
    assert found is not None
    assert found.by == "ana"


def test_a_decision_about_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="about something"):
        decide(Decision(KIND, (), "keep_both"))
