"""`parure user`: people who may sign in."""

from __future__ import annotations

import click

from parure.cli.console import out, print_table
from parure.errors import Conflict, ParureError

__all__ = ["command"]


@click.group()
def command() -> None:
    """Add and list people who may sign in."""


@command.command()
@click.argument("name")
@click.option("--staff", is_flag=True, help="May change the catalogue.")
@click.password_option(help="Asked for when not given.")
def add(name: str, staff: bool, password: str) -> None:
    """Add a person."""
    from parure.web.setup import prepare

    prepare()
    from django.contrib.auth import get_user_model
    from django.contrib.auth.password_validation import validate_password
    from django.core.exceptions import ValidationError

    users = get_user_model().objects
    if users.filter(username=name).exists():
        raise Conflict(f"There is a user {name!r} already.")
    try:
        validate_password(password)
    except ValidationError as error:
        raise ParureError(" ".join(error.messages)) from error
    users.create_user(name, password=password, is_staff=staff)
    out.print(f"{name} may sign in" + (" and change the catalogue." if staff else "."))


@command.command("list")
def list_() -> None:
    """List everybody."""
    from parure.web.setup import prepare

    prepare()
    from django.contrib.auth import get_user_model

    rows = [
        (user.get_username(), "staff" if user.is_staff else "", "" if user.is_active else "inactive")
        for user in get_user_model().objects.order_by("username")
    ]
    print_table("", ["name", "role", ""], rows)
