"""Prices as sellers write them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parure.intake.prices import MAX_AMOUNT, BadPrice, currency_of, read_price


@pytest.mark.parametrize(
    ("text", "amount", "currency"),
    [
        ("1,299.00", "1299.00", None),
        ("$1,299", "1299", "USD"),
        ("1.299,00 €", "1299.00", "EUR"),
        ("1.299 €", "1299", "EUR"),
        ("Rs. 2500", "2500", "INR"),
        ("Rs. 2,500/-", "2500", "INR"),
        ("₹1,25,000", "125000", "INR"),
        ("INR 2500", "2500", "INR"),
        ("113 USD", "113", "USD"),
        ("$12 CAD", "12", "CAD"),
        ("US$ 45.50", "45.50", "USD"),
        ("CHF 1'299.50", "1299.50", "CHF"),
        ("1 299,00 kr", "1299", None),
        ("1299,-", "1299", None),
        ("MRP: 2500", "2500", None),
        ("12,5", "12.5", None),
        ("0.125", "0.13", None),
        ("1.234.567", "1234567", None),
        ("٢٥٠٠", "2500", None),
        ("１２.５", "12.5", None),
        ("0", "0", None),
    ],
)
def test_prices_are_read_as_written(text: str, amount: str, currency: str | None) -> None:
    price = read_price(text)
    assert (price.amount, price.currency) == (Decimal(amount), currency)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("free text", "not one price"),
        ("on request", "not one price"),
        ("", "not one price"),
        ("-5", "negative"),
        ("(1,200.00)", "negative"),
        ("$ -5", "negative"),
        ("−12", "negative"),
        ("100-200", "not one price"),
        ("1.299", "could mean 1299 or 1.299"),
        ("$1.299", "could mean"),
        ("1,2,3", "odd places"),
        ("1,299,00", "odd places"),
        ("12 34", "not one number"),
        ("€5 £4", "not one price"),
        ("5 bananas", "no currency"),
        ("10000000000", "larger"),
    ],
)
def test_what_is_no_price_is_refused_with_the_reason(text: str, why: str) -> None:
    with pytest.raises(BadPrice, match=why):
        read_price(text)


def test_a_currency_column_settles_a_shared_symbol_and_contradicts_others() -> None:
    assert read_price("$5", currency="CAD").currency == "CAD"
    assert read_price("1.299", currency="EUR").amount == 1299
    with pytest.raises(BadPrice, match="two currencies"):
        read_price("€5", currency="USD")


@pytest.mark.parametrize(("text", "code"), [("eur", "EUR"), (" $ ", "USD"), ("₹", "INR"), ("Gold", None), ("", None)])
def test_currencies_are_known_by_code_sign_and_word(text: str, code: str | None) -> None:
    assert currency_of(text) == code


AMOUNTS = st.decimals(min_value=0, max_value=MAX_AMOUNT - 1, places=2)


@given(AMOUNTS, st.sampled_from(["{:,.2f}", "${:,.2f}", "{:.2f} USD", "USD {:.2f}", "{:.2f}"]))
def test_any_amount_written_with_a_point_comes_back(amount: Decimal, shape: str) -> None:
    assert read_price(shape.format(amount)).amount == amount


@given(AMOUNTS)
def test_any_amount_written_the_continental_way_comes_back(amount: Decimal) -> None:
    text = f"{amount:,.2f} €".replace(",", "_").replace(".", ",").replace("_", ".")
    assert read_price(text).amount == amount


@given(st.text(max_size=30))
def test_any_text_is_a_sound_price_or_a_told_refusal(text: str) -> None:
    try:
        price = read_price(text)
    except BadPrice:
        return
    assert 0 <= price.amount <= MAX_AMOUNT
    assert price.amount == round(price.amount, 2)
