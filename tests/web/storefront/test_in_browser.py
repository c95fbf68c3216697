"""The pages in a real browser: they fit small and large windows, and their live parts work by mouse and keyboard."""

from __future__ import annotations

import base64
from collections.abc import Callable

import pytest

from parure.web.catalogue.models import Photo
from tests.web.storefront.browser import CHROMIUM, Browser, Tab

pytestmark = [pytest.mark.browser, pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed")]
PAGES = [
    "/",
    "/?type=ring",
    "/search?q=rose+gold+hoops+under+300",
    "/p/R-1",
    "/similar/R-1",
    "/status",
    "/sign-in",
    "/no",
]


@pytest.fixture
def site(server: str, window: None) -> str:
    """Its address, with pieces in the window."""
    return server


@pytest.mark.parametrize(("width", "dark"), [(360, False), (360, True), (768, False), (1440, True), (1920, False)])
def test_pages_fit_are_legible_and_complain_of_nothing(browser: Browser, site: str, width: int, dark: bool) -> None:
    tab = browser.tab(width=width, dark=dark)
    for page in PAGES:
        tab.open(site + page)
        assert tab.run("document.documentElement.scrollWidth") <= width, page
        assert tab.run(SMALL_TARGETS) == [], page
        assert tab.run(FAINT_WORDS) == [], page
    assert [said for said in tab.complaints if "/no" not in said] == []


def test_a_facet_swaps_the_pieces_and_the_address_without_a_new_page(browser: Browser, site: str) -> None:
    tab = browser.tab(width=1440)
    tab.open(f"{site}/")
    tab.run("window.stayed = true; document.getElementById('facet-metal_colour-rose').focus()")
    tab.press("Enter", "\r")
    tab.until("location.search === '?metal_colour=rose' && document.querySelectorAll('.card').length === 2")
    assert tab.run("window.stayed")
    assert tab.run("document.activeElement.id") == "facet-metal_colour-rose"
    assert tab.run("document.getElementById('count').textContent.trim()").startswith("2 pieces")
    tab.run("document.getElementById('chip-1').click()")
    tab.until("location.search === '' && document.querySelectorAll('.card').length === 4")
    tab.run("history.back()")
    tab.until("location.search === '?metal_colour=rose' && document.querySelectorAll('.card').length === 2")


def test_a_part_that_is_refused_shows_the_page_that_says_why(browser: Browser, site: str) -> None:
    tab = browser.tab(width=1440)
    tab.open(f"{site}/?type=ring")
    tab.run("htmx.ajax('GET', '/?metal=goldd1', {source: '.browse'})")
    tab.until("location.search === '?metal=goldd1' && document.querySelector('[role=alert]')")


@pytest.mark.usefixtures("small_pages")
def test_more_pieces_are_added_below(browser: Browser, site: str) -> None:
    tab = browser.tab(width=1440)
    tab.open(f"{site}/")
    tab.run("document.querySelector('#more a').click()")
    tab.until("document.querySelectorAll('.card').length === 4 && !document.getElementById('more')")
    assert tab.run("document.getElementById('count').textContent.trim()").startswith("4 pieces")
    assert tab.run("location.search") == ""


def test_a_slash_goes_to_the_search_box(browser: Browser, site: str) -> None:
    tab = browser.tab(width=1440)
    tab.open(f"{site}/")
    tab.press("/", "/")
    assert tab.run("document.activeElement.id") == "q"
    tab.press("/", "/")
    assert tab.run("document.getElementById('q').value") == "/"


def test_the_first_tab_leads_past_the_header(browser: Browser, site: str) -> None:
    tab = browser.tab(width=1440)
    tab.open(f"{site}/")
    tab.press("Tab")
    assert tab.run("document.activeElement.className") == "skip"
    assert tab.run("document.activeElement.getBoundingClientRect().top") >= 0


@pytest.mark.parametrize("way", ["paste", "drop"])
def test_a_picture_can_be_pasted_and_dropped_anywhere(
    browser: Browser, site: str, way: str, picture: Callable[..., bytes]
) -> None:
    tab = browser.tab(width=1440)
    tab.open(f"{site}/p/R-2")
    tab.run(_GIVE % {"way": way, "data": base64.b64encode(picture(1)).decode()})
    tab.until("location.search.startsWith('?image=') && document.querySelector('.card')")
    assert tab.run("document.querySelector('.card .name').textContent") == "Rose ring"


def test_the_gallery_turns_by_arrow_keys_and_enlarges(browser: Browser, site: str) -> None:
    _, second = Photo.objects.filter(product__style_code="R-1").values_list("pk", flat=True)
    tab = browser.tab(width=1440)
    tab.open(f"{site}/p/R-1")
    tab.run("document.querySelector('[data-stage]').focus()")
    tab.press("ArrowRight")
    assert tab.run("document.querySelector('[data-stage] img').src").endswith(f"/photos/{second}/960.webp")
    tab.press("Enter", "\r")
    tab.until("document.querySelector('dialog.zoom[open] img')?.complete")
    assert tab.run("document.querySelector('dialog.zoom img').src").endswith(f"/photos/{second}/original")
    tab.press("Escape")
    tab.until("!document.querySelector('dialog.zoom')")
    assert tab.run("document.activeElement.hasAttribute('data-stage')")
    assert tab.complaints == []


def test_similar_pieces_arrive_by_themselves(browser: Browser, site: str) -> None:
    tab = browser.tab(width=1440)
    tab.open(f"{site}/p/R-1")
    tab.until("document.querySelector('.similar .card')")


def test_without_scripts_the_filters_are_there_at_every_width(browser: Browser, site: str) -> None:
    for width in (360, 1440):
        tab: Tab = browser.tab(width=width)
        tab.without_scripts()
        tab.open(f"{site}/?type=ring")
        assert tab.run("document.querySelectorAll('.card').length") == 2
        shown = tab.run("document.getElementById('facet-type-ring').checkVisibility({contentVisibilityAuto: true})")
        folded = tab.run("document.querySelector('.filters > summary').checkVisibility()")
        assert shown or folded


# Links, buttons and fields under 24 px in either direction; links inside a sentence are exempt (WCAG 2.5.8).
SMALL_TARGETS = """
[...document.querySelectorAll('a, button, summary, input:not([type=hidden])')].filter((element) => {
  const box = element.getBoundingClientRect();
  const hidden = !element.checkVisibility({contentVisibilityAuto: true}) || box.width === 0 || element.closest('p')
    || element.className === 'skip';
  return !hidden && (box.width < 24 || box.height < 24);
}).map((element) => element.outerHTML.slice(0, 120))
"""

# Words whose colour has a contrast below 4.5 : 1 (WCAG 2.2 AA) with the nearest painted background behind them.
# Numbers on a picture have an outline of their own, which this cannot measure.
FAINT_WORDS = """
(() => {
  const parse = (colour) => (colour.match(/[\\d.]+/g) || []).map(Number);
  const light = ([red, green, blue]) => [red, green, blue].map((part) => part / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
    .reduce((sum, part, place) => sum + part * [0.2126, 0.7152, 0.0722][place], 0);
  const behind = (element) => {
    for (let step = element; step; step = step.parentElement) {
      const colour = parse(getComputedStyle(step).backgroundColor);
      if (colour.length === 3 || colour[3] === 1) return colour;
    }
    return [255, 255, 255];
  };
  const words = [...document.querySelectorAll('body *')].filter((element) => element.checkVisibility()
    && !element.closest('svg') && [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim()));
  return words.filter((element) => {
    const pair = [light(parse(getComputedStyle(element).color)), light(behind(element))].sort((a, b) => b - a);
    return (pair[0] + 0.05) / (pair[1] + 0.05) < 4.5;
  }).map((element) => element.outerHTML.slice(0, 120));
})()
"""

_GIVE = """
(() => {
  const bytes = Uint8Array.from(atob('%(data)s'), (letter) => letter.charCodeAt(0));
  const given = new DataTransfer();
  given.items.add(new File([bytes], 'query.jpg', {type: 'image/jpeg'}));
  const event = '%(way)s' === 'paste'
    ? new ClipboardEvent('paste', {clipboardData: given, bubbles: true})
    : new DragEvent('drop', {dataTransfer: given, bubbles: true, cancelable: true});
  document.body.dispatchEvent(event);
})()
"""
