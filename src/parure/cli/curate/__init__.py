"""`parure curate`: from an archive of photos to a catalogue. One file per step, imported when it is run."""

from __future__ import annotations

import importlib

import click

__all__ = ["command"]

_STEPS: dict[str, tuple[str, str]] = {
    "scan": ("scan", "Read an archive: hashes, fingerprints, quality; goes on where it was stopped."),
    "see": ("see", "Let a model look at scanned photos: no jewellery, wrong type, cut, blurred."),
    "rules": ("rules", "Say how file names are to be read, and try it on real ones."),
    "sheets": ("sheets", "Merge several sheets into one, and say where they disagree."),
    "review": ("review", "Make the list of what people decide in the browser."),
    "plan": ("plan", "Say of every file what shall become of it, and write that down."),
    "report": ("report", "One page that shows a plan: counts, contact sheets, groups, gaps."),
    "check": ("check", "Look a plan over before it is applied."),
    "apply": ("apply", "Copy, move or link the photos by a plan."),
    "undo": ("undo", "Take the last apply back."),
    "policy": ("policy", "Say what becomes of new photos by itself, for `parure watch`."),
}


class _Steps(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_STEPS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _STEPS:
            return None
        command: click.Command = importlib.import_module(f"parure.cli.curate.{_STEPS[cmd_name][0]}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, about) for name, (_, about) in _STEPS.items()])


@click.group(cls=_Steps)
def command() -> None:
    """From an archive of photos to a catalogue, without losing a byte."""
