"""A phone's screen that shows a photo: a shop's page, a feed, a chat; light or dark, scrolled or not.

Drawn from the top down with a cursor. Only the main photo has labels; of the other photos the boxes are told.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.random import Generator

from parure.render.chance import maybe, pick, whole
from parure.render.photograph.camera import jpeg
from parure.render.photograph.lettering import badge, note_line, price, shop_name, title
from parure.render.photograph.screen import Screen, Shown, foot, head, some_theme, status_bar
from parure.render.photograph.values import Bytes, Placed, Scene, boxes_of

__all__ = ["Screenshot", "screenshot"]


@dataclass(frozen=True, eq=False)
class Screenshot:
    """`pixels` (h, w, 3), `labels` (h, w) of the main photo, and which photos are where."""

    pixels: Bytes
    labels: Bytes
    main: Shown
    others: tuple[Shown, ...]


def screenshot(main: Scene, others: Sequence[Scene], random: Generator, *, width: int = 390) -> Screenshot:
    """A screen `width` pixels wide that shows `main` large and, where the page has a place for them, some others."""
    screen = Screen(width, some_theme(random))
    page = pick(random, {_shop_page: 6.0, _feed: 2.5, _chat: 1.5})
    shown, rest = page(screen, main, others, random)
    status_bar(screen, random)
    labels = np.asarray(screen.labels).copy()
    picture = jpeg(screen.canvas, random) if maybe(random, 0.5) else screen.canvas
    pieces = _left(main, labels, screen.magnified)
    others_seen = [each for each in map(screen.seen, rest) if each.photo.area > 0]
    return Screenshot(np.asarray(picture), labels, Shown(screen.seen(shown).photo, pieces), tuple(others_seen))


def _left(main: Scene, labels: Bytes, magnified: float) -> tuple[Placed, ...]:
    """What the edge, the bars and the buttons left of the pieces of the main photo."""
    instances = [piece.instance for piece in main.pieces]
    found, before = boxes_of(labels, instances), boxes_of(main.labels, instances)
    pieces = []
    for piece in main.pieces:
        if piece.instance in found:
            box, count = found[piece.instance]
            share = min(1.0, count / (before[piece.instance][1] * magnified))
            pieces.append(replace(piece, box=box, visible=piece.visible * share))
    return tuple(pieces)


def _main_photo(screen: Screen, main: Scene, top: float, inset: float) -> Shown:
    """As wide as the screen less `inset` on both sides, in its own proportions; moves the cursor below it."""
    height, width = main.labels.shape
    tall = (390 - 2 * inset) * height / width
    x0, y0, x1, y1 = screen.px(inset, top, 390 - inset, top + tall)
    shown = screen.paste(main, (x0, y0, x1, y1), labelled=True)
    screen.y = top + tall
    return shown


def _shop_page(screen: Screen, main: Scene, others: Sequence[Scene], random: Generator) -> tuple[Shown, list[Shown]]:
    theme = screen.theme
    scrolled = random.uniform(20, 130) if maybe(random, 0.25) else 0.0
    inset = pick(random, (0, 0, 0, 16, 24))
    shown = _main_photo(screen, main, 92 + (10 if inset else 0) - scrolled, inset)
    for at in range(whole(random, 0, 2)):
        x, y = 362 - inset, screen.y - 26 - 44 * at
        screen.box((x - 17, y - 17, x + 17, y + 17), (255, 255, 255), 17)
        screen.words((x, y), pick(random, ("+", "o", "v")), 16, (40, 40, 44), "mm")
    if maybe(random, 0.3):
        left, top = inset + 12, max(104, screen.y - 300)
        words = badge(random)
        wide = 16 + 7 * len(words)
        screen.box((left, top, left + wide, top + 24), theme.accent, 4)
        screen.words((left + wide / 2, top + 12), words, 12, (255, 255, 255), "mm")
    _dots(screen, random)
    _offer(screen, random)
    if not others or maybe(random, 0.3):
        _details(screen, random)
    rest = _related(screen, others, random) if others and maybe(random, 0.8) else []
    if maybe(random, 0.6):
        foot(screen, random)
    head(screen, random)
    return shown, rest


def _dots(screen: Screen, random: Generator) -> None:
    count = whole(random, 1, 7)
    if count > 1:
        for dot in range(count):
            x = 195 + (dot - count / 2) * 12
            screen.box((x, screen.y + 10, x + 6, screen.y + 16), screen.theme.ink if not dot else screen.theme.line, 3)
    screen.y += 26


def _offer(screen: Screen, random: Generator) -> None:
    """Title, price, stars, a line of text, a button: in one of two orders, some left out."""
    theme = screen.theme
    lines = [
        (title(random), 19.0, theme.ink),
        (price(random), 17.0, theme.accent if sum(theme.paper) > 300 else theme.ink),
    ]
    for words, size, ink in lines if maybe(random, 0.7) else lines[::-1]:
        screen.words((18, screen.y), words, size, ink)
        screen.y += size + 11
    if maybe(random, 0.6):
        screen.words(
            (18, screen.y), f"{random.uniform(3.8, 5):.1f} / 5   ({whole(random, 3, 900)} reviews)", 13, theme.faint
        )
        screen.y += 26
    for _ in range(whole(random, 0, 3)):
        screen.box((18, screen.y, random.uniform(220, 370), screen.y + 7), theme.line, 3)
        screen.y += 15
    if maybe(random, 0.8):
        screen.box((18, screen.y + 6, 372, screen.y + 52), theme.accent, pick(random, (2, 8, 23)))
        words = pick(random, ("Add to bag", "Buy now", "ADD TO CART", "Enquire", "Make an offer"))
        screen.words((195, screen.y + 29), words, 16, (255, 255, 255), "mm")
        screen.y += 68


def _details(screen: Screen, random: Generator) -> None:
    """A table of what it is made of, in words and grey bars."""
    for name in ("Metal", "Stone", "Weight", "Closure", "Shipping", "Returns")[: whole(random, 2, 6)]:
        screen.box((18, screen.y, 372, screen.y + 1), screen.theme.line)
        screen.words((18, screen.y + 10), name, 14, screen.theme.ink)
        screen.box((150, screen.y + 14, random.uniform(200, 360), screen.y + 22), screen.theme.line, 3)
        screen.y += 36


def _related(screen: Screen, others: Sequence[Scene], random: Generator) -> list[Shown]:
    """A row of other photos with a price each; the last is cut off by the screen."""
    screen.words(
        (18, screen.y + 6),
        pick(random, ("You may also like", "Similar items", "More from this shop")),
        15,
        screen.theme.ink,
    )
    side, rest = random.uniform(104, 150), []
    top = screen.y + 34
    for at, other in enumerate(others[:4]):
        left = 18 + at * (side + 10)
        if left > 380 or top > 830:
            break
        x0, y0, x1, y1 = screen.px(left, top, left + side, top + side)
        rest.append(screen.paste(other, (x0, y0, x1, y1), labelled=False))
        screen.words((left, top + side + 6), price(random), 12, screen.theme.ink)
    screen.y = top + side + 26
    return rest


def _feed(screen: Screen, main: Scene, others: Sequence[Scene], random: Generator) -> tuple[Shown, list[Shown]]:
    """A post: who, photo, icons, likes, caption; the next post begins below."""
    theme = screen.theme
    top = random.uniform(100, 170)
    shown = _main_photo(screen, main, top, 0)
    screen.box((14, top - 42, 46, top - 10), theme.accent, 16)
    screen.words((56, top - 26), shop_name(random).lower(), 14, theme.ink, "lm")
    for at in range(3):
        screen.draw.ellipse(
            screen.px(16 + at * 38, screen.y + 12, 38 + at * 38, screen.y + 34), outline=theme.ink, width=2
        )
    screen.words((16, screen.y + 46), f"{whole(random, 2, 4000)} likes", 14, theme.ink)
    screen.words((16, screen.y + 68), f"{title(random)} · {note_line(random)}", 13, theme.faint)
    rest = []
    below = screen.y + 140
    if others and below < 800:
        height, width = others[0].labels.shape
        x0, y0, x1, y1 = screen.px(0, below, 390, below + 390 * height / width)
        rest.append(screen.paste(others[0], (x0, y0, x1, y1), labelled=False))
    foot(screen, random)
    return shown, rest


def _chat(screen: Screen, main: Scene, others: Sequence[Scene], random: Generator) -> tuple[Shown, list[Shown]]:
    """Someone sends a photo and asks a question."""
    theme = screen.theme
    head(screen, random)
    y = screen.ceiling + random.uniform(14, 120)
    screen.box((14, y, random.uniform(150, 290), y + 38), theme.line, 16)
    screen.words(
        (28, y + 19),
        pick(random, ("Hi! Do you still have this?", "Look at this one", "How much is it?")),
        14,
        theme.ink,
        "lm",
    )
    wide = random.uniform(230, 310)
    tall = wide * main.labels.shape[0] / main.labels.shape[1]
    left = 14 if maybe(random, 0.5) else 376 - wide
    x0, y0, x1, y1 = screen.px(left, y + 52, left + wide, y + 52 + tall)
    shown = screen.paste(main, (x0, y0, x1, y1), labelled=True)
    y += 66 + tall
    screen.box((150, y, 376, y + 38), theme.accent, 16)
    screen.words(
        (164, y + 19),
        pick(random, ("Yes, one is left.", "I will check.", "In silver or gold?")),
        14,
        (255, 255, 255),
        "lm",
    )
    screen.box((0, 784, 390, 844), theme.paper)
    screen.box((14, 790, 376, 828), theme.line, 19)
    screen.floor = 784
    screen.words((30, 809), "Message", 14, theme.faint, "lm")
    return shown, []
