"""The sign-in form, with a brake on guessing passwords."""

from __future__ import annotations

import hashlib
from typing import Any

from django.contrib.auth.forms import AuthenticationForm
from django.core.cache import cache
from django.core.exceptions import ValidationError

from parure.web.limits import client_key

__all__ = ["SignInForm"]

MAX_TRIES = 10  # wrong passwords per name and address in one window
WINDOW_S = 15 * 60


class SignInForm(AuthenticationForm):
    """Django's, which after too many wrong passwords refuses the right one too, until the window has passed."""

    def clean(self) -> dict[str, Any]:
        key = self._key()
        if cache.get(key, 0) >= MAX_TRIES:
            raise ValidationError("Too many tries with this name. Wait 15 minutes, then try again.", code="too_many")
        try:
            cleaned = super().clean()
        except ValidationError:
            if not cache.add(key, 1, timeout=WINDOW_S):
                cache.incr(key)
            raise
        cache.delete(key)
        return cleaned

    def _key(self) -> str:
        name = str(self.cleaned_data.get("username", "")).casefold()
        address = client_key(self.request) if self.request is not None else ""
        return f"sign-in:{hashlib.sha256(f'{name}|{address}'.encode()).hexdigest()}"
