"""People outrank certificates outrank imports outrank machines."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from parure.web.catalogue.models import Source
from parure.web.catalogue.precedence import PRECEDENCE, Statement, effective

statements = st.lists(
    st.builds(
        Statement,
        id=st.integers(1, 10**6),
        attribute=st.sampled_from(["metal", "style"]),
        value=st.sampled_from(["", "gold", "silver"]),
        source=st.sampled_from(PRECEDENCE),
        model_version=st.sampled_from(["", "v1", "v2"]),
    ),
    unique_by=lambda statement: statement.id,
)


def test_the_order_is_that_of_the_sources_in_the_tables() -> None:
    assert tuple(Source.values) == PRECEDENCE


def test_a_person_outranks_the_sheet_and_the_sheet_outranks_the_photo() -> None:
    said = [
        Statement(1, "metal", "silver", "vision", 0.99, "v1"),
        Statement(2, "metal", "platinum", "import"),
        Statement(3, "metal", "gold", "manual"),
    ]
    assert effective(said) == {3}
    assert effective(said[:2]) == {2}
    assert effective(said[:1]) == {1}


def test_several_values_of_the_strongest_source_hold_together() -> None:
    assert effective([Statement(1, "style", "boho", "import"), Statement(2, "style", "modern", "import")]) == {1, 2}


def test_a_person_can_say_that_none_of_the_values_holds() -> None:
    assert effective([Statement(1, "motif", "heart", "import"), Statement(2, "motif", "", "manual")]) == frozenset()


def test_the_newest_model_of_a_kind_speaks() -> None:
    old, new = Statement(1, "metal", "gold", "vision", 0.9, "v1"), Statement(2, "metal", "silver", "vision", 0.6, "v2")
    assert effective([old, new]) == {2}


@given(statements)
def test_what_holds_comes_from_one_source_per_attribute_and_no_stronger_one_spoke(said: list[Statement]) -> None:
    held = effective(said)
    for attribute in {statement.attribute for statement in said}:
        sources = {s.source for s in said if s.id in held and s.attribute == attribute}
        strongest = min(PRECEDENCE.index(s.source) for s in said if s.attribute == attribute)
        assert sources <= {PRECEDENCE[strongest]}


@given(statements)
def test_the_order_of_the_statements_does_not_matter(said: list[Statement]) -> None:
    assert effective(said) == effective(reversed(said))
