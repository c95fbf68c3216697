"""What photos show becomes statements: sure enough, visible, below everybody else, and following the photos."""

from __future__ import annotations

from dataclasses import replace

import pytest

from parure import settings
from parure.vision.analysis import Analyser, Analysis, Belief, Detection, Reading, SeenPiece
from parure.vision.base import Pixels
from parure.web.catalogue.doctor import examine, repair
from parure.web.catalogue.models import AttributeValue, Product
from parure.web.catalogue.photos import delete_photo, move_photo, restore_photo
from parure.web.catalogue.products import find_product
from parure.web.catalogue.runtime import runtime
from parure.web.catalogue.vectors import payloads
from tests.analyser import GOLD, ROSE, RUBY, SAPPHIRE, ColumnAnalyser, piece_picture
from tests.web.looking import SHEET, give, use, work

YELLOW_RING, ROSE_RING = piece_picture((GOLD, RUBY)), piece_picture((ROSE, SAPPHIRE))

pytestmark = pytest.mark.usefixtures("any_database")


class Believing(ColumnAnalyser):
    """Sees one piece and believes what it is told to."""

    def __init__(self, *beliefs: Belief) -> None:
        self.beliefs = beliefs

    def _analyse(self, image: Pixels, region: object) -> Analysis:
        main = super()._analyse(image, None).main
        reading = Reading(main.reading.embedding, self.beliefs, main.reading.parts, main.reading.vectors)
        return Analysis((SeenPiece(Detection(main.crop, "ring", 0.9), main.crop, reading),))


def held(code: str, *, effective: bool = True) -> dict[str, tuple[str, str, float]]:
    rows = AttributeValue.objects.filter(product__style_code=code, effective=effective)
    return {row.attribute: (row.value, row.source, row.confidence) for row in rows}


def test_sure_beliefs_become_effective_values_with_their_probability() -> None:
    use()
    give("A-1", YELLOW_RING)
    work()
    assert held("A-1") == {"type": ("ring", "vision", 0.9), "metal_colour": ("yellow", "vision", 0.9)}
    assert set(AttributeValue.objects.values_list("model_version", flat=True)) == {"columns-1"}
    number = Product.objects.get().pk
    assert payloads([number])[number] == {"type": ("ring",), "metal_colour": ("yellow",)}
    assert runtime().index(runtime().serving()).facets("metal_colour") == {"yellow": 1}


def test_a_lower_threshold_lets_more_through(monkeypatch: pytest.MonkeyPatch) -> None:
    use()
    give("A-1", YELLOW_RING)
    work()
    assert "stone_colour" not in held("A-1"), "0.7 is below the default"
    lower = replace(settings.get(), vision_threshold=0.6)
    monkeypatch.setattr(settings, "get", lambda: lower)
    assert [finding.check for finding in examine()] == ["values from photos"]
    repair(examine())
    assert held("A-1")["stone_colour"] == ("red", "vision", 0.7)
    work()
    assert examine() == []


def test_a_sheet_outranks_the_photo_and_a_contradiction_stays_a_suggestion() -> None:
    use()
    give("A-1", YELLOW_RING, type="pendant")
    work()
    assert held("A-1")["type"] == ("pendant", "import", 1.0)
    assert held("A-1", effective=False)["type"] == ("ring", "vision", 0.9)


@pytest.mark.parametrize(
    "belief",
    [
        Belief("purity", "18k", 0.99),
        Belief("brand", "Parure", 0.99),
        Belief("metal", "unobtainium", 0.99),
        Belief("no_such", "gold", 0.99),
        Belief("metal", "", 0.99),
        Belief("metal", "gold", 0.5),
    ],
)
def test_what_no_photo_can_show_or_nobody_knows_is_not_stated(belief: Belief) -> None:
    use(Believing(belief))
    give("A-1", YELLOW_RING)
    work()
    assert held("A-1") == {}


def test_photos_of_a_piece_speak_together() -> None:
    use()
    give("A-1", YELLOW_RING)
    give("A-1", ROSE_RING)
    work()
    assert held("A-1") == {"type": ("ring", "vision", pytest.approx(0.9, abs=0.01))}, "they differ about the metal"


def test_values_follow_a_photo_that_is_moved_deleted_or_brought_back() -> None:
    use()
    photo = give("A-1", YELLOW_RING)
    give("A-2", ROSE_RING)
    work()
    move_photo(photo, find_product("A-2"), SHEET)
    assert held("A-1") == {}
    assert "metal_colour" not in held("A-2")
    photo.refresh_from_db()
    delete_photo(photo, SHEET)
    assert held("A-2")["metal_colour"][0] == "rose"
    restore_photo(photo, SHEET)
    assert "metal_colour" not in held("A-2")
    work()
    assert examine() == []


def test_nothing_changes_when_nothing_new_is_seen() -> None:
    encoder = use()
    assert isinstance(encoder, Analyser)
    give("A-1", YELLOW_RING)
    work()
    before = list(AttributeValue.objects.order_by("pk").values()), Product.objects.get().revision
    from parure.web.catalogue.tagging import tag_products

    assert tag_products([Product.objects.get().pk]) == 0
    assert (list(AttributeValue.objects.order_by("pk").values()), Product.objects.get().revision) == before


def test_a_newer_version_takes_back_what_the_older_said(monkeypatch: pytest.MonkeyPatch) -> None:
    encoder = use(Believing(Belief("metal", "gold", 0.9)))
    assert isinstance(encoder, Believing)
    give("A-1", YELLOW_RING)
    work()
    monkeypatch.setattr(encoder, "version", "columns-2")
    encoder.beliefs = (Belief("metal", "silver", 0.9),)
    work()
    assert list(AttributeValue.objects.values_list("value", "model_version")) == [("silver", "columns-2")]
