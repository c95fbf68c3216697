"""`parure worker`: the work loop on its own, for when the server runs elsewhere or not at all."""

from __future__ import annotations

import signal

import click

from parure.cli.console import progress_bar, say

__all__ = ["command"]


@click.command()
@click.option("--once", is_flag=True, help="Finish what is waiting and stop.")
def command(once: bool) -> None:
    """Analyse and index what is waiting, until stopped (Ctrl-C)."""
    from parure.web.setup import prepare

    prepare()
    from parure.web.catalogue.runtime import runtime
    from parure.web.worker.loop import Worker
    from parure.web.worker.turn import finish_work, take_turn

    with take_turn():
        if once:
            with progress_bar("Working") as progress:
                finish_work(True, progress)
        else:
            worker = Worker(runtime())
            signal.signal(signal.SIGTERM, lambda *_: worker.stop())
            signal.signal(signal.SIGINT, lambda *_: worker.stop())
            say("Working; Ctrl-C stops.")
            worker.run()
            worker.close()
        runtime().close()
