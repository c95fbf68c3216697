"""A made-up archive of photo names over one shop's styles, with the style each name is meant for. Seeded.

The mess is laid on without asking the reader: a slip of the pen may spell another style of the sheet, a number may fall
on a date, a style may be missing from the sheet. Such names stay in the figures.
"""

from __future__ import annotations

import random
import string
from collections.abc import Callable
from dataclasses import dataclass

__all__ = ["Archive", "Named", "Style", "make_archive"]

METALS = {
    "yellow_gold": ("YG", "yg", "yellow gold", "18KYG", "14k yellow gold"),
    "white_gold": ("WG", "14KWG", "white gold"),
    "rose_gold": ("RG", "rose-gold", "18kRG"),
    "silver": ("SS", "silver", "925"),
    "platinum": ("PT", "PT950"),
}
VIEWS = {
    "front": ("front", "Front", "FRT"),
    "back": ("back", "rear"),
    "side": ("side", "profile"),
    "angle": ("angle", "3q"),
    "detail": ("detail", "closeup", "macro"),
    "worn": ("model", "on model", "hand"),
}
TYPES = (
    "ring",
    "earrings",
    "pendant",
    "necklace",
    "bangle",
    "кольцо",
    "серьги",
    "戒指",
    "अंगूठी",
    "خاتم",
    "bague",
    "küpe",
)
MARKS = (
    "FINAL",
    "final",
    "edit",
    "Final_v2",
    "retouched",
    "approved",
    "web",
    "RAW",
    "draft",
    "hires",
    "2000x2000",
    "white bg",
)
SIZES = ("16in", "7.5mm", "SZ7", "size 6", "18 inch", "0.5ct", "45cm")
LOOKALIKE = {"0": "O", "1": "I", "A": "А", "B": "В", "C": "С", "K": "К", "P": "Р", "O": "0", "I": "1"}


@dataclass(frozen=True)
class Style:
    code: str
    vendor_sku: str


@dataclass(frozen=True)
class Named:
    """`style` None: no one style of the sheet is right. `kind` says what was done to the name."""

    path: str
    style: str | None
    kind: str
    metal: str | None = None
    view: str | None = None


@dataclass(frozen=True)
class Archive:
    styles: tuple[Style, ...]
    names: tuple[Named, ...]


