"""How fast an archive becomes a catalogue, one section a step; each prints a ratio against a named peer.

    python bench/curate.py scan                          # 2,000 photos of 512 px and 200 of 12 megapixels
    python bench/curate.py scan --photos 60000 --large 0 # the long run that shows the memory ceiling
    python bench/curate.py scan --quick                  # a few photos, to see that it runs
    python bench/curate.py duplicates                    # the sample shop's photos and copies, beside all pairs
    python bench/curate.py plan                          # 60,000 files over 18,000 styles, plan and report
    python bench/curate.py apply                         # 2,000 files of 200 kB copied, hard-linked and taken back

The last line is one JSON object.
"""

from __future__ import annotations

import argparse
import importlib
import sys

from report import runs_here

# Name -> module beside this one, which has `arguments(parser)` and `run(chosen)`.
SECTIONS = {"scan": "curate_scan", "duplicates": "curate_duplicates", "plan": "curate_plan", "apply": "curate_apply"}


def main() -> None:
    if not runs_here("bench/curate.py", "curate", "polars", "cv2"):
        return
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    sections = parser.add_subparsers(dest="section", required=True)
    for name, module in SECTIONS.items():
        importlib.import_module(module).arguments(sections.add_parser(name))
    chosen = parser.parse_args()
    importlib.import_module(SECTIONS[chosen.section]).run(chosen)


if __name__ == "__main__":
    sys.exit(main())
