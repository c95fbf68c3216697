"""Five sheets that disagree about 18,000 styles become one: how right, how fast, beside plain Python dictionaries.

    python bench/sheets.py [--styles 18000] [--seed 1] [--keep FOLDER]

Peers, both in plain Python without data frames, each in a process of its own like Parure itself:

  plain   csv, openpyxl and sqlite3 into dictionaries; codes in upper case without separators, texts as they stand
  rows    the same reading of words, prices and codes as Parure's, row by row, remembered per text

"Right" is the share of (style, field) pairs whose value is the expected one; a style that appears under two codes is
wrong in both. Times are of one processor, reading and writing included. The last line is JSON.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import resource
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

from messy_sheets import FIELDS, ORDER, PRICE_ORDER, make_shop
from parure import taxonomy
from report import print_json, runs_here

if not runs_here("bench/sheets.py", "curate", "polars"):
    raise SystemExit(0)

_Row = dict[str, str]
_COLUMNS = {
    "stock": {"Design No.": "code", "Supplier Ref": "sku", "Name": "title", "Metal": "metal", "RRP": "price"},
    "web": {"sku": "code", "name": "title", "price": "price", "kind": "type", "stone": "main_stone"},
    "acme": {"Artikel": "code", "Titel": "title", "Preis": "price", "Metall": "metal", "Stein": "main_stone"},
    "borealis": {"Ref": "sku", "Metal": "metal", "Type": "type", "Stone": "main_stone"},
    "old": {"item": "code", "description": "title", "price": "price", "category": "type"},
}
_FILES = {"acme": ("acme.csv", ";", "cp1252"), "borealis": ("borealis.tsv", "\t", "utf-16"),
          "old": ("old.csv", ",", "utf-8")}  # fmt: skip


def by_parure(folder: Path) -> int:
    from parure.curate.sheets import MergeOrder, merge_sheets
    from parure.curate.sheets_map import read_map

    words = taxonomy.load()
    order = MergeOrder(read_map(folder / "map.yaml", words), out=folder / "parure.csv", report=folder / "parure.jsonl")
    summary = merge_sheets(order, words)
    return sum(sum(kinds.values()) for field, kinds in summary.conflicts.items() if field != "style_code")


def by_plain(folder: Path) -> int:
    def key(code: str) -> str:
        return "".join(c for c in code if c.isalnum()).upper()

    return _merge(folder, "plain", key, lambda field, text: "" if text == "n/a" else text)


def by_rows(folder: Path) -> int:
    from parure.curate import Normalisers
    from parure.curate.sheets_codes import read_code
    from parure.intake.cells import ask
    from parure.intake.prices import BadPrice, read_price

    words, normalise = taxonomy.load(), Normalisers()

    @cache
    def read(field: str, text: str) -> str:
        if field == "title" or text in {"", "n/a"}:
            return "" if text == "n/a" else " ".join(text.split())
        if field == "price":
            try:
                return str(read_price(text).amount)
            except BadPrice:
                return ""
        return "; ".join(value for name, value in ask(words, field, text).pairs if name == field)

    return _merge(folder, "rows", cache(lambda code: read_code(code, normalise).loose), read)


def _merge(folder: Path, name: str, key: Callable[[str], str], read: Callable[[str, str], str]) -> int:
    """Every statement of every style into dictionaries, then the first by precedence. Conflicts are listed."""
    styles: dict[str, dict[str, dict[str, str]]] = {}
    codes: dict[str, str] = {}
    of_sku: dict[str, str] = {}
    for source in ORDER:
        for row in _rows(folder, source):
            sku = "".join(c for c in row.get("sku", "") if c.isalnum())
            style = key(row["code"]) if "code" in row else of_sku.get(sku, "")
            if "code" in row:
                codes.setdefault(style, row["code"])
                of_sku.setdefault(sku, style)
            said = styles.setdefault(style, {})
            for field in FIELDS:
                if field in row and (value := read(field, row[field])):
                    said.setdefault(field, {}).setdefault(source, value)
    conflicts = []
    with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("style_code", *FIELDS))
        for style in sorted(styles):
            record = [codes.get(style, style)]
            for field in FIELDS:
                said = styles[style].get(field, {})
                order = PRICE_ORDER if field == "price" else ORDER
                stated = [(source, said[source]) for source in order if source in said]
                record.append(stated[0][1] if stated else "")
                if len({value.casefold() for _, value in stated}) > 1:
                    conflicts.append({"style_code": style, "field": field, "won": stated[0], "lost": stated[1:]})
            writer.writerow(record)
    (folder / f"{name}.jsonl").write_text("\n".join(json.dumps(each) for each in conflicts))
    return len(conflicts)


def _rows(folder: Path, source: str) -> Iterator[_Row]:
    import openpyxl

    names = _COLUMNS[source]
    if source == "stock":
        rows = openpyxl.load_workbook(folder / "stock.xlsx", read_only=True).active.iter_rows(values_only=True)
        heads = [names[str(cell)] for cell in next(rows)]
        yield from ({h: "" if c is None else str(c) for h, c in zip(heads, row, strict=False)} for row in rows)
    elif source == "web":
        cursor = sqlite3.connect(folder / "web.db").execute("SELECT * FROM products")
        heads = [names[column[0]] for column in cursor.description]
        yield from ({h: "" if c is None else str(c) for h, c in zip(heads, row, strict=True)} for row in cursor)
    else:
        name, delimiter, encoding = _FILES[source]
        with (folder / name).open(encoding=encoding, newline="") as file:
            for row in csv.DictReader(file, delimiter=delimiter):
                yield {names[column]: cell for column, cell in row.items()}


_RUNS: Mapping[str, Callable[[Path], int]] = {"parure": by_parure, "plain": by_plain, "rows": by_rows}


def run_here(name: str, folder: Path) -> None:
    start, busy = time.perf_counter(), time.process_time()
    conflicts = _RUNS[name](folder)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    figures = {"seconds": time.perf_counter() - start, "processor_seconds": time.process_time() - busy}
    print(json.dumps({**figures, "peak_mb": peak, "conflicts": conflicts}))


def run(name: str, folder: Path, expected: Mapping[str, Mapping[str, str]]) -> dict[str, Any]:
    told = subprocess.run(
        [sys.executable, __file__, "--run", name, "--keep", str(folder)],
        env=os.environ | {"POLARS_MAX_THREADS": "1", "OMP_NUM_THREADS": "1"},
        stdout=subprocess.PIPE, text=True, check=True,
    )  # fmt: skip
    figures: dict[str, Any] = json.loads(told.stdout.splitlines()[-1])
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    right = sum(
        row.get(field, "").casefold() == expected[row["style_code"]].get(field, "").casefold()
        for row in rows
        for field in FIELDS
        if row["style_code"] in expected
    )
    total = len(FIELDS) * max(len(rows), len(expected))
    return {**figures, "styles": len(rows), "right": right / total}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--styles", type=int, default=18_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, help="write the sheets here, and keep them")
    parser.add_argument("--run", choices=list(_RUNS), help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.run:
        run_here(given.run, given.keep)
        return
    with tempfile.TemporaryDirectory() as temporary:
        shop = make_shop(given.keep or Path(temporary), styles=given.styles, seed=given.seed)
        print(f"Five sheets, {shop.rows:,} rows about {given.styles:,} styles")
        found = {name: run(name, shop.folder, shop.expected) for name in _RUNS}
    print(f"{'':8}{'styles':>9}{'right':>9}{'conflicts':>11}{'processor s':>13}{'wall s':>9}{'peak MB':>9}{'ratio':>8}")
    for name, figures in found.items():
        ratio = figures["processor_seconds"] / found["parure"]["processor_seconds"]
        print(
            f"{name:8}{figures['styles']:9,}{figures['right']:9.4f}{figures['conflicts']:11,}"
            f"{figures['processor_seconds']:13.2f}{figures['seconds']:9.2f}{figures['peak_mb']:9.0f}{ratio:8.2f}"
        )
    print_json("sheets", found, "polars", "openpyxl")


if __name__ == "__main__":
    main()
