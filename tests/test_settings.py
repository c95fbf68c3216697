"""Settings are read once, checked, and say what they accept."""

from __future__ import annotations

from pathlib import Path

import pytest

from parure.errors import SettingsError
from parure.settings import help_rows, load


def test_without_variables_every_setting_has_its_default() -> None:
    settings = load({})
    assert settings.encoder == "house-v1"
    assert settings.data == Path("parure-data").absolute()
    assert settings.cores >= 1


def test_values_are_converted_and_paths_made_absolute() -> None:
    settings = load({"PARURE_DATA": "~/shop", "PARURE_PUBLIC_READ": "no", "PARURE_PAGE_SIZE": "12"})
    assert (settings.data, settings.public_read, settings.page_size) == (Path("~/shop").expanduser(), False, 12)


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("PARURE_PAGE_SIZE", "many", "whole number"),
        ("PARURE_PAGE_SIZE", "0", "above 0"),
        ("PARURE_DEBUG", "perhaps", "yes or no"),
        ("PARURE_RATE_SEARCH", "fast", "60/m"),
        ("PARURE_CURRENCY", "euro", "EUR"),
        ("PARURE_THREADS", "-1", "0 or more"),
        ("PARURE_VISION_THRESHOLD", "80", "between 0 and 1"),
        ("PARURE_VISION_THRESHOLD", "nan", "between 0 and 1"),
    ],
)
def test_a_wrong_value_names_the_variable_and_what_it_accepts(name: str, value: str, told: str) -> None:
    with pytest.raises(SettingsError, match=told) as caught:
        load({name: value})
    assert name in str(caught.value)


def test_a_misspelt_variable_is_not_ignored() -> None:
    with pytest.raises(SettingsError, match="PARURE_PAGESIZE"):
        load({"PARURE_PAGESIZE": "3"})


def test_the_table_hides_secrets() -> None:
    rows = help_rows(load({"PARURE_SECRET_KEY": "s3cret", "PARURE_DATABASE_URL": "postgresql://u:pw@h/db"}))
    shown = " ".join(value for _, value, _ in rows)
    assert "s3cret" not in shown
    assert "pw" not in shown
    assert "postgresql://u:***@h/db" in shown
