"""Five made-up sheets over one shop's styles that disagree, and what a merge of them has to come to. Seeded.

Sheets differ in format, encoding, delimiter, names of columns, spelling of codes, words for metals, and what they say.
The expected record is worked out from what each sheet was made to say, not by reading it.
"""

from __future__ import annotations

import csv
import random
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import openpyxl

__all__ = ["FIELDS", "MAP", "Shop", "make_shop"]

FIELDS = ("title", "price", "metal", "type", "main_stone")  # compared with what was expected
ORDER = ("stock", "web", "acme", "borealis", "old")
PRICE_ORDER = ("web", "stock", "acme", "borealis", "old")

METALS = {
    "gold": ("18k gold", "Gold", "gold 14k"),
    "silver": ("Sterling Silver", "silver", "925 silver"),
    "platinum": ("Platinum", "plat", "PT950"),
    "stainless_steel": ("steel", "Stainless Steel", "316L"),
}
TYPES = {"ring": ("Ring", "rings"), "pendant": ("Pendant", "pendants"), "bangle": ("Bangle", "bangles"),
         "stud_earring": ("Stud earrings", "studs"), "anklet": ("Anklet", "anklets")}  # fmt: skip
STONES = {"diamond": ("Diamond", "diamonds"), "ruby": ("Ruby", "rubies"), "pearl": ("Pearl", "pearls"),
          "opal": ("Opal", "opals"), "sapphire": ("Sapphire", "sapphires")}  # fmt: skip
WORDS = ("Aurora", "Lys", "Étoile", "Halo", "Rivière", "Band", "Trio", "Vine", "Knot", "Gala", "Mirage", "Noor")

MAP = """\
precedence:
  default: [stock, web, acme, borealis, old]
  price: [web, stock]
sources:
  stock:
    file: stock.xlsx
    columns: {Design No.: style_code, Supplier Ref: vendor_sku, Name: title, Metal: 'attribute:metal', RRP: price}
  web:
    sql: sqlite:///web.db
    table: products
    columns: {sku: style_code, name: title, price: price, kind: 'attribute:type', stone: 'attribute:main_stone'}
  acme:
    file: acme.csv
    encoding: cp1252
    columns: {Artikel: style_code, Titel: title, Preis: price, Metall: 'attribute:metal', Stein: 'attribute:main_stone'}
  borealis:
    file: borealis.tsv
    columns: {Ref: vendor_sku, Metal: 'attribute:metal', Type: 'attribute:type', Stone: 'attribute:main_stone'}
  old:
    file: old.csv
    columns: {item: style_code, description: title, price: price, category: 'attribute:type'}
"""


@dataclass(frozen=True)
class Shop:
    """`expected`: style code -> field -> value; a field that no sheet states is missing."""

    folder: Path
    expected: dict[str, dict[str, str]]
    rows: int


def make_shop(folder: Path, *, styles: int = 18_000, seed: int = 1) -> Shop:
    dice = random.Random(seed)
    said: dict[str, list[dict[str, str]]] = {name: [] for name in ORDER}
    expected = {}
    for number in range(styles):
        code = f"{dice.choice(('AJ', 'BR', 'CX'))}-{number:05d}"
        truth = _piece(dice)
        stated = {name: _stated(dice, truth) for name in ORDER if name == "stock" or dice.random() < 0.7}
        for name, facts in stated.items():
            said[name].append({"code": code, "sku": f"VS{number:06d}", **facts})
        expected[code] = _winners(stated)
    for name in ORDER:
        dice.shuffle(said[name])
    folder.mkdir(parents=True, exist_ok=True)
    _write(folder, said, dice)
    return Shop(folder, expected, sum(map(len, said.values())))


def _piece(dice: random.Random) -> dict[str, str]:
    title = " ".join(dice.sample(WORDS, 3))
    return {"title": title, "price": f"{dice.randint(20, 9000)}.{dice.choice(('00', '50', '95'))}",
            "metal": dice.choice(list(METALS)), "type": dice.choice(list(TYPES)),
            "main_stone": dice.choice(list(STONES))}  # fmt: skip


