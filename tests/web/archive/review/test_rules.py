"""One rule for many questions: counted before, applied as shown, taken back in one go, never over a person's answer."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.test import Client

from parure.curate.values import Decision
from parure.web.archive.decisions import decide, decisions
from parure.web.archive.models import Archive, PersonDecision
from parure.web.archive.review.services.findings import Findings, GroupQuestion
from parure.web.archive.review.services.store import keep_findings
from tests.web.storefront.markup import Page


def sent(page: Page) -> dict[str, str]:
    """What the button that applies the rule sends."""
    names = ("rule", "folder", "reason", "plain", "token")
    return {each["name"]: each["value"] for each in page.all("input", type="hidden") if each["name"] in names}


def test_nothing_is_decided_by_looking(staff: Client, archive: Archive, findings: Findings) -> None:
    page = Page(staff.get(f"/review/{archive.pk}/pictures/rules?rule=largest"))
    assert "It would decide 2 of 2" in page.text("h2")
    assert "Decide 2 now" in page.text("button")
    assert PersonDecision.objects.count() == 0


def test_the_preview_names_each_photo_by_its_path_and_size(staff: Client, archive: Archive, findings: Findings) -> None:
    group, other = findings.of("same_picture")
    assert isinstance(group, GroupQuestion)
    assert isinstance(other, GroupQuestion)
    first, *rest = group.copies
    more = [replace(first, shot=replace(first.shot, sha256=f"{at:064x}", path=f"more-{at}.jpg")) for at in range(2)]
    keep_findings(archive, replace(findings, groups=(replace(group, copies=(first, *rest, *more)), other)))
    page = Page(staff.get(f"/review/{archive.pk}/pictures/rules?rule=oldest"))
    examples = " ".join(page.text("span").split())
    assert "goes, 150 × 100 web/BR-7.jpg" in examples
    assert "and 2 more" in examples
    assert "320 × 240 more-0.jpg" in examples


def test_metals_are_named_as_people_name_them(staff: Client, archive: Archive, disagreeing: Findings) -> None:
    page = Page(staff.get(f"/review/{archive.pk}/metals/rules?rule=best"))
    assert page.text("b") == "is yellow gold"


def test_the_largest_of_each_group_is_kept(staff: Client, archive: Archive, findings: Findings) -> None:
    url = f"/review/{archive.pk}/pictures/rules"
    staff.post(url, sent(Page(staff.get(url, {"rule": "largest"}))))
    kept = {each.value for each in decisions("same_picture")}
    assert kept == {group.copies[0].shot.sha256 for group in findings.of("same_picture")}


def test_only_plain_copies_leaves_what_was_mirrored(staff: Client, archive: Archive, findings: Findings) -> None:
    url = f"/review/{archive.pk}/pictures/rules"
    page = Page(staff.get(url, {"rule": "largest", "plain": "1"}))
    assert "It would decide 1 of 2" in page.text("h2")
    staff.post(url, sent(page))
    assert [each.subjects for each in decisions("same_picture")] == [
        tuple(sorted(findings.of("same_picture")[1].contents))
    ]


def test_a_folder_is_preferred_where_it_has_one_of_the_group(
    staff: Client, archive: Archive, findings: Findings
) -> None:
    url = f"/review/{archive.pk}/pictures/rules"
    page = Page(staff.get(url, {"rule": "folder", "folder": "agency"}))
    assert "It would decide 1 of 2" in page.text("h2")
    staff.post(url, sent(page))
    assert [each.value for each in decisions("same_picture")] == [findings.of("same_picture")[0].contents[2]]


def test_a_folder_decides_between_files_of_the_same_bytes(staff: Client, archive: Archive, findings: Findings) -> None:
    url = f"/review/{archive.pk}/copies/rules"
    staff.post(url, sent(Page(staff.get(url, {"rule": "folder", "folder": "studio"}))))
    assert [each.value for each in decisions("same_bytes")] == [findings.of("same_bytes")[0].copies[1].shot.spoken]


def test_photos_with_one_fault_are_rejected_together(staff: Client, archive: Archive, findings: Findings) -> None:
    url = f"/review/{archive.pk}/quality/rules"
    staff.post(url, sent(Page(staff.get(url, {"rule": "reject", "reason": "blurred"}))))
    assert [each.choice for each in decisions("quality")] == ["reject"]


def test_names_nothing_is_suggested_for_are_of_no_style(staff: Client, archive: Archive, findings: Findings) -> None:
    url = f"/review/{archive.pk}/names/rules"
    staff.post(url, sent(Page(staff.get(url, {"rule": "none", "reason": "no_code"}))))
    assert [(each.choice, each.subjects) for each in decisions("style")] == [("none", findings.names[0].contents)]


def test_a_rule_is_taken_back_in_one_go(staff: Client, archive: Archive, findings: Findings) -> None:
    url = f"/review/{archive.pk}/pictures/rules"
    response = staff.post(url, sent(Page(staff.get(url, {"rule": "oldest"}))), follow=True)
    page = Page(response)
    assert "All decided" in page.text("h1")
    assert "Decided 2 at once" in page.text("p")
    staff.post(f"/review/{archive.pk}/take-back", {"act": page.all("button", name="act")[0]["value"]})
    assert list(decisions("same_picture")) == []


def test_what_a_person_decided_before_is_left_as_it_is(staff: Client, archive: Archive, findings: Findings) -> None:
    group = findings.of("same_picture")[1]
    decide(Decision("same_picture", group.contents, "keep_both", by="ben"))
    url = f"/review/{archive.pk}/pictures/rules"
    staff.post(url, sent(Page(staff.get(url, {"rule": "largest"}))))
    assert {each.by: each.choice for each in decisions("same_picture")} == {"ben": "keep_both", "ana": "keep"}


def test_a_list_that_changed_since_the_preview_is_shown_again(
    staff: Client, archive: Archive, findings: Findings
) -> None:
    url = f"/review/{archive.pk}/pictures/rules"
    shown = sent(Page(staff.get(url, {"rule": "largest"})))
    decide(Decision("same_picture", findings.of("same_picture")[1].contents, "keep_both", by="ben"))
    refused = staff.post(url, shown)
    assert refused.status_code == 409
    assert "It would decide 1 of 1" in Page(refused).text("h2")
    assert [each.by for each in decisions("same_picture")] == ["ben"]


@pytest.mark.parametrize("given", [{}, {"rule": "smallest"}, {"rule": "folder"}, {"rule": "folder", "folder": "none"}])
def test_a_rule_that_says_nothing_decides_nothing(
    staff: Client, archive: Archive, findings: Findings, given: dict[str, str]
) -> None:
    url = f"/review/{archive.pk}/pictures/rules"
    assert staff.get(url, given).status_code == 200
    assert staff.post(url, {**given, "token": "x"}).status_code == 409
    assert PersonDecision.objects.count() == 0
