"""The exception tree: drawn in the docstring, public, and with stable codes."""

from __future__ import annotations

import inspect

import pytest

from parure import errors

ALL = [item for _, item in inspect.getmembers(errors, inspect.isclass) if issubclass(item, errors.ParureError)]


def test_every_error_is_public_and_drawn_in_the_tree() -> None:
    assert {error.__name__ for error in ALL} | {"ImageReason"} == set(errors.__all__)
    assert all(error.__name__ in (errors.__doc__ or "") for error in ALL)


@pytest.mark.parametrize("error", ALL, ids=lambda error: error.__name__)
def test_every_error_has_a_code_of_its_own(error: type[errors.ParureError]) -> None:
    assert [other for other in ALL if other.code == error.code] == [error]
