"""What is exported comes back the same."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from parure import taxonomy
from parure.errors import Conflict
from parure.intake import discover, plan_import, read_sheet
from parure.web.catalogue.export import Exported, export_catalogue
from parure.web.catalogue.importer import run_import
from parure.web.catalogue.models import Product
from parure.web.catalogue.photos import accept, attach, storage
from parure.web.catalogue.products import write_product
from parure.web.catalogue.reader import get_view
from parure.web.catalogue.values import ProductChange, StatementDraft, Writer

PERSON = Writer("manual", "ana")


@pytest.fixture
def filled(shop: Path, picture: Callable[..., bytes]) -> Path:
    change = ProductChange(
        given=frozenset({"title", "price", "currency"}),
        title="Ring, “Aurora”, second line",
        price=Decimal("1250.00"),
        currency="EUR",
        statements=(
            StatementDraft("metal", "gold"),
            StatementDraft("style", "vintage"),
            StatementDraft("style", "bohemian"),
        ),
        stated=None,
    )
    product, _ = write_product("A/1 #é", change, PERSON)
    for seed in range(2):
        attach(product, accept(picture(seed)), PERSON, file_name=f"{seed}.jpg")
    write_product("=HYPERLINK(1)", ProductChange(), PERSON)
    return shop


def summary(product: Product) -> tuple[object, ...]:
    view = get_view(product)
    values = sorted((a.attribute, a.value) for a in view.attributes)
    return view.title, view.price, view.currency, values, [photo.sha256 for photo in view.photos]


@pytest.mark.parametrize("name", ["catalogue.csv", "catalogue.jsonl"])
def test_a_catalogue_survives_export_and_import(filled: Path, tmp_path: Path, name: str) -> None:
    before = summary(Product.objects.get(style_code="A/1 #é"))
    assert export_catalogue(tmp_path / name, photos=True) == Exported(2)
    Product.objects.all()[0].photos.all().delete()
    for product in Product.objects.all():
        product.photos.all().delete()
        product.delete()
    sheet = read_sheet(tmp_path / name)
    plan = plan_import(discover([tmp_path / "photos"]), sheet, None, taxonomy=taxonomy.load())
    run_import(plan, actor="test")
    assert summary(Product.objects.get(style_code="A/1 #é")) == before


@pytest.mark.usefixtures("filled")
def test_text_that_a_spreadsheet_would_run_is_made_harmless(tmp_path: Path) -> None:
    export_catalogue(tmp_path / "c.csv", photos=False)
    with (tmp_path / "c.csv").open(encoding="utf-8-sig") as file:
        assert "'=HYPERLINK(1)" in [row["style_code"] for row in csv.DictReader(file)]
    assert {row.values["style_code"] for row in read_sheet(tmp_path / "c.csv").rows} >= {"'=HYPERLINK(1)"}
    plan = plan_import(discover([tmp_path]), read_sheet(tmp_path / "c.csv"), None, taxonomy=taxonomy.load())
    assert "=HYPERLINK(1)" in [draft.style_code for draft in plan.products], "and comes back as it was"


@pytest.mark.usefixtures("filled")
def test_an_existing_file_is_not_replaced_unasked(tmp_path: Path) -> None:
    target = tmp_path / "c.jsonl"
    target.write_text("mine")
    with pytest.raises(Conflict, match="--overwrite"):
        export_catalogue(target, photos=False)
    assert target.read_text() == "mine"
    export_catalogue(target, photos=False, overwrite=True)
    assert len([json.loads(line) for line in target.read_text().splitlines()]) == 2


def test_originals_of_every_format_are_copied_byte_for_byte_and_missing_ones_counted(
    shop: Path, picture: Callable[..., bytes], tmp_path: Path
) -> None:
    product, _ = write_product("A-1", ProductChange(), PERSON)
    given = [picture(seed, format=kind) for seed, kind in enumerate(["JPEG", "PNG", "TIFF", "WEBP", "BMP"])]
    photos = [attach(product, accept(data), PERSON, file_name="front") for data in given]
    assert export_catalogue(tmp_path / "c.csv", photos=True) == Exported(1)
    assert sorted(path.read_bytes() for path in (tmp_path / "photos").iterdir()) == sorted(given)
    storage().path_of(photos[2].sha256, ".tif").unlink()
    assert export_catalogue(tmp_path / "d.csv", photos=True) == Exported(1, missing=1)
