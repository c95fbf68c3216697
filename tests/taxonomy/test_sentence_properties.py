"""What holds for every text, checked on texts made of vocabulary, grammar, prices and noise."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parure.taxonomy import load, parse


def names(attribute: str) -> list[str]:
    values = load().attribute(attribute).values.values()
    return [name for value in values for name in (value.label, *value.synonyms)]


NAMES = sorted({name for attribute in load().attributes for name in names(attribute)})
GLUE = [
    *(
        "no",
        "not",
        "without",
        "non",
        "except",
        "nothing",
        "and",
        "or",
        "but",
        ",",
        "/",
        "&",
        "|",
        "(",
        ")",
        ".",
        "with",
    ),
    *("for", "a", "the", "under", "over", "between", "300", "$1k", "18k", "-", "-free", "2 carat", "16 inch", "size"),
    *("cut", "shaped", "white", "rose", "pear", "set", "stone", "gemstones", "ring", "box", "gold", "silver", "free"),
]
SENTENCES = st.lists(st.sampled_from(NAMES) | st.sampled_from(GLUE) | st.text(max_size=6), max_size=12).map(" ".join)


@given(st.text(max_size=300))
def test_no_text_breaks_the_parser(text: str) -> None:
    parse(text)


@given(SENTENCES)
@settings(max_examples=200)
def test_the_remainder_states_nothing_more(sentence: str) -> None:
    remainder = parse(sentence).remainder
    again = parse(remainder)
    assert again.wanted == ()
    assert (again.price_low, again.price_high) == (None, None)


@given(SENTENCES)
@settings(max_examples=200)
def test_everything_wanted_exists_and_is_ordered(sentence: str) -> None:
    query = parse(sentence)
    for want in query.wanted:
        assert want.values
        assert set(want.values) <= set(load().attribute(want.attribute).values)
        assert want.text
        assert want.text in sentence
    if query.price_low is not None and query.price_high is not None:
        assert query.price_low <= query.price_high


@given(SENTENCES)
def test_letter_case_changes_nothing(sentence: str) -> None:
    if sentence.isascii():
        kinds = [(want.attribute, want.values, want.excluded) for want in parse(sentence).wanted]
        assert [(w.attribute, w.values, w.excluded) for w in parse(sentence.upper()).wanted] == kinds


@pytest.mark.parametrize("attribute", load().attributes)
@pytest.mark.parametrize("negation", ["no {}", "without any {}", "not {}", "everything except {}"])
def test_no_x_excludes_what_x_includes(attribute: str, negation: str) -> None:
    """Exactly, where X states one attribute; of a combination ("white gold") the one part that sets it apart."""
    for name in names(attribute):
        alone = parse(name)
        included = {(want.attribute, want.values) for want in alone.wanted if not want.excluded}
        denied = parse(negation.format(name)).wanted
        excluded = {(want.attribute, want.values) for want in denied if want.excluded}
        if alone.remainder or len(included) != len(alone.wanted):
            continue  # only part of the name was heard, or it is a denial itself ("no clasp")
        assert excluded <= included, name
        assert bool(excluded) == bool(included), name
        if len(included) == 1:
            assert all(want.excluded for want in denied), name


@pytest.mark.parametrize("attribute", load().attributes)
def test_a_name_heard_alone_asks_for_its_value(attribute: str) -> None:
    """Quiet names may pass unheard, but no name is heard as another branch of the same attribute."""
    words = load()
    for value in words.attribute(attribute).values.values():
        allowed = {value.id, *words.ancestors(attribute, value.id)}
        for name in (value.label, *value.synonyms):
            for want in parse(name).wanted:
                if want.attribute == attribute and not want.excluded and len(want.values) < 3:
                    assert allowed & set(want.values), name
