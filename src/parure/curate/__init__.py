"""From an archive of photos to a catalogue: every step makes a value, nothing is touched before the last but one.

    scan              path -> Scanned          bytes are hashed, the picture is read, oriented, measured; kept by path
    read names        path -> NameReading      which style, metal, view, number; what is unsure goes to review
    group duplicates  Scanned -> groups        same bytes, same picture; other views are offered, never removed
    judge             all of these -> Judgement   one verdict per file, with reasons: keep, duplicate, reject, review
    plan              Judgement -> PlanEntry   one JSON line per file, which a person may read, filter and edit
    apply             PlanEntry -> journal     copies, moves or links; verified by hash; nothing is deleted
    undo              journal -> as before

Steps know only the values before them, so each can be run again, tested and replaced by itself. A plan names the hash
of what was judged: a file that changed since is left alone. Rules about one file live in the step that judges it, not
in the plan; a person's decision is a line of the plan, and stands above every rule.

Names and values do not touch the disk beyond the file they are asked to read; nothing here knows the database.
"""

from parure.curate.names import NameReader, NameReading, NameVerdict, StyleCandidate, parse_name
from parure.curate.names_archive import read_archive
from parure.curate.names_find import FoundBy
from parure.curate.names_styles import KnownStyle, StyleIndex, read_styles
from parure.curate.rules import Normalisers, Rules, default_rules, read_rules
from parure.curate.values import Decision, Fingerprints, Judgement, Measures, PlanEntry, Reason, Scanned, Verdict

__all__ = [
    "Decision",
    "Fingerprints",
    "FoundBy",
    "Judgement",
    "KnownStyle",
    "Measures",
    "NameReader",
    "NameReading",
    "NameVerdict",
    "Normalisers",
    "PlanEntry",
    "Reason",
    "Rules",
    "Scanned",
    "StyleCandidate",
    "StyleIndex",
    "Verdict",
    "default_rules",
    "parse_name",
    "read_archive",
    "read_rules",
    "read_styles",
]
