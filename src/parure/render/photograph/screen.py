"""The screen of a phone: canvas, the labels under it, status bar, head and foot.

Whatever is drawn over a photo takes the labels away where it hides them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from numpy.random import Generator
from PIL import Image, ImageDraw

from parure.regions import Box, clip, from_pixels
from parure.render.chance import maybe, pick, whole
from parure.render.photograph.lettering import font, shop_name
from parure.render.photograph.values import Placed, Scene

__all__ = ["Screen", "Shown", "Theme", "foot", "head", "some_theme", "status_bar"]

Colour = tuple[int, int, int]
Corners = tuple[int, int, int, int]

_ASPECT = 844 / 390


@dataclass(frozen=True)
class Shown:
    """A photo on the screen: its box, as far as it can be seen, and its pieces, all as fractions of the screen."""

    photo: Box
    pieces: tuple[Placed, ...]


@dataclass(frozen=True)
class Theme:
    paper: Colour
    ink: Colour
    faint: Colour
    line: Colour
    accent: Colour


class Screen:
    """Canvas, labels under it, cursor. `px` turns points of a 390 wide screen into pixels."""

    def __init__(self, width: int, theme: Theme) -> None:
        self.unit = width / 390
        self.theme = theme
        size = (width, round(width * _ASPECT))
        self.canvas = Image.new("RGB", size, theme.paper)
        self.labels = Image.new("L", size, 0)
        self.draw = ImageDraw.Draw(self.canvas)
        self.cover = ImageDraw.Draw(self.labels)
        self.y = 0.0
        self.ceiling, self.floor = 0.0, 844.0  # what bars leave free of the screen
        self.magnified = 1.0  # pixels on the screen for each of the main photo

    def px(self, *points: float) -> tuple[int, ...]:
        return tuple(round(point * self.unit) for point in points)

    def box(self, corners: tuple[float, float, float, float], fill: Colour, radius: float = 0) -> None:
        x0, y0, x1, y1 = self.px(*corners)
        if x1 > x0 and y1 > y0:
            self.draw.rounded_rectangle((x0, y0, x1 - 1, y1 - 1), radius * self.unit, fill=fill)
            self.cover.rounded_rectangle((x0, y0, x1 - 1, y1 - 1), radius * self.unit, fill=0)

    def words(self, at: tuple[float, float], words: str, size: float, fill: Colour, anchor: str = "la") -> None:
        x, y = self.px(*at)
        self.draw.text((x, y), words, fill=fill, font=font(round(size * self.unit)), anchor=anchor)

    def paste(self, scene: Scene, corners: Corners, *, labelled: bool) -> Shown:
        size = (corners[2] - corners[0], corners[3] - corners[1])
        photo = Image.fromarray(scene.pixels).resize(size, Image.Resampling.BICUBIC)
        self.canvas.paste(photo, corners[:2])
        if labelled:
            self.magnified = size[0] * size[1] / scene.labels.size
            self.labels.paste(Image.fromarray(scene.labels).resize(size, Image.Resampling.NEAREST), corners[:2])
        area = from_pixels(corners, *self.canvas.size)
        inside = [replace(piece, box=clip(_within(area, piece.box))) for piece in scene.pieces]
        return Shown(clip(area), tuple(piece for piece in inside if piece.box.area > 0))

    def seen(self, shown: Shown) -> Shown:
        """Less what the bars hide."""
        top, bottom = (edge * self.unit / self.canvas.height for edge in (self.ceiling, self.floor))
        pieces = [replace(piece, box=_between(piece.box, top, bottom)) for piece in shown.pieces]
        return Shown(_between(shown.photo, top, bottom), tuple(piece for piece in pieces if piece.box.area > 0))


def _within(area: Box, box: Box) -> Box:
    return Box(area.x + box.x * area.w, area.y + box.y * area.h, box.w * area.w, box.h * area.h)


def _between(box: Box, top: float, bottom: float) -> Box:
    y0, y1 = max(box.y, top), min(box.y + box.h, bottom)
    return Box(box.x, min(y0, bottom), box.w, max(0.0, y1 - y0))


def some_theme(random: Generator) -> Theme:
    accent = pick(random, ((20, 20, 22), (176, 40, 60), (30, 90, 70), (190, 140, 60), (40, 70, 160), (230, 110, 40)))
    if maybe(random, 0.2):
        return Theme(
            (18, 18, 20), (236, 236, 238), (140, 140, 146), (50, 50, 54), accent if sum(accent) > 200 else (90, 90, 200)
        )
    paper = pick(random, ((255, 255, 255), (255, 255, 255), (250, 248, 244)))
    return Theme(paper, (24, 24, 28), (130, 130, 136), (226, 226, 230), accent)


def status_bar(screen: Screen, random: Generator) -> None:
    """Time, signal, battery; over everything, as on a phone."""
    ink = screen.theme.ink
    screen.box((0, 0, 390, 44), screen.theme.paper)
    screen.words((26, 14), f"{whole(random, 1, 23)}:{whole(random, 0, 59):02d}", 15, ink)
    for bar in range(4):
        screen.box((300 + bar * 5, 28 - bar * 3, 303 + bar * 5, 30), ink)
    screen.words((324, 16), pick(random, ("5G", "4G", "LTE")), 11, ink)
    screen.box((350, 17, 374, 29), screen.theme.faint, 3)
    screen.box((351, 18, 351 + whole(random, 5, 22), 28), ink, 3)
    screen.ceiling = max(screen.ceiling, 44)


def head(screen: Screen, random: Generator) -> None:
    """The address bar of a browser or the head of an app, drawn last over a scrolled page."""
    theme = screen.theme
    screen.box((0, 44, 390, 92), theme.paper)
    if maybe(random, 0.5):
        screen.box((14, 50, 376, 84), theme.line, 10)
        screen.words((195, 67), f"{shop_name(random).lower().replace(' & ', '')}.example", 14, theme.ink, "mm")
    else:
        screen.words((18, 67), "<", 20, theme.ink, "lm")
        screen.words((195, 67), shop_name(random), 17, theme.ink, "mm")
        screen.draw.ellipse(screen.px(350, 58, 368, 76), outline=theme.ink)
    screen.box((0, 91, 390, 92), theme.line)
    screen.ceiling = 92


def foot(screen: Screen, random: Generator) -> None:
    """Navigation at the lower edge."""
    screen.box((0, 786, 390, 844), screen.theme.paper)
    screen.box((0, 785, 390, 786), screen.theme.line)
    names = ("Home", "Search", "Saved", "Bag", "Me")[: whole(random, 3, 5)]
    for at, name in enumerate(names):
        x = 390 * (at + 0.5) / len(names)
        screen.draw.ellipse(
            screen.px(x - 8, 795, x + 8, 811), outline=screen.theme.ink if at else screen.theme.accent, width=2
        )
        screen.words((x, 820), name, 10, screen.theme.faint, "mm")
    screen.box((130, 836, 260, 840), screen.theme.ink, 2)
    screen.floor = 785