def _stated(dice: random.Random, truth: dict[str, str]) -> dict[str, str]:
    """What one sheet says: nine times of ten the truth, sometimes nothing."""
    other = _piece(dice)
    return {field: (truth if dice.random() < 0.9 else other)[field] if dice.random() < 0.93 else "" for field in FIELDS}


_KNOWN = {
    "stock": ("title", "metal", "price"),
    "web": ("title", "price", "type", "main_stone"),
    "acme": ("title", "price", "metal", "main_stone"),
    "borealis": ("metal", "type", "main_stone"),
    "old": ("title", "price", "type"),
}


def _winners(stated: dict[str, dict[str, str]]) -> dict[str, str]:
    won = {}
    for field in FIELDS:
        order = PRICE_ORDER if field == "price" else ORDER
        values = (stated[name][field] for name in order if name in stated and field in _KNOWN[name])
        value = next((value for value in values if value), "")
        if value:
            won[field] = value
    return won


def _spelled(dice: random.Random, words: dict[str, tuple[str, ...]], value: str) -> str:
    return dice.choice(words[value]) if value else dice.choice(("", "n/a"))


def _typed(dice: random.Random, code: str) -> str:
    head, digits = code.split("-")
    return dice.choice((code, code, code, code.lower(), f"{head} {digits}", f"{head}{digits}", f"{head}-{int(digits)}"))


def _write(folder: Path, said: dict[str, list[dict[str, str]]], dice: random.Random) -> None:
    _stock(folder / "stock.xlsx", said["stock"], dice)
    _web(folder / "web.db", said["web"], dice)
    acme = (
        (_typed(dice, row["code"]), row["title"], row["price"].replace(".", ","),
         _spelled(dice, METALS, row["metal"]), _spelled(dice, STONES, row["main_stone"]))
        for row in said["acme"]
    )  # fmt: skip
    _delimited(folder / "acme.csv", ("Artikel", "Titel", "Preis", "Metall", "Stein"), acme, ";", "cp1252")
    borealis = (
        (row["sku"].replace("VS", "VS-"), _spelled(dice, METALS, row["metal"]), _spelled(dice, TYPES, row["type"]),
         _spelled(dice, STONES, row["main_stone"]))
        for row in said["borealis"]
    )  # fmt: skip
    _delimited(folder / "borealis.tsv", ("Ref", "Metal", "Type", "Stone"), borealis, "\t", "utf-16")
    old = (
        (_typed(dice, row["code"]), row["title"].upper(), row["price"], _spelled(dice, TYPES, row["type"]))
        for row in said["old"]
    )
    _delimited(folder / "old.csv", ("item", "description", "price", "category"), old, ",", "utf-8")
    (folder / "map.yaml").write_text(MAP)


def _stock(path: Path, rows: list[dict[str, str]], dice: random.Random) -> None:
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("Styles")
    sheet.append(("Design No.", "Supplier Ref", "Name", "Metal", "RRP"))
    for row in rows:
        price = float(row["price"]) if row["price"] else None
        metal = _spelled(dice, METALS, row["metal"])
        sheet.append((row["code"], row["sku"], row["title"] or None, metal or None, price))
    book.save(path)


def _web(path: Path, rows: list[dict[str, str]], dice: random.Random) -> None:
    path.unlink(missing_ok=True)
    database = sqlite3.connect(path)
    database.execute("CREATE TABLE products (sku, name, price, kind, stone)")
    stated = (
        (_typed(dice, row["code"]), row["title"], float(row["price"]) if row["price"] else None,
         _spelled(dice, TYPES, row["type"]), _spelled(dice, STONES, row["main_stone"]))
        for row in rows
    )  # fmt: skip
    database.executemany("INSERT INTO products VALUES (?, ?, ?, ?, ?)", stated)
    database.commit()
    database.close()


def _delimited(
    path: Path, columns: tuple[str, ...], rows: Iterator[tuple[str, ...]], delimiter: str, encoding: str
) -> None:
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.writer(file, delimiter=delimiter)
        writer.writerow(columns)
        writer.writerows(rows)
