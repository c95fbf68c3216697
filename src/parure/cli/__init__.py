"""The command line: one file per command, imported when it is run, so that `parure --help` stays quick.

A row in `COMMANDS` names the command, its module below this folder and the line shown in the overview; the module
exports it as `command`.
"""

from __future__ import annotations

import importlib
import os
import sys
from pathlib import Path
from typing import Any

import click

from parure import __version__
from parure.errors import ParureError

__all__ = ["main"]

COMMANDS: dict[str, tuple[str, str]] = {
    "demo": ("demo", "Create the sample shop, search it twice and serve it."),
    "import": ("import_", "Bring photos and a sheet into the catalogue."),
    "search": ("search", "Search by picture, by words, or by both."),
    "show": ("show", "Show one product."),
    "analyse": ("analyse", "Find and read the pieces on photos; nothing is stored."),
    "serve": ("serve", "Serve shop, API and worker in one process."),
    "worker": ("worker", "Analyse and index what is waiting."),
    "status": ("status", "How far photos are analysed and indexed."),
    "doctor": ("doctor", "Find and mend disagreements; list settings."),
    "index": ("index", "Rebuild the vector index."),
    "export": ("export", "Write the catalogue to a sheet, with photos if wished."),
    "delete": ("delete", "Take a product out of sight."),
    "restore": ("restore", "Bring a deleted product back."),
    "user": ("user", "Add people who may sign in."),
    "token": ("token", "Add and revoke API tokens."),
    "curate": ("curate", "From an archive of photos to a catalogue: names, rules."),
    "watch": ("watch", "Take new photos of a folder in as they come, by a policy."),
    "evaluate": ("evaluate", "Measure search quality on labelled photos."),
    "render": ("render", "Draw jewellery: single designs, data sets, the benchmark."),
}


class _Commands(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = importlib.import_module(f"parure.cli.{COMMANDS[cmd_name][0]}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The overview from the table, without importing any command."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, about) for name, (_, about) in COMMANDS.items()])

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except ParureError as error:
            raise click.ClickException(str(error)) from error
        except Exception as error:
            if not _database_is_full(error):
                raise
            raise click.ClickException(
                f"The database has no space left ({error}). Free some space and run the same command again; what was "
                "stored so far is complete."
            ) from error

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            raise click.UsageError(f"{error.message.rstrip('.')}. `parure --help` lists the commands.", ctx) from error


def _database_is_full(error: Exception) -> bool:
    """By name and words: databases have no class of errors in common, and Django is not loaded for every command."""
    told = str(error).lower()
    return type(error).__name__ == "OperationalError" and ("disk is full" in told or "no space left" in told)


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="parure")
@click.option("--data", type=click.Path(path_type=Path), help="Data folder (default: PARURE_DATA or ./parure-data).")
def cli(data: Path | None) -> None:
    """From a heap of jewellery photos to a catalogue you can search by picture and by words."""
    if data is not None:
        os.environ["PARURE_DATA"] = str(data)


def main() -> None:
    """Entry point of the `parure` command. Ctrl-C ends quietly with the usual code 130."""
    try:
        sys.exit(cli.main(standalone_mode=False) or 0)
    except click.exceptions.Abort:
        click.echo("Stopped. Run the same command again to go on from here.", err=True)
        sys.exit(130)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except click.exceptions.Exit as leave:
        sys.exit(leave.exit_code)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
