"""The signing key: from the settings, or made once and kept in the data folder, readable by its owner only."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from parure.settings import Settings

__all__ = ["secret_key"]


def secret_key(settings: Settings) -> str:
    if settings.secret_key:
        return settings.secret_key
    path = settings.data / "secret.key"
    settings.data.mkdir(parents=True, exist_ok=True)
    try:
        return path.read_text().strip() or _create(path)
    except FileNotFoundError:
        return _create(path)


def _create(path: Path) -> str:
    """Write aside, then link: two processes that start together end with the same key."""
    aside = path.with_suffix(f".{os.getpid()}.tmp")
    descriptor = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(secrets.token_urlsafe(50))
    try:
        os.link(aside, path)
    except FileExistsError:
        pass
    finally:
        aside.unlink()
    return path.read_text().strip()
