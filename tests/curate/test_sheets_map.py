"""The map: its faults have a line, and a drafted one can be used as it is."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("polars")

from parure.curate.sheets import MergeOrder, merge_sheets
from parure.curate.sheets_init import draft_map
from parure.curate.sheets_map import read_map
from parure.errors import IntakeError
from tests.curate.made_sheets import words

GOOD = "sources:\n  erp:\n    file: erp.csv\n    columns:\n      SKU: style_code\n      Price: price\n"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "is empty. `parure curate sheets --init"),
        ("- a\n", "has to consist of sections"),
        ("precedence:\n  default: []\n", "no section `sources:`"),
        ("sources: {}\n", "line 1: sources lists no sheet"),
        (GOOD + "sauces:\n  a: b\n", "line 8: there is no 'sauces'. Did you mean 'sources'?"),
        (GOOD.replace("file:", "fiel:"), "line 3: erp: there is no 'fiel'. Did you mean 'file'?"),
        (GOOD.replace("    file: erp.csv\n", ""), "line 3: erp needs either `file:` or `sql:`"),
        (GOOD.replace("style_code", "style_cod"), "line 5: column 'SKU': 'style_cod' is not a target. Did you mean"),
        (GOOD.replace("style_code", "ignore"), "line 3: no column of erp is style_code (or vendor_sku"),
        (GOOD + "      Cost: price\n", "line 7: 'Price' and 'Cost' are both price"),
        (GOOD + "      M: attribute:mettle\n", "line 7: column 'M': There is no attribute 'mettle'. Nearest: metal"),
        (GOOD + "      M: number:metal\n", "'metal' is an attribute; write attribute:metal"),
        (GOOD + "      M: text:title\n", "'title' is a field already"),
        (GOOD + "      M: text:two words\n", "cannot name a column"),
        (GOOD + "      SKU: price\n", "line 7: 'SKU' stands here twice"),
        (GOOD + "    encoding: utf-9\n", "line 3: erp: there is no encoding 'utf-9'"),
        (GOOD + "    dates: ymd\n", "dates is dmy (31/12/2024) or mdy"),
        (GOOD + "    table: t\n    query: q\n", "names a table and a query"),
        (GOOD + "precedence:\n  price: [erp, web]\n", "line 8: there is no source 'web'. The sources are: erp"),
        (GOOD + "precedence:\n  currency: [erp]\n", "the currency goes with the price"),
        (GOOD + "precedence:\n  prize: [erp]\n", "line 8: precedence: 'prize' is not a target. Did you mean price?"),
        (GOOD + "normalise:\n  zeros: false\n", "there is no 'zeros'"),
        (GOOD + "  web:\n    file: w.csv\n    columns:\n      a: style_code\n      b: number:n\n"
         "  old:\n    file: o.csv\n    columns:\n      a: style_code\n      b: date:n\n", "One field has one type"),
    ],
)  # fmt: skip
def test_faults_of_the_map_have_a_line(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "map.yaml"
    path.write_text(text)
    with pytest.raises(IntakeError) as caught:
        read_map(path, words())
    assert message in str(caught.value)


def test_a_drafted_map_is_commented_and_merges_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "Produits #1: été.csv").write_text(
        "Design No.,Vendor SKU,Metal type,no,Löt-Nr.: #,Launched,Carat Wt\n"
        + "".join(f"AJ-{n},VS{n},gold,x,{n},2024-01-{n:02d},{n}.5\n" for n in range(1, 29)),
        encoding="utf-8",
    )
    (tmp_path / "notes.csv").write_text("Remark,Colour of box\nnice,red\nbad,blue\n")
    file = tmp_path / "map.yaml"
    drafted = draft_map([str(tmp_path / "sub" / "Produits #1: été.csv"), str(tmp_path / "notes.csv")], file, words())
    assert [source.has_key for source in drafted.sources] == [True, False]
    assert "WHICH COLUMN HOLDS THE STYLE CODE?" in drafted.text
    assert sum("#" in line for line in drafted.text.splitlines()) > 20
    file.write_text(drafted.text, encoding="utf-8")
    with pytest.raises(IntakeError, match="no column of notes is style_code"):
        read_map(file, words())
    file.write_text(drafted.text[: drafted.text.index("  notes:")].replace(", notes", ""), encoding="utf-8")
    plan = read_map(file, words())
    meant = {column: (target.kind.value, target.field) for column, target in plan.sources[0].columns}
    assert meant["Vendor SKU"] == ("vendor_sku", "vendor_sku")
    assert meant["Metal type"] == ("attribute", "metal")
    assert meant["Launched"] == ("date", "launched")
    assert meant["Carat Wt"] == ("number", "carat_wt")
    assert meant["Löt-Nr.: #"][0] == "number"
    assert "no" in plan.sources[0].ignored
    summary = merge_sheets(MergeOrder(plan, out=tmp_path / "out.csv"), words())
    assert summary.styles == 28
    assert summary.faults == {}


def test_without_polars_one_sentence_says_how_to_install_it() -> None:
    code = "import sys; sys.modules['polars'] = None\nimport parure.cli.curate.sheets\n"
    code += "from parure.errors import MissingExtra\ntry:\n    import parure.curate.sheets\n"
    code += "except MissingExtra as error:\n    print(error)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert 'Merging sheets needs an optional package. Install it with: pip install "parure[curate]"' in done.stdout
