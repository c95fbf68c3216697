"""Copies of one picture whose names contradict each other: asked once for all of them, answered by keys, remembered."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.test import Client

from parure.curate import KnownStyle, Verdict, default_rules
from parure.curate.duplicates import Duplicates, Group
from parure.curate.values import Decision, Scanned
from parure.web.archive.decisions import decided, decisions
from parure.web.archive.models import Archive
from parure.web.archive.review.services.answers import Answers
from parure.web.archive.review.services.boards import boards, is_open
from parure.web.archive.review.services.bulk import Order, apply, preview
from parure.web.archive.review.services.deciding import Who
from parure.web.archive.review.services.finding import find
from parure.web.archive.review.services.findings import Findings, NameQuestion
from tests.curate.judged import STYLES, copies, judge, photo, pictures
from tests.web.archive.review.test_deciding import first_form
from tests.web.storefront.markup import Page

LARGE, SMALL = photo("a/AJ-1001 YG.jpg", "one"), photo("b/AJ-1002.jpg", "two", side=400)
WHITE = photo("b/AJ-1001 WG.jpg", "two", side=400)


def found(*files: Scanned, groups: tuple[Group, ...] = ()) -> Findings:
    styles = [KnownStyle(code) for code in STYLES]
    return find(
        files, Duplicates(groups), rules=default_rules(), styles=styles, scanned_at="", progress=lambda *_: None
    )


def together() -> NameQuestion:
    (question,) = found(LARGE, SMALL, groups=(pictures(LARGE.path, SMALL.path),)).of("style")
    assert isinstance(question, NameQuestion)
    return question


def answered(question: NameQuestion, *answers: tuple[str, tuple[str, ...], str]) -> bool:
    given = [Decision(kind, subjects, choice, at=float(at)) for at, (kind, subjects, choice) in enumerate(answers)]
    return not is_open(question, Answers(given))


def test_copies_named_for_two_styles_are_one_question() -> None:
    question = together()
    assert question.code == "styles_disagree"
    assert question.says == ("AJ-1001", "AJ-1002")
    assert [each.code for each in question.candidates] == ["AJ-1001", "AJ-1002"]  # that of the largest photo first
    assert [each.sha256 for each in question.candidates] == list(question.contents)


def test_copies_named_for_two_metals_are_asked_for_the_metal() -> None:
    questions = found(LARGE, WHITE, groups=(pictures(LARGE.path, WHITE.path),))
    assert questions.of("style") == ()
    (question,) = questions.of("metal")
    assert isinstance(question, NameQuestion)
    assert (question.code, question.says) == ("metals_disagree", ("yellow_gold", "white_gold"))


def test_one_file_under_two_names_disagrees_too_and_agreeing_copies_are_not_asked() -> None:
    twin = replace(LARGE, path="c/AJ-1003.jpg")
    assert [each.code for each in found(LARGE, twin, groups=(copies(LARGE.path, twin.path),)).names] == [
        "styles_disagree"
    ]
    same = photo("b/AJ-1001.jpg", "two")
    assert found(LARGE, same, groups=(pictures(LARGE.path, same.path),)).names == ()


def test_an_answer_for_any_copy_or_setting_them_apart_settles_it() -> None:
    question = together()
    one, two = question.contents
    assert not answered(question)
    assert answered(question, ("style", (one, two), "assign"))
    assert answered(question, ("style", (two,), "assign"))
    assert answered(question, ("same_picture", (one, two), "not_duplicates"))
    assert not answered(question, ("metal", (one, two), "assign"))


def test_one_content_under_two_names_is_settled_by_keeping_both() -> None:
    twin = replace(LARGE, path="c/AJ-1003.jpg")
    (question,) = found(LARGE, twin, groups=(copies(LARGE.path, twin.path),)).names
    assert answered(question, ("same_bytes", question.contents, "keep_both"))
    assert not answered(question, ("same_bytes", question.contents, "keep"))


def test_a_plan_follows_the_style_that_was_given_for_all() -> None:
    contents = tuple(file.fingerprints.sha256 for file in (LARGE, SMALL))
    files, group = (LARGE, SMALL), pictures(LARGE.path, SMALL.path)
    assert judge(files, group)[LARGE.path].judgement.verdict is Verdict.REVIEW
    judged = judge(files, group, said=[Decision("style", contents, "assign", "AJ-1002", "ana", 1.0)])
    assert judged[LARGE.path].judgement.verdict is Verdict.KEEP
    assert judged[LARGE.path].name.style == "AJ-1002"
    assert judged[SMALL.path].judgement.duplicate_of == LARGE.path


@pytest.mark.parametrize(("choice", "metal"), [("assign", "white_gold"), ("none", None)])
def test_a_plan_follows_the_metal_that_was_given_for_all(choice: str, metal: str | None) -> None:
    contents = tuple(file.fingerprints.sha256 for file in (LARGE, WHITE))
    files, group = (LARGE, WHITE), pictures(LARGE.path, WHITE.path)
    assert judge(files, group)[LARGE.path].judgement.reasons[0].code == "metals_disagree"
    judged = judge(files, group, said=[Decision("metal", contents, choice, metal or "", "ana", 1.0)])[LARGE.path]
    assert (judged.judgement.verdict, judged.name.style, judged.name.metal) == (Verdict.KEEP, "AJ-1001", metal)


def url(archive: Archive, question: NameQuestion) -> str:
    slug = {"style": "names", "metal": "metals"}[question.kind]
    return f"/review/{archive.pk}/{slug}/{question.id}"


def test_the_page_shows_what_each_name_says_and_leads_on_by_keys(
    staff: Client, archive: Archive, disagreeing: Findings
) -> None:
    style, metal = disagreeing.names[:2]
    page = Page(staff.get(url(archive, style)))
    assert [each["data-key"] for each in page.all("button") if "data-key" in each] == ["1", "2", "n"]
    assert [each["data-key"] for each in page.all("a") if each.get("data-key") == "g"] == ["g"]
    assert {"AJ-1042", "AJ-1043"} <= set(page.text("span").split())
    other = Page(staff.get(url(archive, metal)))
    assert "Which metal is this?" in other.text("h1")
    assert other.all("input", name="style") == []


def test_a_style_for_all_copies_is_stored_once_closes_the_question_and_can_be_taken_back(
    staff: Client, archive: Archive, disagreeing: Findings
) -> None:
    style = disagreeing.names[0]
    answer = {**first_form(staff, url(archive, style)), "answer": "assign:AJ-1043"}
    assert staff.post(url(archive, style), answer).status_code == 302
    (stored,) = decisions("style")
    assert (set(stored.subjects), stored.value, stored.by) == (set(style.contents), "AJ-1043", "ana")
    made = boards(archive)
    assert made is not None
    assert style.id not in made.by_kind["style"].open
    act = Page(staff.get(url(archive, style))).all("button", name="act")[0]["value"]
    staff.post(f"/review/{archive.pk}/take-back", {"act": act})
    again = boards(archive)
    assert again is not None
    assert style.id in again.by_kind["style"].open


def test_a_metal_is_one_of_those_that_names_say(staff: Client, archive: Archive, disagreeing: Findings) -> None:
    metal = disagreeing.names[1]
    form = first_form(staff, url(archive, metal))
    assert staff.post(url(archive, metal), {**form, "answer": "assign:plutonium"}).status_code == 400
    assert staff.post(url(archive, metal), {**form, "answer": "assign:rose_gold"}).status_code == 302
    given = decided("metal", metal.contents)
    assert given is not None
    assert given.value == "rose_gold"
    assert "BR-7.jpg and 1 copy are of rose gold" in Page(staff.get(f"/review/{archive.pk}/decided")).text()


def test_many_metals_are_decided_at_once(archive: Archive, disagreeing: Findings, staff: Client) -> None:
    made = boards(archive)
    assert made is not None
    order, who = Order("metal", "best"), Who(_number(), "ana")
    shown = preview(order, made, who)
    assert [decision.value for _, decision in shown.answers] == ["yellow_gold"]
    assert apply(order, shown.token, made, who) == 1


def _number() -> int:
    from django.contrib.auth.models import User

    return User.objects.get(username="ana").pk
