"""<seen-pieces> in a real browser: the overlay follows the picture shown, and a region is drawn by hand and by keys."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from parure.web.catalogue.models import Photo
from tests.analyser import GOLD, ROSE, RUBY, SAPPHIRE, piece_picture
from tests.web.looking import give, png, use, work
from tests.web.storefront.browser import CHROMIUM, Browser, Tab
from tests.web.storefront.test_in_browser import FAINT_WORDS, SMALL_TARGETS

pytestmark = [pytest.mark.browser, pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed")]
BOTH = png(piece_picture((GOLD, SAPPHIRE), (ROSE, RUBY)))
DRAW, STAGE = "document.querySelector('[data-draw]')", "document.querySelector('.chooser-stage')"
FRAME = "document.querySelector('[data-region]')"


@pytest.fixture
def site(server: str, shop: Path) -> str:
    """A-1 with a photo of one piece and one of two, A-3 with rose and ruby."""
    use()
    give("A-1", piece_picture((GOLD, SAPPHIRE)))
    give("A-1", piece_picture((GOLD, RUBY), (ROSE, SAPPHIRE)))
    give("A-3", piece_picture((ROSE, RUBY)))
    work()
    return server


@pytest.fixture
def results(site: str) -> str:
    """The page of a search with a picture of two pieces."""
    upload = SimpleUploadedFile("q.png", BOTH, "image/png")
    return site + str(Client(SERVER_NAME="localhost").post("/search", {"image": upload}).headers["Location"])


def shown(tab: Tab) -> list[str]:
    """Numbers of the photos whose overlay can be seen."""
    script = "[...document.querySelectorAll('svg.overlay')].filter((layer) => layer.checkVisibility())"
    return list(tab.run(f"{script}.map((layer) => layer.dataset.photo)"))


def searched_box(tab: Tab) -> list[float]:
    tab.until("new URLSearchParams(location.search).get('box')")
    (box,) = parse_qs(urlsplit(str(tab.run("location.href"))).query)["box"]
    return [float(number) for number in box.split(",")]


def test_the_overlay_is_shown_on_demand_and_follows_the_picture(browser: Browser, site: str) -> None:
    first, second = Photo.objects.filter(product__style_code="A-1").values_list("pk", flat=True)
    tab = browser.tab(width=1440)
    tab.open(f"{site}/p/A-1")
    assert shown(tab) == []
    tab.run("document.querySelector('[data-toggle]').focus()")
    tab.press("Enter", "\r")
    assert shown(tab) == [str(first)]
    assert tab.run("document.querySelector('[data-toggle]').getAttribute('aria-pressed')") == "true"
    tab.press("ArrowRight")
    assert shown(tab) == [str(second)]
    tab.run("document.querySelector('[data-toggle]').click()")
    assert shown(tab) == []
    assert tab.complaints == []


def test_the_overlay_lies_on_the_picture_at_every_size(browser: Browser, site: str) -> None:
    """The frame of the piece covers the middle of the picture as it is painted, tile borders taken off."""
    for width, height in ((360, 700), (1440, 900), (1440, 1600)):
        tab = browser.tab(width=width, height=height)
        tab.open(f"{site}/p/A-1")
        tab.run("document.querySelector('[data-toggle]').click()")
        image = tab.run(_PAINTED)
        frame = tab.run(
            "(({x, y, width, height}) => [x, y, width, height])"
            "(document.querySelector('svg.overlay:not([hidden]) rect').getBoundingClientRect())"
        )
        expected = [image[0] + image[2] / 6, image[1] + image[3] / 6, image[2] * 2 / 3, image[3] * 2 / 3]
        assert frame == pytest.approx(expected, abs=6), (width, height)


def test_a_region_is_drawn_with_the_pointer(browser: Browser, results: str) -> None:
    tab = browser.tab(width=1440)
    tab.open(results)
    tab.run(f"{DRAW}.click()")
    left, top, wide, high = tab.run(
        f"(({{x, y, width, height}}) => [x, y, width, height])({STAGE}.getBoundingClientRect())"
    )
    tab.drag((left + 0.5 * wide, top + 0.1 * high), (left + 0.95 * wide, top + 0.9 * high))
    tab.run(f"{DRAW}.click()")
    assert searched_box(tab) == pytest.approx([0.5, 0.1, 0.45, 0.8], abs=0.02)
    tab.until("document.querySelector('.card .name')?.textContent === 'A-3'")
    assert tab.complaints == []


def test_a_region_is_drawn_with_keys_and_given_up_with_escape(browser: Browser, results: str) -> None:
    tab = browser.tab(width=1440)
    tab.open(results)
    tab.run(f"{DRAW}.focus()")
    tab.press("Enter", "\r")
    assert tab.run(f"{FRAME}.checkVisibility()")
    tab.press("Escape")
    assert not tab.run(f"{FRAME}.checkVisibility()")
    assert tab.run(f"{DRAW}.textContent") == "Draw a region"
    tab.press("Enter", "\r")
    for _ in range(5):
        tab.press("ArrowRight")
    tab.press("Enter", "\r")
    assert searched_box(tab) == pytest.approx([0.35, 0.25, 0.5, 0.5], abs=0.01)


def test_another_piece_is_chosen_without_a_new_page(browser: Browser, results: str) -> None:
    tab = browser.tab(width=1440)
    tab.open(results)
    tab.run("window.stayed = true; document.getElementById('piece-1').click()")
    tab.until("document.getElementById('piece-1').hasAttribute('aria-current')")
    tab.until("document.querySelector('.card .name').textContent === 'A-3'")
    assert tab.run("window.stayed")
    assert tab.run(f"!{DRAW}.hidden"), "the element works again after the exchange"


def test_a_slider_searches_by_itself(browser: Browser, results: str) -> None:
    tab = browser.tab(width=1440)
    tab.open(results)
    tab.run(
        "(() => { const slider = document.getElementById('by_stones'); slider.value = '2';"
        " slider.dispatchEvent(new Event('change', {bubbles: true})); })()"
    )
    tab.until("new URLSearchParams(location.search).get('by_stones') === '2'")
    tab.until("document.querySelector('.weights').open")


@pytest.mark.parametrize(("width", "dark"), [(360, False), (1440, True)])
def test_the_pages_fit_and_are_legible(browser: Browser, results: str, width: int, dark: bool) -> None:
    tab = browser.tab(width=width, dark=dark)
    for address in (results, results + "&by_stones=1", results.partition("/search")[0] + "/p/A-1"):
        tab.open(address)
        tab.run("document.querySelector('[data-toggle]')?.click()")
        assert tab.run("document.documentElement.scrollWidth") <= width, address
        assert tab.run(SMALL_TARGETS) == [], address
        assert tab.run(FAINT_WORDS) == [], address
    assert tab.complaints == []


# Where the picture itself is painted: `object-fit: contain` leaves air around it inside its element.
_PAINTED = """
(() => {
  const image = document.querySelector('a[data-stage] img');
  const box = image.getBoundingClientRect();
  const scale = Math.min(box.width / image.naturalWidth, box.height / image.naturalHeight);
  const [width, height] = [image.naturalWidth * scale, image.naturalHeight * scale];
  return [box.x + (box.width - width) / 2, box.y + (box.height - height) / 2, width, height];
})()
"""
