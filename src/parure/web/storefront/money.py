"""Prices as people write them."""

from __future__ import annotations

from decimal import Decimal

__all__ = ["money"]

_SIGNS = {"USD": "$", "EUR": "€", "GBP": "£", "INR": "₹", "JPY": "¥", "AUD": "A$", "CAD": "C$"}


def money(amount: Decimal | float | None, currency: str) -> str:
    """ "$1,250", "€89.50", "CHF 320": cents only where there are any; "" without an amount."""
    if amount is None:
        return ""
    number = Decimal(str(amount))
    digits = f"{number:,.0f}" if number == number.to_integral_value() else f"{number:,.2f}"
    sign = _SIGNS.get(currency.upper())
    return f"{sign}{digits}" if sign else f"{currency.upper()}\u00a0{digits}"
