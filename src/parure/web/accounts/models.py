"""API tokens. Only a hash is stored; the token itself is shown once, when it is made."""

from __future__ import annotations

import hashlib
import secrets
from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.db import models
from django.utils import timezone

if TYPE_CHECKING:
    from django.contrib.auth.models import User

__all__ = ["Token"]

PREFIX = "parure_"
_FRESH_S = 60  # a token's last use is written at most this often


class Token(models.Model):
    """A key for programs, acting as `user`; `can_write` false limits it to reading."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="tokens")
    name = models.CharField(max_length=100)
    digest = models.CharField(max_length=64, unique=True)
    can_write = models.BooleanField(default=True)
    created_at = models.DateTimeField(default=timezone.now)
    last_used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("user", "name"), name="token_name_per_user"),)

    def __str__(self) -> str:
        return f"{self.name} of {self.user}"

    @classmethod
    def issue(cls, user: User, name: str, *, can_write: bool = True) -> tuple[Self, str]:
        """Make a token; the second value is the secret, which cannot be read again."""
        secret = PREFIX + secrets.token_urlsafe(32)
        return cls.objects.create(user=user, name=name, digest=_digest(secret), can_write=can_write), secret

    @classmethod
    def find(cls, secret: str) -> Self | None:
        """The live token of an active user for this secret, marked as used."""
        wanted: dict[str, Any] = {"digest": _digest(secret), "revoked_at": None, "user__is_active": True}
        token = cls.objects.select_related("user").filter(**wanted).first()
        if token is not None:
            token._mark_used()
        return token

    def _mark_used(self) -> None:
        now = timezone.now()
        if self.last_used_at is None or (now - self.last_used_at).total_seconds() > _FRESH_S:
            type(self).objects.filter(pk=self.pk).update(last_used_at=now)


def _digest(secret: str) -> str:
    # The secret has 256 random bits, so a plain hash is enough: there is nothing to guess from.
    return hashlib.sha256(secret.encode()).hexdigest()
