"""What people's decisions settle in groups that change between scans."""

from __future__ import annotations

from parure.curate.values import Decision
from parure.web.archive.review.services.answers import Answers

A, B, C, D = "aa", "bb", "cc", "dd"


def said(*decisions: tuple[str, str, str]) -> Answers:
    """(subjects, choice, value) in the order of time."""
    return Answers(
        Decision("same_picture", tuple(subjects.split()), choice, value, at=float(at))
        for at, (subjects, choice, value) in enumerate(decisions)
    )


def test_without_an_answer_all_is_asked() -> None:
    assert Answers(()).standing((A, B, C)).open == (A, B, C)


def test_the_one_that_stays_settles_the_group_and_drops_the_others() -> None:
    standing = said(("aa bb cc", "keep", B)).standing((A, B, C))
    assert standing.open == ()
    assert standing.dropped == {A, C}


def test_a_new_copy_is_asked_about_together_with_the_one_that_stays() -> None:
    assert said(("aa bb", "keep", B)).standing((A, B, C)).open == (B, C)


def test_one_taken_out_leaves_the_rest_to_be_asked() -> None:
    assert said(("aa cc", "not_duplicates", "")).standing((A, B, C)).open == (A, B)


def test_all_taken_out_one_by_one_leaves_nothing() -> None:
    answers = said(("aa cc", "not_duplicates", ""), ("aa bb", "keep_both", ""))
    assert answers.standing((A, B, C)).open == ()
    assert answers.standing((A, B, C)).dropped == frozenset()


def test_an_answer_about_more_settles_a_group_that_has_shrunk() -> None:
    assert said(("aa bb cc dd", "keep_both", "")).standing((A, C)).open == ()


def test_when_the_kept_one_is_gone_the_question_is_open_again() -> None:
    assert said(("aa bb cc", "keep", C)).standing((A, B)).open == (A, B)


def test_the_later_of_two_answers_holds() -> None:
    standing = said(("aa bb", "keep", A), ("aa bb", "keep", B)).standing((A, B))
    assert standing.dropped == {A}
    assert standing.last is not None
    assert standing.last.value == B


def test_answers_that_go_round_in_a_circle_leave_one_photo() -> None:
    answers = said(("aa bb", "keep", A), ("bb cc", "keep", B), ("cc aa", "keep", C))
    assert len(answers.standing((A, B, C)).dropped) < 3


def test_an_answer_about_one_shared_photo_says_nothing() -> None:
    assert said(("aa dd", "keep", D)).standing((A, B)).open == (A, B)
