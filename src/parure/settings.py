"""Every setting in one table: name, type, default, help. Read once from the environment, checked at start.

A field `cache_url` is read from `PARURE_CACHE_URL`. `load(env)` is pure and is what tests call; `get()` reads
the process environment once. `parure doctor` prints the table.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import Field, dataclass, field, fields
from functools import lru_cache
from pathlib import Path
from typing import Any

from parure.errors import SettingsError

__all__ = ["Settings", "environment_name", "get", "help_rows", "load"]

PREFIX = "PARURE_"
_TRUE = {"1", "true", "yes", "on"}
_FALSE = {"0", "false", "no", "off"}
_RATE = re.compile(r"^\d+/(s|m|h)$")


def _setting(default: Any, help: str, check: str = "") -> Any:
    return field(default=default, metadata={"help": help, "check": check})


@dataclass(frozen=True)
class Settings:
    """One process's settings. Paths are absolute; sizes are bytes unless the name says otherwise."""

    data: Path = _setting(Path("parure-data"), "folder that holds originals, database, index and thumbnails")
    database_url: str = _setting("", "postgresql://user:pass@host/db; empty means SQLite inside the data folder")
    cache_url: str = _setting("", "redis://host:6379/0; empty means memory of this process")
    index: str = _setting("qdrant-edge", "vector index engine, a name from `parure doctor`")
    encoder: str = _setting("house-v1", "the encoder that turns photos into vectors")
    secret_key: str = _setting("", "signing key; empty means one is made and kept in the data folder")
    debug: bool = _setting(False, "show tracebacks in the browser; never on a public server")
    allowed_hosts: str = _setting("localhost,127.0.0.1,[::1]", "host names the server answers to, comma-separated")
    trusted_origins: str = _setting("", "origins (https://shop.example) behind a proxy, comma-separated")
    behind_proxy: bool = _setting(False, "trust X-Forwarded-For and X-Forwarded-Proto from a reverse proxy")
    public_read: bool = _setting(True, "anyone may browse and search; off means a token or sign-in is needed")
    currency: str = _setting("USD", "three-letter currency of prices without one of their own", "currency")
    shop_name: str = _setting("Parure", "name shown on the pages")
    max_image_bytes: int = _setting(64 * 2**20, "largest accepted picture file", "positive")
    max_image_pixels: int = _setting(100_000_000, "largest accepted picture, width x height", "positive")
    max_request_bytes: int = _setting(80 * 2**20, "largest accepted HTTP request body", "positive")
    rate_search: str = _setting("600/m", "searches per client address: N/s, N/m or N/h", "rate")
    rate_upload: str = _setting("300/m", "uploads and other writes per client address", "rate")
    page_size: int = _setting(24, "products per page when the client names no limit", "positive")
    threads: int = _setting(0, "threads for decoding and models; 0 means one per core", "not_negative")
    graph_threshold: int = _setting(
        50_000, "points from which the vector index builds a graph; below, it scans exactly", "positive"
    )
    max_attempts: int = _setting(5, "tries before a failing photo is parked", "positive")
    vision_threshold: float = _setting(0.8, "probability from which what a photo shows becomes an attribute", "share")

    @property
    def cores(self) -> int:
        """Threads to use for decoding and models, at least 1."""
        return self.threads or _available_cores()


def _available_cores() -> int:
    """Cores this process may run on, where the system tells; containers are often given fewer than there are."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def environment_name(name: str) -> str:
    return PREFIX + name.upper()


def load(env: Mapping[str, str]) -> Settings:
    """Settings from an environment; raises `SettingsError` naming the variable and what it accepts."""
    names = {environment_name(f.name): f for f in fields(Settings)}
    unknown = [key for key in env if key.startswith(PREFIX) and key not in names and key not in _OUTSIDE]
    if unknown:
        raise SettingsError(f"{unknown[0]} is not a setting. `parure doctor --settings` lists them all.")
    values = {f.name: _parse(key, f, env[key]) for key, f in names.items() if env.get(key, "") != ""}
    settings = Settings(**values)
    return Settings(**{**values, "data": settings.data.expanduser().absolute()})


# Variables with our prefix that are not settings of the program (tests and the Makefile read them).
_OUTSIDE = {"PARURE_REQUIRE_SERVERS", "PARURE_SHARED"}


def _parse(key: str, setting: Field[Any], text: str) -> Any:
    kind: type[Any] = type(setting.default)
    try:
        value = _parse_bool(text) if kind is bool else kind(text)
    except ValueError:
        raise SettingsError(f"{key}={text!r} is not {_WORDS[kind]}: {setting.metadata['help']}.") from None
    rule = setting.metadata["check"]
    if rule and not _CHECKS[rule][0](value):
        raise SettingsError(f"{key}={text!r} must be {_CHECKS[rule][1]}: {setting.metadata['help']}.")
    return value


def _parse_bool(text: str) -> bool:
    word = text.strip().lower()
    if word not in _TRUE | _FALSE:
        raise ValueError(text)
    return word in _TRUE


_WORDS: dict[type, str] = {
    bool: "yes or no",
    int: "a whole number",
    float: "a number",
    str: "text",
    type(Path()): "a path",
}
_CHECKS: dict[str, tuple[Any, str]] = {
    "positive": (lambda n: n > 0, "above 0"),
    "not_negative": (lambda n: n >= 0, "0 or more"),
    "share": (lambda number: 0 <= number <= 1, "between 0 and 1"),
    "rate": (lambda text: bool(_RATE.match(text)), "like 60/m (a count per s, m or h)"),
    "currency": (lambda text: bool(re.fullmatch(r"[A-Z]{3}", text)), "three capital letters like EUR"),
}


def help_rows(settings: Settings) -> list[tuple[str, str, str]]:
    """(variable, value in force, help) for each setting; secrets are masked."""
    rows = []
    for f in fields(settings):
        held = getattr(settings, f.name)
        value = ("no", "yes")[held] if isinstance(held, bool) else str(held)
        shown = "***" if f.name == "secret_key" and value else re.sub(r"//([^:/@]+):[^@]+@", r"//\1:***@", value)
        rows.append((environment_name(f.name), shown, str(f.metadata["help"])))
    return rows


@lru_cache(maxsize=1)
def get() -> Settings:
    """The settings of this process, read once."""
    return load(os.environ)