def make_archive(seed: int, *, styles: int = 1000, names: int = 5000) -> Archive:
    dice = random.Random(seed)
    sheet = _styles(dice, styles + styles // 40)
    dice.shuffle(sheet)
    known, orphans = sheet[:styles], sheet[styles:]
    found: dict[str, Named] = {}
    while len(found) < names:
        roll = dice.random()
        if roll < 0.012:
            made = _noise(dice, known)
        elif roll < 0.027:
            made = _photos_of(dice, dice.choice(orphans), known, orphan=True)
        else:
            made = _photos_of(dice, dice.choice(known), known, orphan=False)
        for each in made:
            found.setdefault(each.path, each)
    return Archive(tuple(known), tuple(list(found.values())[:names]))


def _styles(dice: random.Random, count: int) -> list[Style]:
    """Codes of seven shapes; numbers run on with gaps, as shops give them."""
    shapes: tuple[tuple[int, Callable[[int], str]], ...] = (
        (25, lambda n: f"AJ-{1000 + n}"),
        (15, lambda n: f"R{1200 + n // 4}-{('YG', 'WG', 'RG', 'PT')[n % 4]}-{5 + n * 7 % 4}"),
        (15, lambda n: f"{10 + n % 12}-{4000 + n * 3 // 2}"),
        (15, lambda n: f"{('ABC', 'BND', 'SOL')[n % 3]}{n * 2:05d}"),
        (10, lambda n: str(200417 + n * 13)),
        (10, lambda n: f"PX{200 + n // 3}{('', 'A', 'B')[n % 3]}"),
        (10, lambda n: f"S{1100 + n // 2}/{1 + n % 2}"),
    )
    found: list[Style] = []
    for share, make in shapes:
        numbers = [n for n in range(count * share // 33) if dice.random() < 0.4]
        wanted = count * share // 100 + 1
        while len(numbers) < wanted:
            numbers.append(numbers[-1] + dice.randint(1, 4))
        found += [Style(make(n), _sku(dice)) for n in numbers[:wanted]]
    return found


def _sku(dice: random.Random) -> str:
    return f"VS{dice.randint(100000, 999999)}" if dice.random() < 0.6 else ""


def _photos_of(dice: random.Random, style: Style, known: list[Style], *, orphan: bool) -> list[Named]:
    """One shoot of a style: two to seven photos of one folder, named by one habit, each with its own slips."""
    folder = _folder(dice, style)
    habit = dice.choice(HABITS)
    metal = dice.choice(list(METALS))
    word = dice.choice(METALS[metal])
    spell = dice.choice((str, str, str.lower, str.upper, str.title))
    views = dice.sample(list(VIEWS), k=len(VIEWS))
    made = []
    for number in range(1, dice.choice((1, 2, 3, 4, 5, 6)) + 1):
        view = views[number - 1]
        kind, code = _code_as_typed(dice, style, known)
        parts = {
            "code": code,
            "metal": word,
            "view": dice.choice(VIEWS[view]),
            "n": dice.choice((str(number), f"{number:02d}")),
            "type": dice.choice(TYPES),
            "size": dice.choice(SIZES),
            "date": _date(dice),
            "sku": style.vendor_sku or "VS",
            "camera": f"{dice.randint(1, 9999):04d}",
        }
        if "{code}" not in habit and (
            orphan or not (style.vendor_sku if "{sku}" in habit else style.code.replace("/", "-") in folder)
        ):
            habit = "{code}_{n}"
        if "{code}" not in habit:
            kind = "no code in the name"
        name = spell(habit.format(**parts)) + _suffix(dice)
        truth = None if orphan or kind == "two codes" else style.code
        stated = (metal if "{metal}" in habit else None, view if "{view}" in habit else None)
        ending = dice.choice(("jpg", "JPG", "jpeg", "png", "tif"))
        made.append(Named(f"{folder}{name}.{ending}", truth, "orphan" if orphan else kind, *stated))
    return made


HABITS = (
    "{code}_{metal}_{view}", "{code}-{n}", "{code}_{n}", "{code} {view}", "{metal} {code} {view}", "{view}_{code}_{n}",
    "{date}_{code}_{n}", "{code}_{date}_{n}", "{type} {code} {size} {n}", "{code}_{metal}_{size}_{view}", "{sku}_{n}",
    "{code} {sku} {view}", "IMG_{camera} {code}", "{type}_{metal}_{code}", "{code}", "vn {code} {n}",
    "{n}. {code} {metal}", "{view}", "IMG_{camera}", "{type} {n}",
)  # fmt: skip


def _folder(dice: random.Random, style: Style) -> str:
    code = style.code.replace("/", "-")
    named = (f"{dice.randint(2014, 2024)}/{code}/", f"{code} {dice.choice(TYPES)}/")
    shared = ("rings/", "Серьги и кольца/", "新品/", "Vendor Acme/", "", "to sort/", "Exports FINAL/")
    choices = (*named, *shared, f"{_date(dice)} shoot/", f"archive/{dice.choice('ABC')}/")
    return dice.choice(choices)


def _code_as_typed(dice: random.Random, style: Style, known: list[Style]) -> tuple[str, str]:
    code = style.code.replace("/", dice.choice("-_"))
    roll = dice.random()
    if roll < 0.03:
        return "typo", _typo(dice, code)
    if roll < 0.05:
        return "lookalike", _lookalike(dice, code)
    if roll < 0.07:
        other = dice.choice([each for each in known if each.code != style.code]).code.replace("/", "-")
        return "two codes", f"{code}{dice.choice(('_', ' ', ' & ', '+', ' and '))}{other}"
    if roll < 0.13:
        return "other separators", code.replace("-", dice.choice(("_", " ", "", "–", "--")))
    if roll < 0.16:
        return "other zeros", _zeros(code)
    if roll < 0.175:
        return "full width", "".join(chr(ord(c) + 0xFEE0) if c.isalnum() else c for c in code)
    return "plain", code


def _typo(dice: random.Random, code: str) -> str:
    at = dice.randrange(len(code))
    kinds = string.digits if code[at].isdigit() else string.ascii_uppercase
    roll = dice.random()
    if roll < 0.4:
        return code[:at] + dice.choice(kinds.replace(code[at], "")) + code[at + 1 :]
    if roll < 0.6:
        return code[:at] + code[at + 1 :]
    if roll < 0.8:
        return code[:at] + code[at] + dice.choice((code[at], dice.choice(kinds))) + code[at + 1 :]
    return code[: at - 1] + code[at] + code[at - 1] + code[at + 1 :] if at else code[1] + code[0] + code[2:]


def _lookalike(dice: random.Random, code: str) -> str:
    places = [at for at, c in enumerate(code) if c in LOOKALIKE]
    if not places:
        return code
    at = dice.choice(places)
    return code[:at] + LOOKALIKE[code[at]] + code[at + 1 :]


def _zeros(code: str) -> str:
    head = code.rstrip(string.digits)
    return head + (code[len(head) :].lstrip("0") or "0")


def _date(dice: random.Random) -> str:
    year, month, day = dice.randint(2014, 2024), dice.randint(1, 12), dice.randint(1, 28)
    forms = (
        "{y}{m:02d}{d:02d}",
        "{y}-{m:02d}-{d:02d}",
        "{d:02d}-{m:02d}-{y}",
        "{m:02d}-{y}",
        "{s:02d}{m:02d}{d:02d}",
        "{y}",
    )
    return dice.choice(forms).format(y=year, m=month, d=day, s=year % 100)


def _suffix(dice: random.Random) -> str:
    text = ""
    if dice.random() < 0.2:
        text += dice.choice("_- ") + dice.choice(MARKS)
    if dice.random() < 0.1:
        text += dice.choice((" (2)", "(2)", " - Copy", " copy", "_copy 2", " (3)", " - Copy (2)"))
    return text


def _noise(dice: random.Random, known: list[Style]) -> list[Named]:
    """Files of no style: camera names, charts, seasons, price lists, dates that look like codes."""
    number = dice.choice([each.code for each in known if each.code.isdigit()])
    year, minute, second = dice.randint(2014, 2024), dice.randint(10, 59), dice.randint(10, 59)
    texts = (
        f"IMG_{dice.randint(1, 9999):04d}",
        f"DSC{dice.randint(1, 99999):05d}",
        "size chart",
        f"AJ {year} catalogue",
        f"SS-{year} lookbook {dice.randint(1, 40)}",
        _date(dice),
        f"{_date(dice)} {dice.randint(1, 30)}",
        f"Screenshot 2021-0{dice.randint(1, 9)}-1{dice.randint(0, 9)} at 1{dice.randint(0, 9)}.{minute}.{second}",
        f"IMG_{number}",
        f"PXL_20210412_{dice.randint(100000, 235959)}",
        f"price {number}",
        f"logo-{dice.randint(1, 30)}",
        f"IMG-20190412-WA{dice.randint(0, 99):04d}",
        f"{dice.choice(TYPES)} {dice.randint(1, 400)}",
        "каталог 2020",
        f"10-{year}",
    )
    return [Named(f"{dice.choice(('misc/', '', 'to sort/', '新品/'))}{dice.choice(texts)}.jpg", None, "no style")]
