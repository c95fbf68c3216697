"""`parure token`: keys for programs that use the API."""

from __future__ import annotations

import click

from parure.cli.console import out, print_table, say
from parure.errors import Conflict, NotFound

__all__ = ["command"]


@click.group()
def command() -> None:
    """Add, list and revoke API tokens."""


@command.command()
@click.argument("name")
@click.option("--user", "user_name", help="Whom the token acts for (default: a user of the token's name).")
@click.option("--read-only", is_flag=True, help="The token may not change anything.")
def add(name: str, user_name: str | None, read_only: bool) -> None:
    """Make a token and print it; it cannot be shown again."""
    from parure.web.setup import prepare

    prepare()
    from django.contrib.auth import get_user_model

    from parure.web.accounts.models import Token

    wanted = user_name or name
    user, created = get_user_model().objects.get_or_create(username=wanted)
    if created:
        user.set_unusable_password()
        user.save()
    if Token.objects.filter(user=user, name=name).exists():
        raise Conflict(f"{wanted} has a token {name!r} already. Revoke it first, or choose another name.")
    _, secret = Token.issue(user, name, can_write=not read_only)
    say("Keep this token; it cannot be shown again:")
    out.print(secret, soft_wrap=True)


@command.command("list")
def list_() -> None:
    """List tokens."""
    from parure.web.setup import prepare

    prepare()
    from parure.web.accounts.models import Token

    rows = [
        (t.name, t.user.get_username(), "write" if t.can_write else "read", _day(t.last_used_at), _day(t.revoked_at))
        for t in Token.objects.select_related("user").order_by("name")
    ]
    print_table("", ["name", "user", "may", "last used", "revoked"], rows)


@command.command()
@click.argument("name")
def revoke(name: str) -> None:
    """Take a token's rights away at once."""
    from parure.web.setup import prepare

    prepare()
    from django.utils import timezone

    from parure.web.accounts.models import Token

    if not Token.objects.filter(name=name, revoked_at=None).update(revoked_at=timezone.now()):
        raise NotFound(f"There is no live token called {name!r}.")
    out.print(f"{name} is revoked.")


def _day(moment: object) -> str:
    return f"{moment:%Y-%m-%d}" if moment else ""
