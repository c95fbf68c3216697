"""`parure doctor`: disagreements between originals, rows and index; settings and parts in force."""

from __future__ import annotations

import click

from parure.cli.console import out, print_json, print_table, say

__all__ = ["command"]


@click.command()
@click.option("--repair", "mend", is_flag=True, help="Mend what can be mended; nothing a person made is removed.")
@click.option("--thorough", is_flag=True, help="Also read every original and compare its hash.")
@click.option("--settings", "show_settings", is_flag=True, help="List every setting, its value and its meaning.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_context
def command(context: click.Context, mend: bool, thorough: bool, show_settings: bool, as_json: bool) -> None:
    """Find and mend disagreements. Exit code 1 when something is wrong that was not mended."""
    if show_settings:
        _print_settings()
        return
    from parure.web.setup import prepare

    prepare()
    from parure.web.catalogue.doctor import examine, repair
    from parure.web.catalogue.runtime import runtime

    findings = examine(thorough=thorough)
    mended = repair(findings) if mend else []
    left = examine(thorough=thorough) if mended else findings
    runtime().close()
    if as_json:
        rows = [{"check": f.check, "count": f.count, "detail": f.detail, "can_mend": f.mend is not None} for f in left]
        print_json({"healthy": not left, "mended": [f.check for f in mended], "findings": rows})
    else:
        for finding in mended:
            out.print(f"mended: {finding.check} ({finding.count})")
        for finding in left:
            out.print(f"[bold]{finding.check}[/] ({finding.count}): {finding.detail}")
        if any(finding.mend for finding in left):
            say("`parure doctor --repair` mends what can be mended.")
        if not left:
            out.print("Originals, database and index agree.")
    context.exit(1 if left else 0)


def _print_settings() -> None:
    from parure import registry, settings

    print_table("Settings", ["variable", "value", "meaning"], settings.help_rows(settings.get()))
    rows = [(part.kind, part.name, part.about) for part in registry.PARTS]
    print_table("\nParts", ["kind", "name", "about"], rows)
