"""Real servers for tests, from Debian's packages, each on a free port in a folder of its own, stopped afterwards.

A server that is not installed skips the test with the install command as its reason; with PARURE_REQUIRE_SERVERS
set (as CI does) the test fails instead.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest


def missing(what: str, package: str) -> None:
    reason = f"{what} is not installed: apt-get install {package}"
    if os.environ.get("PARURE_REQUIRE_SERVERS"):
        pytest.fail(reason)
    pytest.skip(reason)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def postgres(folder: Path) -> Iterator[str]:
    """A PostgreSQL server; yields its URL."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb")) if Path("/usr/lib/postgresql").exists() else []
    on_path = shutil.which("initdb")
    if not found and not on_path:
        missing("PostgreSQL", "postgresql")
    binaries = found[-1].parent if found else Path(on_path or "").parent
    as_user = _as_postgres(folder)
    data, port = folder / "pg", free_port()
    subprocess.run([*as_user, str(binaries / "initdb"), "-D", str(data), "-A", "trust", "-U", "parure", "-E", "UTF8",
                    "--no-sync", "--locale=C.UTF-8"], check=True, capture_output=True, cwd="/")  # fmt: skip
    server = subprocess.Popen(
        [*as_user, str(binaries / "postgres"), "-D", str(data), "-p", str(port), "-k", str(folder), "-h", "127.0.0.1",
         "-c", "fsync=off"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd="/")  # fmt: skip
    try:
        wait_for_port(port, server)
        psql = [str(binaries / "psql"), "-h", "127.0.0.1", "-p", str(port), "-U", "parure", "postgres"]
        _retry([*psql, "-c", "CREATE DATABASE shop"])
        yield f"postgresql://parure@127.0.0.1:{port}/shop"
    finally:
        server.terminate()
        server.wait(20)


@contextmanager
def redis(folder: Path) -> Iterator[str]:
    """A Redis server; yields its URL."""
    program = shutil.which("redis-server")
    if program is None:
        missing("Redis", "redis-server")
    port = free_port()
    server = subprocess.Popen(
        [str(program), "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(folder)],
        stdout=subprocess.DEVNULL,
    )
    try:
        wait_for_port(port, server)
        yield f"redis://127.0.0.1:{port}/0"
    finally:
        server.terminate()
        server.wait(20)


def chromium() -> str:
    """The path of a Chromium to run headless."""
    for name in ("chromium", "chromium-browser", "google-chrome"):
        if found := shutil.which(name):
            return found
    missing("Chromium", "chromium")
    raise AssertionError


def wait_for_port(port: int, process: subprocess.Popen[bytes], seconds: float = 30) -> None:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise RuntimeError(f"the server ended with code {process.returncode}")
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise TimeoutError(f"nothing listens on port {port}")


def _as_postgres(folder: Path) -> list[str]:
    """PostgreSQL refuses to run as root: hand the folder to the user its package made."""
    if os.getuid() != 0:
        return []
    for path in (folder, *folder.parents):
        if path.stat().st_uid == 0 and path.is_relative_to("/tmp") and path != Path("/tmp"):
            path.chmod(0o755)
    shutil.chown(folder, "postgres")
    return ["runuser", "-u", "postgres", "--"]


def _retry(command: list[str], tries: int = 100) -> None:
    for _ in range(tries):
        if subprocess.run(command, capture_output=True, check=False).returncode == 0:
            return
        time.sleep(0.1)
    raise RuntimeError(f"{command} did not work")
