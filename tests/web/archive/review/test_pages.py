"""The review pages: who may see them, what they say with nothing to decide, how they are built."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.test import Client

from parure.web.archive.models import Archive
from parure.web.archive.review.services.findings import Findings
from parure.web.archive.review.services.store import keep_findings
from tests.web.archive.review.stock import list_of, scan
from tests.web.pictures import jpeg
from tests.web.storefront.markup import Page, faults


def pages(archive: Archive, findings: Findings) -> list[str]:
    root = f"/review/{archive.pk}"
    questions = [f"{root}/pictures/{each.id}" for each in findings.of("same_picture")]
    questions += [f"{root}/copies/{each.id}" for each in findings.of("same_bytes")]
    questions += [f"{root}/{'metals' if each.kind == 'metal' else 'names'}/{each.id}" for each in findings.names]
    questions += [f"{root}/quality/{each.id}" for each in findings.quality]
    rules = [f"{root}/{kind}/rules" for kind in ("pictures", "copies", "names", "metals", "quality")]
    chosen = [f"{root}/pictures/rules?rule=largest", f"{root}/names/rules?rule=only&reason=two_styles"]
    return [root, f"{root}/decided", *questions, *rules, *chosen]


def test_strangers_are_sent_to_the_door_and_customers_refused(archive: Archive, findings: Findings) -> None:
    visitor = Client(SERVER_NAME="localhost")
    every = ["/review", *pages(archive, findings), f"/review/{archive.pk}/styles?style=a"]
    for address in every:
        assert visitor.get(address).headers["Location"].startswith("/sign-in?next=/review"), address
    visitor.force_login(User.objects.create_user("guest"))
    for address in every:
        assert visitor.get(address).status_code == 403, address
    for address in (f"/review/{archive.pk}/make", f"/review/{archive.pk}/take-back"):
        assert visitor.post(address).status_code == 403
    assert "/review" not in Page(visitor.get("/")).links_to("/review")


def test_every_page_is_sound_and_may_run_nothing_of_its_own(
    staff: Client, archive: Archive, disagreeing: Findings
) -> None:
    for address in pages(archive, disagreeing):
        response = staff.get(address)
        assert response.status_code == 200, address
        assert "unsafe" not in response.headers["Content-Security-Policy"]
        assert response.headers["Cache-Control"] == "private, no-cache"
        found = [fault for fault in faults(Page(response)) if "type': 'radio" not in fault]
        assert found == [], address


def test_a_form_without_its_token_is_refused(archive: Archive, findings: Findings, ana: User) -> None:
    strict = Client(SERVER_NAME="localhost", enforce_csrf_checks=True)
    strict.force_login(ana)
    url = f"/review/{archive.pk}/quality/{findings.quality[0].id}"
    given = {"answer": "keep", "subjects": findings.quality[0].contents[0], "seen": "0.0"}
    assert strict.post(url, given).status_code == 403
    token = Page(strict.get(url)).all("input", name="csrfmiddlewaretoken")[0]["value"]
    assert strict.post(url, {**given, "csrfmiddlewaretoken": token}).status_code == 302


def test_names_of_files_are_shown_and_never_run(staff: Client, archive: Archive, findings: Findings) -> None:
    response = staff.get(f"/review/{archive.pk}/quality/{findings.quality[0].id}")
    assert b"blurred <b>" not in response.content
    assert "blurred <b>.jpg" in Page(response).text("span")


def test_a_group_stands_side_by_side_with_what_differs(staff: Client, archive: Archive, findings: Findings) -> None:
    page = Page(staff.get(f"/review/{archive.pk}/pictures/{findings.of('same_picture')[0].id}"))
    for said in ("320 × 240", "160 × 120", "mirrored", "62 %", "EOS 5D", "largest"):
        assert said in page.text("dd") + page.text("span")
    keys = [each["data-key"] for each in page.all("button") if "data-key" in each]
    assert keys == ["1", "2", "3", "b", "n"]
    assert page.text("kbd").split()[:3] == ["1", "2", "3"]


def test_with_nothing_scanned_the_page_says_how_to_begin(staff: Client) -> None:
    page = Page(staff.get("/review"))
    assert "parure curate scan FOLDER" in page.text("code")
    assert faults(page) == []


def test_a_scan_that_was_stopped_is_named(staff: Client) -> None:
    Archive.objects.create(key="h" * 32, location="/photos/half")
    assert "parure curate scan /photos/half" in Page(staff.get("/review")).text("code")


def test_one_archive_is_gone_to_at_once_and_several_are_listed(
    staff: Client, archive: Archive, findings: Findings
) -> None:
    assert staff.get("/review").headers["Location"] == f"/review/{archive.pk}"
    Archive.objects.create(key="s" * 32, location="/photos/second", scanned_at=archive.scanned_at)
    page = Page(staff.get("/review"))
    assert "0 of 6 decided" in page.text("span")
    assert "the list is not made yet" in page.text("span")
    assert len(page.links_to("/review/")) == 2


def test_one_photo_is_told_in_the_singular(staff: Client, tmp_path: Path, shop: Path) -> None:
    (tmp_path / "few").mkdir()
    (tmp_path / "few" / "a.jpg").write_bytes(jpeg(1))
    few = scan(tmp_path / "few")
    page = Page(staff.get(f"/review/{few.pk}"))
    assert page.text("h1") == "1 photo to look through"
    assert "few" in page.text("a").split()
    assert few.scanned_at is not None
    keep_findings(few, Findings(few.scanned_at.isoformat(), 1e9, 1, variants=1))
    page = Page(staff.get(f"/review/{few.pk}"))
    assert page.text("h1") == "1 photo"
    assert "1 pair of photos shows one design" in page.text("p")


def test_without_a_list_there_is_a_button_that_makes_it(staff: Client, archive: Archive) -> None:
    page = Page(staff.get(f"/review/{archive.pk}"))
    assert "Make the list" in page.text("button")
    assert staff.get(f"/review/{archive.pk}/pictures").status_code == 404


def test_a_scan_since_the_list_was_made_is_told(staff: Client, archive: Archive, findings: Findings) -> None:
    assert "scanned again" not in Page(staff.get(f"/review/{archive.pk}")).text("p")
    keep_findings(archive, replace(findings, scanned_at="2020-01-01T00:00:00+00:00"))
    assert "scanned again" in Page(staff.get(f"/review/{archive.pk}")).text("p")


def test_without_known_styles_the_page_says_where_they_come_from(staff: Client, archive: Archive) -> None:
    keep_findings(archive, replace(list_of(archive, styles=()), names=()))
    page = Page(staff.get(f"/review/{archive.pk}/names"))
    assert "No style is known yet" in page.text("h1")
    assert "--styles" in page.text("code")


def test_where_nothing_is_open_the_page_leads_to_what_is(staff: Client, archive: Archive) -> None:
    keep_findings(archive, replace(list_of(archive), quality=()))
    page = Page(staff.get(f"/review/{archive.pk}/quality"))
    assert "Nothing to decide here" in page.text("h1")
    assert "Same picture: 2 open" in page.text("a")


def test_the_first_question_comes_first_and_arrows_lead_on(staff: Client, archive: Archive, findings: Findings) -> None:
    first, second = findings.of("same_picture")
    root = f"/review/{archive.pk}/pictures"
    assert staff.get(root).headers["Location"] == f"{root}/{first.id}"
    (skip,) = Page(staff.get(f"{root}/{first.id}")).all("a", **{"data-key": "ArrowRight"})
    assert skip["href"] == f"{root}/{second.id}"
    (skip,) = Page(staff.get(f"{root}/{second.id}")).all("a", **{"data-key": "ArrowRight"})
    assert skip["href"] == f"{root}/{first.id}"


def test_styles_are_suggested_while_one_types(staff: Client, archive: Archive, findings: Findings) -> None:
    def suggested(typed: str) -> list[str]:
        page = Page(staff.get(f"/review/{archive.pk}/styles", {"style": typed}))
        return [each["value"] for each in page.all("option")]

    assert suggested("aj10") == ["AJ-1042", "AJ-1043"]
    assert suggested("42") == ["AJ-1042"]
    assert suggested("AJ-1024") == ["AJ-1042"] or "AJ-1042" in suggested("AJ-1024")
    assert suggested("") == suggested("§§") == []


@pytest.mark.parametrize(
    "address", ["/review/999", "/review/{}/beauty", "/review/{}/pictures/none", "/review/{}/x/rules"]
)
def test_what_is_not_there_is_not_found(staff: Client, archive: Archive, findings: Findings, address: str) -> None:
    assert staff.get(address.format(archive.pk)).status_code == 404


def test_paths_that_are_no_text_are_shown_with_their_bytes(staff: Client, archive: Archive, findings: Findings) -> None:
    question = findings.quality[0]
    odd = replace(question.shots[0], path="old/\udce9.jpg")
    keep_findings(archive, replace(findings, quality=(replace(question, shots=(odd,)),)))
    page = Page(staff.get(f"/review/{archive.pk}/quality/{question.id}"))
    assert "\\udce9.jpg" in page.text("span")


def test_staff_find_the_way_from_every_page(shop: Path, staff: Client) -> None:
    assert Page(staff.get("/")).links_to("/review") == ["/review"]
