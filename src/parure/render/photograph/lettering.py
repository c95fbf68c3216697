"""Words seen on shop photos, and the font they are set in."""

from __future__ import annotations

from functools import lru_cache

from numpy.random import Generator
from PIL import ImageFont

from parure.render.chance import maybe, pick, whole

__all__ = ["badge", "font", "note_line", "price", "shop_name", "title"]

Font = ImageFont.FreeTypeFont | ImageFont.ImageFont

_METALS = (
    "14K Gold",
    "18K Yellow Gold",
    "Sterling Silver",
    "925 Silver",
    "Rose Gold",
    "Platinum",
    "Gold Plated",
    "Brass",
)
_STONES = (
    "Diamond",
    "Emerald",
    "Ruby",
    "Sapphire",
    "Pearl",
    "Opal",
    "Moonstone",
    "Turquoise",
    "Kundan",
    "Garnet",
    "CZ",
)
_FORMS = ("Ring", "Earrings", "Necklace", "Bracelet", "Pendant", "Jhumka", "Studs", "Hoops", "Bangle", "Set", "Charm")
_BADGES = (
    "SALE",
    "NEW",
    "-20%",
    "-35%",
    "Bestseller",
    "1/4",
    "Free shipping",
    "Handmade",
    "925",
    "18K",
    "Sold out",
    "2 for 1",
)
_SHOPS = ("Aurelia", "Maison Lune", "Golden Oak", "Studio Perle", "Vela", "Ratna", "Nord & Stone", "Fern", "Ilaria")
_NOTES = (
    "thank you",
    "with love",
    "handmade",
    "for you",
    "size 52",
    "no. 114",
    "sterling",
    "take care",
    "made to order",
)


@lru_cache(maxsize=64)
def font(size: int) -> Font:
    return ImageFont.load_default(max(6, size))


def price(random: Generator) -> str:
    amount = int(random.choice((9, 19, 25, 39, 49, 79, 120, 145, 290, 560, 1290, 2499))) + whole(random, 0, 9)
    return pick(random, (f"${amount}.00", f"{amount},00 EUR", f"GBP {amount}", f"Rs. {amount * 10:,}", f"{amount} USD"))


def title(random: Generator) -> str:
    words = [pick(random, _METALS), pick(random, _STONES), pick(random, _FORMS)]
    return " ".join(words if maybe(random, 0.7) else words[::-1])


def badge(random: Generator) -> str:
    return pick(random, _BADGES)


def shop_name(random: Generator) -> str:
    return pick(random, _SHOPS)


def note_line(random: Generator) -> str:
    return pick(random, _NOTES)
