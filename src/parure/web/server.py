"""One process: a threaded web server, and the worker in a thread beside it."""

from __future__ import annotations

import contextlib
import logging
import signal
import threading
from collections.abc import Callable
from contextlib import ExitStack
from typing import Any

from django.core.wsgi import get_wsgi_application
from waitress.server import create_server

from parure import settings
from parure.errors import SettingsError
from parure.web.catalogue.runtime import runtime
from parure.web.worker import wakeup
from parure.web.worker.loop import Worker
from parure.web.worker.turn import take_turn

__all__ = ["serve"]

_BACKLOG = 1024
_CONNECTIONS = 500


def serve(host: str, port: int, *, threads: int, with_worker: bool, ready: Callable[[str], None]) -> None:
    """Serve until SIGINT or SIGTERM; `ready` is told the address once requests are answered.

    Raises `Busy` or `IndexLocked`, naming the process in the way.
    """
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # a full queue of requests is not a fault
    with ExitStack() as stack:
        stack.callback(runtime().close)
        runtime().index(runtime().serving())  # hold the index from the start, or say who does
        if with_worker:
            stack.enter_context(take_turn())
            _start_worker(stack)
        server = _bind(host, port, threads)
        stack.callback(server.close)
        signal.signal(signal.SIGTERM, _stop)
        with contextlib.suppress(KeyboardInterrupt):
            ready(f"http://{host}:{server.effective_port}/")
            server.run()


def _start_worker(stack: ExitStack) -> None:
    worker = Worker(runtime())
    thread = threading.Thread(target=worker.run, name="worker", daemon=True)
    wakeup.subscribe(worker.wake)
    stack.callback(worker.close)
    stack.callback(thread.join, 30)
    stack.callback(worker.stop)
    thread.start()


def _bind(host: str, port: int, threads: int) -> Any:  # waitress has no types
    try:
        return create_server(
            get_wsgi_application(),
            host=host,
            port=port,
            threads=threads,
            backlog=_BACKLOG,
            connection_limit=_CONNECTIONS,
            max_request_body_size=2 * settings.get().max_request_bytes,  # up to this our own, typed refusal answers
            clear_untrusted_proxy_headers=not settings.get().behind_proxy,
            ident=None,
        )
    except OSError as error:
        raise SettingsError(
            f"Cannot listen on {host}:{port} ({error.strerror}). Choose another with --port."
        ) from error


def _stop(*_: object) -> None:
    raise KeyboardInterrupt
