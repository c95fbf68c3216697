"""The review pages in a real browser: they fit, are legible, and are worked by keys alone; and without scripts."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.contrib.auth.models import User

from parure.web.archive.decisions import decisions
from parure.web.archive.models import Archive
from parure.web.archive.review.services.findings import Findings, GroupQuestion
from parure.web.archive.review.services.store import keep_findings
from tests.web.archive.review.test_pages import pages
from tests.web.storefront.browser import CHROMIUM, Browser, Tab
from tests.web.storefront.test_in_browser import FAINT_WORDS, SMALL_TARGETS

pytestmark = [pytest.mark.browser, pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed")]
PASSWORD = "quiet window 17"
SETTLED = "document.activeElement.tagName === 'H1'"  # keys pressed before that are dropped
_SIGN_IN = f"""
(() => {{
  document.getElementById('id_username').value = 'ana';
  document.getElementById('id_password').value = '{PASSWORD}';
  document.getElementById('id_password').form.submit();
}})()
"""


@pytest.fixture
def desk(browser: Browser, server: str, ana: User, archive: Archive, findings: Findings) -> str:
    """The site's address; the browser is signed in as ana."""
    ana.set_password(PASSWORD)
    ana.save()
    tab = browser.tab(width=1440)
    tab.open(f"{server}/sign-in?next=/status")
    if tab.run("location.pathname") == "/sign-in":
        tab.run(_SIGN_IN)
        tab.until("location.pathname === '/status' && document.readyState === 'complete'")
    return server


def opened(browser: Browser, address: str, *, width: int = 1440) -> Tab:
    tab = browser.tab(width=width)
    tab.open(address)
    tab.until("document.querySelector('#review') && window.htmx")
    return tab


@pytest.mark.parametrize(("width", "dark"), [(360, False), (360, True), (768, False), (1440, True), (1920, False)])
def test_review_pages_fit_are_legible_and_complain_of_nothing(
    browser: Browser, desk: str, archive: Archive, disagreeing: Findings, width: int, dark: bool
) -> None:
    tab = browser.tab(width=width, dark=dark)
    for page in pages(archive, disagreeing):
        tab.open(desk + page)
        assert tab.run("document.documentElement.scrollWidth") <= width, page
        assert tab.run(SMALL_TARGETS) == [], page
        assert tab.run(FAINT_WORDS) == [], page
    assert tab.complaints == []


def test_a_folder_with_a_long_name_does_not_make_the_page_wider(
    browser: Browser, desk: str, archive: Archive, findings: Findings
) -> None:
    group = findings.of("same_bytes")[0]
    assert isinstance(group, GroupQuestion)
    first, second = group.copies
    moved = replace(first, shot=replace(first.shot, path=f"{'pictures of the spring campaign ' * 4}/same.jpg"))
    keep_findings(archive, replace(findings, groups=(replace(group, copies=(moved, second)),)))
    tab = browser.tab(width=390)
    tab.open(f"{desk}/review/{archive.pk}/copies/rules?rule=shortest")
    assert tab.run("document.querySelector('#folder').options.length") == 3
    assert tab.run("document.documentElement.scrollWidth") <= 390


@pytest.mark.parametrize("width", [390, 1280])
def test_the_buttons_of_a_group_stand_in_line_under_names_of_any_length(
    browser: Browser, desk: str, archive: Archive, findings: Findings, width: int
) -> None:
    group = findings.of("same_picture")[0]
    assert isinstance(group, GroupQuestion)
    first, *others = group.copies
    long = replace(first, shot=replace(first.shot, path=f"studio/{'AJ-1042 approved ' * 9}.jpg"))
    keep_findings(archive, replace(findings, groups=(replace(group, copies=(long, *others)),)))
    tab = browser.tab(width=width)
    tab.open(f"{desk}/review/{archive.pk}/pictures/{group.id}")
    tops = tab.run("[...document.querySelectorAll('.review-card .button')].map(b => b.getBoundingClientRect().top)")
    assert len(tops) == 3
    assert len(set(tops)) == (1 if width == 1280 else 3)


def test_a_group_is_decided_and_taken_back_by_keys_alone(
    browser: Browser, desk: str, archive: Archive, findings: Findings
) -> None:
    first, second = findings.of("same_picture")
    root = f"/review/{archive.pk}/pictures"
    tab = opened(browser, f"{desk}{root}/{first.id}")
    tab.run("window.stayed = true")
    tab.press("2", "2")
    tab.until(f"location.pathname === '{root}/{second.id}' && {SETTLED}")
    assert tab.run("window.stayed")
    assert tab.run("document.getElementById('far').textContent") == "1 of 2 decided"
    assert [each.value for each in decisions("same_picture")] == [first.contents[1]]
    tab.press("u", "u")
    tab.until(f"location.pathname === '{root}/{first.id}' && {SETTLED}")
    assert list(decisions("same_picture")) == []
    tab.press("ArrowRight")
    tab.until(f"location.pathname === '{root}/{second.id}' && {SETTLED}")
    tab.press("n", "n")
    tab.until(f"location.pathname === '{root}/{first.id}' && {SETTLED}")
    tab.press("b", "b")
    tab.until(f"location.pathname === '{root}' && document.querySelector('h1').textContent === 'All decided'")
    assert {each.choice for each in decisions("same_picture")} == {"not_duplicates", "keep_both"}
    assert tab.complaints == []


