"""Answers from pages: stored once, by content, for good; of two people neither is lost."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.core.cache import caches
from django.test import Client

from parure import settings
from parure.web.archive.decisions import decided, decisions
from parure.web.archive.models import Archive, PersonDecision
from parure.web.archive.review.services.boards import boards
from parure.web.archive.review.services.findings import Findings
from tests.web.archive.review.stock import list_of, scan
from tests.web.storefront.markup import Page

SLUGS = {"same_picture": "pictures", "same_bytes": "copies", "style": "names", "quality": "quality"}


def address(archive: Archive, kind: str, id_: str) -> str:
    return f"/review/{archive.pk}/{SLUGS[kind]}/{id_}"


def form_of(client: Client, url: str) -> dict[str, str]:
    """What the page would send beside the pressed button."""
    page = Page(client.get(url))
    held = {
        each["name"]: each["value"] for each in page.all("input", type="hidden") if each["name"] in ("subjects", "seen")
    }
    assert len(held) == 2
    return held


def first_form(client: Client, url: str) -> dict[str, str]:
    """The same where the page has several forms: the first, which is about the whole question."""
    hidden = Page(client.get(url)).all("input", type="hidden")
    return {name: next(each["value"] for each in hidden if each["name"] == name) for name in ("subjects", "seen")}


def test_keeping_one_leads_to_the_next_question_by_itself(staff: Client, archive: Archive, findings: Findings) -> None:
    group, following = findings.of("same_picture")
    url = address(archive, "same_picture", group.id)
    kept = group.contents[1]
    response = staff.post(url, {**first_form(staff, url), "answer": f"keep:{kept}"})
    assert response.status_code == 302
    assert response.headers["Location"] == address(archive, "same_picture", following.id)
    answer = decided("same_picture", group.contents)
    assert answer is not None
    assert (answer.choice, answer.value, answer.by) == ("keep", kept, "ana")
    page = Page(staff.get(response.headers["Location"]))
    assert "1 of 2 decided" in page.text()
    assert "Kept AJ-1042.jpg, 2 others given up" in page.text()


@pytest.mark.parametrize("choice", ["keep_both", "not_duplicates"])
def test_both_and_neither_are_answers_too(staff: Client, archive: Archive, findings: Findings, choice: str) -> None:
    group = findings.of("same_picture")[1]
    url = address(archive, "same_picture", group.id)
    staff.post(url, {**form_of(staff, url), "answer": choice})
    answer = decided("same_picture", group.contents)
    assert answer is not None
    assert answer.choice == choice
    said = {"keep_both": "Kept BR-7.jpg and 1 other", "not_duplicates": "BR-7.jpg and 1 other: not duplicates"}
    assert said[choice] in Page(staff.get(f"/review/{archive.pk}/decided")).text("a")


def test_the_last_answer_leads_to_a_page_that_says_so(staff: Client, archive: Archive, findings: Findings) -> None:
    (question,) = findings.quality
    url = address(archive, "quality", question.id)
    response = staff.post(url, {**form_of(staff, url), "answer": "reject"}, follow=True)
    assert response.redirect_chain[-1][0] == f"/review/{archive.pk}/quality"
    assert "All decided" in Page(response).text("h1")


def test_a_photo_taken_out_leaves_the_rest_of_its_group(staff: Client, archive: Archive, findings: Findings) -> None:
    group = findings.of("same_picture")[0]
    best, small, mirror = group.contents
    url = address(archive, "same_picture", group.id)
    response = staff.post(url, {"subjects": f"{best} {mirror}", "seen": "0", "answer": "not_duplicates"})
    assert response.headers["Location"] == url
    page = Page(staff.get(url))
    assert [each["value"] for each in page.all("button", name="answer")][:2] == [f"keep:{best}", f"keep:{small}"]
    assert f"keep:{mirror}" not in page.source
    staff.post(url, {**form_of(staff, url), "answer": f"keep:{best}"})
    found = boards(archive)
    assert found is not None
    assert group.id not in found.by_kind["same_picture"].open


def test_of_the_same_file_in_two_places_one_place_is_kept(staff: Client, archive: Archive, findings: Findings) -> None:
    (group,) = findings.of("same_bytes")
    url = address(archive, "same_bytes", group.id)
    staff.post(url, {**form_of(staff, url), "answer": f"keep:{group.copies[1].shot.spoken}"})
    answer = decided("same_bytes", group.contents)
    assert answer is not None
    assert answer.value == group.copies[1].shot.spoken
    assert Page(staff.get(url)).text("h1").startswith("The same file, twice.")


def test_a_decision_is_not_asked_again_after_the_files_were_renamed(
    staff: Client, archive: Archive, findings: Findings, tmp_path: Path
) -> None:
    question = findings.quality[0]
    url = address(archive, "quality", question.id)
    staff.post(url, {**form_of(staff, url), "answer": "keep"})
    (tmp_path / "photos").rename(tmp_path / "moved")
    again = scan(tmp_path / "moved")
    assert again.pk != archive.pk
    list_of(again)
    found = boards(again)
    assert found is not None
    assert found.by_kind["quality"].open == ()


def test_of_two_people_the_second_is_told_and_nothing_is_lost(
    staff: Client, other: Client, archive: Archive, findings: Findings
) -> None:
    group = findings.of("same_picture")[1]
    url = address(archive, "same_picture", group.id)
    hers, his = form_of(staff, url), form_of(other, url)
    assert staff.post(url, {**hers, "answer": f"keep:{group.contents[0]}"}).status_code == 302
    refused = other.post(url, {**his, "answer": "keep_both"})
    assert refused.status_code == 409
    assert "ana has decided this meanwhile" in Page(refused).text("p")
    answer = decided("same_picture", group.contents)
    assert answer is not None
    assert answer.by == "ana"
    anew = form_of(other, url)  # now he has seen hers, and may replace it
    assert other.post(url, {**anew, "answer": "keep_both"}).status_code == 302
    assert [row.actor for row in PersonDecision.objects.order_by("pk")] == ["ana", "ben"]


def test_a_group_that_changed_meanwhile_is_shown_anew(
    staff: Client, other: Client, archive: Archive, findings: Findings
) -> None:
    group = findings.of("same_picture")[0]
    best, _, mirror = group.contents
    url = address(archive, "same_picture", group.id)
    his = first_form(other, url)
    staff.post(url, {"subjects": f"{best} {mirror}", "seen": "0", "answer": "not_duplicates"})
    refused = other.post(url, {**his, "answer": f"keep:{mirror}"})
    assert refused.status_code == 409
    assert decided("same_picture", group.contents) is None


def test_the_same_answer_from_two_people_is_no_conflict(
    staff: Client, other: Client, archive: Archive, findings: Findings
) -> None:
    url = address(archive, "quality", findings.quality[0].id)
    hers, his = form_of(staff, url), form_of(other, url)
    assert staff.post(url, {**hers, "answer": "keep"}).status_code == 302
    assert other.post(url, {**his, "answer": "keep"}).status_code == 302
    assert PersonDecision.objects.count() == 1


@pytest.mark.parametrize(
    ("kind", "answer"),
    [
        ("same_picture", "keep:" + "0" * 64),
        ("same_picture", "delete"),
        ("same_bytes", "not_duplicates"),
        ("same_bytes", "keep:/etc/passwd"),
        ("quality", ""),
        ("style", "assign:"),
    ],
)
def test_an_answer_that_cannot_be_is_refused(
    staff: Client, archive: Archive, findings: Findings, kind: str, answer: str
) -> None:
    url = address(archive, kind, findings.of(kind)[0].id)
    response = staff.post(url, {**first_form(staff, url), "answer": answer})
    assert response.status_code == 400
    assert PersonDecision.objects.count() == 0


@pytest.mark.parametrize("given", [{"seen": "soon"}, {"seen": "nan"}, {"subjects": ""}, {"subjects": "x y"}])
def test_a_form_that_no_page_sent_is_refused(
    staff: Client, archive: Archive, findings: Findings, given: dict[str, str]
) -> None:
    url = address(archive, "quality", findings.quality[0].id)
    response = staff.post(url, {**form_of(staff, url), "answer": "keep", **given})
    assert response.status_code in (400, 409)
    assert PersonDecision.objects.count() == 0


def test_a_style_is_found_however_it_is_typed(staff: Client, archive: Archive, findings: Findings) -> None:
    question = findings.names[0]
    url = address(archive, "style", question.id)
    response = staff.post(url, {**first_form(staff, url), "answer": "assign", "style": " aj 1043 "})
    assert response.status_code == 302
    answer = decided("style", question.contents)
    assert answer is not None
    assert (answer.choice, answer.value) == ("assign", "AJ-1043")


def test_a_suggestion_is_one_press(staff: Client, archive: Archive, findings: Findings) -> None:
    question = findings.names[1]
    url = address(archive, "style", question.id)
    page = Page(staff.get(url))
    assert [each["data-key"] for each in page.all("button", name="answer") if "assign:" in each["value"]] == ["1", "2"]
    staff.post(url, {**first_form(staff, url), "answer": "assign:AJ-1042"})
    assert [each.value for each in decisions("style")] == ["AJ-1042"]


def test_a_code_nobody_knows_is_asked_about_once_more(staff: Client, archive: Archive, findings: Findings) -> None:
    question = findings.names[0]
    url = address(archive, "style", question.id)
    given = {**first_form(staff, url), "answer": "assign", "style": "AJ-1049"}
    refused = staff.post(url, given)
    assert refused.status_code == 422
    page = Page(refused)
    assert "No style is called AJ-1049" in page.text("p")
    assert "AJ-1042" in page.text("p")
    assert page.by_id("style")["value"] == "AJ-1049"
    assert staff.post(url, {**given, "new_style": "1"}).status_code == 302
    assert [each.value for each in decisions("style")] == ["AJ-1049"]


def test_what_is_decided_can_be_changed(staff: Client, archive: Archive, findings: Findings) -> None:
    url = address(archive, "quality", findings.quality[0].id)
    staff.post(url, {**form_of(staff, url), "answer": "keep"})
    assert "Another answer replaces this one" in Page(staff.get(url)).text("p")
    staff.post(url, {**form_of(staff, url), "answer": "reject"})
    assert [each.choice for each in decisions("quality")] == ["reject"]


def test_an_answer_taken_back_is_asked_again(
    staff: Client, other: Client, archive: Archive, findings: Findings
) -> None:
    url = address(archive, "quality", findings.quality[0].id)
    staff.post(url, {**form_of(staff, url), "answer": "keep"})
    act = Page(staff.get(url)).all("button", name="act")[0]["value"]
    back = f"/review/{archive.pk}/take-back"
    assert other.post(back, {"act": act}).status_code == 404  # not his
    assert staff.post(back, {"act": act}).headers["Location"] == url
    assert list(decisions("quality")) == []
    assert staff.post(back, {"act": act}).status_code == 404
    assert staff.post(back, {"act": "x"}).status_code == 404


def test_what_was_decided_last_is_listed_with_who_did(
    staff: Client, other: Client, archive: Archive, findings: Findings
) -> None:
    url = address(archive, "quality", findings.quality[0].id)
    other.post(url, {**form_of(other, url), "answer": "reject"})
    page = Page(staff.get(f"/review/{archive.pk}/decided"))
    assert "Rejected blurred <b>.jpg" in page.text("a")
    assert "ben" in page.text("span")
    assert page.all("button", name="act") == []
    assert page.links_to(url) == [url]


def test_staff_who_decide_fast_are_not_refused_and_others_are(
    staff: Client, archive: Archive, findings: Findings, monkeypatch: pytest.MonkeyPatch
) -> None:
    caches["default"].clear()
    strict = replace(settings.get(), rate_upload="2/h")
    monkeypatch.setattr(settings, "get", lambda: strict)
    url = address(archive, "quality", findings.quality[0].id)
    form = form_of(staff, url)
    for choice in ("keep", "reject", "keep", "reject"):
        seen = repr(getattr(decided("quality", findings.quality[0].contents), "at", 0.0))
        assert staff.post(url, {**form, "seen": seen, "answer": choice}).status_code == 302
    guest = Client(SERVER_NAME="localhost")
    guest.force_login(User.objects.create_user("guest"))
    assert [guest.post(url, form).status_code for _ in range(3)] == [403, 403, 429]
    caches["default"].clear()
