"""Decisions: about contents in any order, kept with who and when, replaced but never lost, not asked again."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.contrib.auth import get_user_model
from django.db import connection

from parure.curate.values import Decision
from parure.errors import Conflict, NotFound
from parure.web.archive.decisions import (
    acts,
    decide,
    decide_open,
    decided,
    decisions,
    state_of,
    take_back,
    undecided,
    withdraw,
)
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


def test_an_answer_is_not_replaced_unseen() -> None:
    hers = decide(Decision(KIND, (A, B), "keep", A, by="ana"), seen=0)
    with pytest.raises(Conflict, match="ana has decided this meanwhile"):
        decide(Decision(KIND, (A, B), "keep_both", by="ben"), seen=0)
    assert decide(Decision(KIND, (A, B), "keep", A, by="ben"), seen=0) == hers  # they agree
    assert decide(Decision(KIND, (A, B), "keep_both", by="ben"), seen=hers.at).by == "ben"
    with pytest.raises(Conflict, match="ben has decided"):
        decide(Decision(KIND, (A, B), "not_duplicates", by="ana"), seen=hers.at)
    withdraw(KIND, (A, B))
    with pytest.raises(Conflict, match="taken the answer back"):
        decide(Decision(KIND, (A, B), "not_duplicates", by="ana"), seen=hers.at)


def test_of_people_who_answer_at_the_same_moment_one_is_stored_and_the_others_are_told() -> None:
    ready = threading.Barrier(4)

    def answer(number: int) -> str:
        try:
            ready.wait()
            decide(Decision(KIND, (A, B), f"choice_{number}", by=str(number)), seen=0)
            return "stored"
        except Conflict:
            return "told"
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        told = sorted(pool.map(answer, range(4)))
    assert told == ["stored", "told", "told", "told"]
    assert PersonDecision.objects.count() == 1


def test_many_answers_at_once_leave_what_is_answered() -> None:
    user = get_user_model().objects.create_user("ana")
    decide(Decision(KIND, (A, B), "keep", A, by="ben"))
    many = [Decision(KIND, (A, B), "keep_both", by="ana"), Decision(KIND, (B, C), "keep_both", by="ana")]
    assert decide_open(many, user=user.pk) == 1
    assert {each.by: each.choice for each in decisions(KIND)} == {"ben": "keep", "ana": "keep_both"}


def test_what_was_answered_in_one_go_is_one_act_and_is_taken_back_as_one() -> None:
    user, other = (get_user_model().objects.create_user(name) for name in ("ana", "ben"))
    decide(Decision("style", (C,), "assign", "AJ-1", by="ana"), user=user.pk)
    many = [Decision(KIND, pair, "keep_both", by="ana") for pair in ((A, B), (B, C), (C, A))]
    assert decide_open(many, user=user.pk) == 3
    decide(Decision("quality", (A,), "keep", by="ben"), user=other.pk)
    assert [(act.last.by, act.count) for act in acts()] == [("ben", 1), ("ana", 3), ("ana", 1)]
    latest = acts(user=user.pk, most=1)[0]
    with pytest.raises(NotFound):
        take_back(latest.number, user=other.pk)
    assert len(take_back(latest.number, user=user.pk)) == 3
    assert list(decisions(KIND)) == []
    assert [act.count for act in acts(user=user.pk)] == [1]
    with pytest.raises(NotFound, match="already"):
        take_back(latest.number, user=user.pk)


def test_the_state_changes_with_every_answer_and_every_one_taken_back() -> None:
    seen = [state_of()]
    decide(Decision(KIND, (A, B), "keep", A))
    seen.append(state_of())
    decide(Decision(KIND, (A, B), "keep", B))
    seen.append(state_of())
    withdraw(KIND, (A, B))
    seen.append(state_of())
    decide(Decision(KIND, (A, B), "keep", B))
    seen.append(state_of())
    assert len(set(seen)) == len(seen)