def test_a_style_is_typed_with_suggestions_and_keys_rest_meanwhile(
    browser: Browser, desk: str, archive: Archive, findings: Findings
) -> None:
    root = f"/review/{archive.pk}/names"
    tab = opened(browser, f"{desk}{root}/{findings.names[0].id}")
    tab.press("a", "a")
    assert tab.run("document.activeElement.id") == "style"
    assert tab.run("document.activeElement.value") == ""  # the key itself is not typed
    for letter in "bn7":
        tab.press(letter, letter)
    assert tab.run("document.activeElement.value") == "bn7"
    tab.run(
        "document.activeElement.value = 'aj10';"
        "document.activeElement.dispatchEvent(new Event('input', {bubbles: true}))"
    )
    tab.until("document.querySelectorAll('#styles option').length === 2")
    tab.run("document.activeElement.value = 'zz-9'")
    tab.press("Enter", "\r")
    tab.until(
        "document.querySelector('[role=alert]')?.textContent.includes('No style is called zz-9')"
        "&& document.activeElement.tagName === 'H1'"  # the focus is moved last; before it, it would be taken away
    )
    assert list(decisions("style")) == []
    tab.run("document.getElementById('style').value = 'aj-1043'; document.getElementById('style').focus()")
    tab.press("Enter", "\r")
    tab.until(f"location.pathname === '{root}/{findings.names[1].id}'")
    assert [each.value for each in decisions("style")] == ["AJ-1043"]


def test_copies_that_disagree_are_decided_by_keys_and_led_to_their_group(
    browser: Browser, desk: str, archive: Archive, disagreeing: Findings
) -> None:
    style, metal, following = disagreeing.names[:3]
    root = f"/review/{archive.pk}"
    tab = opened(browser, f"{desk}{root}/names/{style.id}")
    tab.press("g", "g")
    tab.until(f"location.pathname === '{root}/pictures/{disagreeing.of('same_picture')[0].id}'")
    tab.open(f"{desk}{root}/names/{style.id}")
    tab.until("document.querySelector('#review') && window.htmx")
    tab.press("2", "2")
    tab.until(f"location.pathname === '{root}/names/{following.id}'")
    assert [(each.value, len(each.subjects)) for each in decisions("style")] == [("AJ-1043", 3)]
    tab.open(f"{desk}{root}/metals/{metal.id}")
    tab.until("document.querySelector('#review') && window.htmx")
    tab.press("1", "1")
    tab.until("document.querySelector('h1').textContent === 'All decided'")
    assert [each.value for each in decisions("metal")] == ["yellow_gold"]
    assert tab.complaints == []


def test_keys_can_be_switched_off_and_stay_off(
    browser: Browser, desk: str, archive: Archive, findings: Findings
) -> None:
    url = f"{desk}/review/{archive.pk}/quality/{findings.quality[0].id}"
    tab = opened(browser, url)
    tab.run("document.querySelector('[data-keys-toggle]').click()")
    tab.press("k", "k")
    tab.open(url)
    tab.until("document.querySelector('#review.keys-off')")
    tab.press("k", "k")
    assert tab.run("document.querySelector('[data-keys-toggle]').textContent") == "Keys are off"
    tab.run("document.querySelector('[data-keys-toggle]').click()")
    assert list(decisions("quality")) == []
    tab.press("k", "k")
    tab.until("document.querySelector('h1').textContent === 'All decided'")


def test_the_focus_can_be_seen_on_every_answer(
    browser: Browser, desk: str, archive: Archive, findings: Findings
) -> None:
    tab = opened(browser, f"{desk}/review/{archive.pk}/pictures/{findings.of('same_picture')[0].id}")
    tab.run("document.querySelector('h1').focus()")
    for _ in range(3):
        tab.press("Tab")
        assert tab.run("getComputedStyle(document.activeElement).outlineStyle") == "solid"
        assert tab.run("document.activeElement.closest('#review') !== null")


def test_without_scripts_the_same_is_done_by_buttons(
    browser: Browser, desk: str, archive: Archive, findings: Findings
) -> None:
    first, second = findings.of("same_picture")
    root = f"/review/{archive.pk}/pictures"
    tab = browser.tab(width=360)
    tab.without_scripts()
    tab.open(f"{desk}{root}/{first.id}")
    tab.run("document.querySelector('button[value=keep_both]').click()")
    tab.until(f"location.pathname === '{root}/{second.id}' && document.readyState === 'complete'")
    assert [each.choice for each in decisions("same_picture")] == ["keep_both"]
    tab.run("document.querySelector('button[name=act]').click()")
    tab.until(f"location.pathname === '{root}/{first.id}'")
    assert list(decisions("same_picture")) == []
