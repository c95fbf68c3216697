"""A small archive as ten years leave it, made of the sample shop: it is known what shall become of every file.

archive/rings/PR-1001_YG_front.jpg    photos named in five hands
archive/backup/..., archive/web/...   the same bytes; resized, mirrored, cropped
archive/...                           two codes in a name, no code, a draft, damaged, empty, a list
stock.csv, web.csv                    two sheets that disagree
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, field
from pathlib import Path

from PIL import Image, ImageOps

from parure.sample import shop_path

__all__ = ["MadeArchive", "make_archive"]

_METALS = {"yellow": "YG", "white": "WG", "rose": "RG"}
_VIEWS = ("front", "side", "top", "detail")
_HANDS = ("{code}_{metal}_{view}", "{code} {view} FINAL", "{low}-{metal}-{view}", "{bare}_{view}_{n}", "{code}_{view}")


@dataclass
class MadeArchive:
    """`truth` is verdict and first reason by path; the reason of a kept file is left open."""

    root: Path
    truth: dict[str, tuple[str, str]] = field(default_factory=dict)

    @property
    def archive(self) -> Path:
        return self.root / "archive"

    def add(self, path: str, data: bytes, verdict: str, reason: str = "") -> None:
        file = self.archive / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
        self.truth[path] = (verdict, reason)


def make_archive(root: Path, *, styles: int = 6) -> MadeArchive:
    made = MadeArchive(root)
    with (shop_path() / "products.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))[:styles]
    for number, row in enumerate(rows):
        for view, photo in enumerate(row["photos"].split(";")[: len(_VIEWS)]):
            made.add(_name(number, view, row), _jpeg(_photo(photo)), "keep")
    _copies(made)
    _strange(made, rows[-1]["photos"].split(";")[0])
    _sheets(root, rows)
    return made


def _name(number: int, view: int, row: dict[str, str]) -> str:
    code = row["style_code"]
    said = {
        "code": code, "low": code.lower(), "bare": code.replace("-", ""), "n": f"{view + 1:02}",
        "metal": _METALS.get(row["metal_colour"], "YG"), "view": _VIEWS[view],
    }  # fmt: skip
    folder = ("2014", "2016/shoot 3", "2019", "vendor", "2023/neu")[number % 5]
    return f"{folder}/{_HANDS[number % len(_HANDS)].format(**said)}.jpg"


def _copies(made: MadeArchive) -> None:
    originals = list(made.truth)
    first, second, third = originals[0], originals[4], originals[8]
    data = (made.archive / first).read_bytes()
    made.add("backup/" + Path(first).name.replace(".jpg", " (2).jpg"), data, "duplicate", "same_bytes")
    made.add("backup/IMG_2041.jpg", data, "duplicate", "same_bytes")
    whole = Image.open(io.BytesIO((made.archive / second).read_bytes()))
    code = Path(second).name.partition(".")[0]
    made.add(f"web/{code} small.jpg", _jpeg(whole.resize((360, 360))), "duplicate", "same_picture")
    mirrored = ImageOps.mirror(Image.open(made.archive / third))
    made.add("web/DSC_0177.jpg", _jpeg(mirrored.resize((400, 400))), "duplicate", "same_picture")


def _strange(made: MadeArchive, photo: str) -> None:
    plain = _photo(photo)
    turned = [_jpeg(Image.eval(plain.rotate(90 * turn), lambda tone: tone)) for turn in range(4)]
    several = [_jpeg(_photo(name)) for name in ("pr-5001-1.webp", "pr-5002-1.webp", "pr-5003-1.webp")]
    made.add("2019/PR-1001_PR-1002 front.jpg", several[0], "review", "two_styles")
    made.add("phone/IMG_20190312_101500.jpg", several[1], "review", "no_code")
    made.add("2019/PR-1002_draft.jpg", several[2], "reject", "unusable_name")
    made.add("2019/PR-1003 damaged.jpg", turned[1][:2000], "reject", "truncated")
    made.add("2019/empty.jpg", b"", "reject", "empty")
    made.add("2019/prices.csv", b"a,b\n1,2\n", "review", "sheet")


def _sheets(root: Path, rows: list[dict[str, str]]) -> None:
    stock = [("Design No.", "Description", "Type", "Metal", "Price EUR")]
    stock += [(row["style_code"], row["title"], row["type"], row["metal"], row["price"]) for row in rows]
    stock.append(("PR-1900", "Not photographed yet", "ring", "gold", "100.00"))
    web = [("sku", "name", "price")]
    web += [(row["style_code"].lower(), row["title"], f"{float(row['price']) + 10:.2f}") for row in rows[:2]]
    for name, lines in (("stock.csv", stock), ("web.csv", web)):
        with (root / name).open("w", encoding="utf-8", newline="") as stream:
            csv.writer(stream).writerows(lines)


def _photo(name: str) -> Image.Image:
    with Image.open(shop_path() / "photos" / name) as image:
        return image.convert("RGB")


def _jpeg(image: Image.Image) -> bytes:
    stream = io.BytesIO()
    image.save(stream, "JPEG", quality=92)
    return stream.getvalue()
