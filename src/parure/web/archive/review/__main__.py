"""`python -m parure.web.archive.review NUMBER` makes the list of one archive; the server starts it."""

from __future__ import annotations

import argparse
import contextlib
import os
import sys

from parure.errors import ParureError
from parure.web.setup import prepare as prepare_django


def main() -> int:
    parser = argparse.ArgumentParser(prog="parure.web.archive.review")
    parser.add_argument("archive", type=int)
    asked = parser.parse_args()
    with contextlib.suppress(OSError):
        os.nice(10)
    prepare_django()
    from parure.web.archive.models import Archive
    from parure.web.archive.review.services.preparing import prepare

    try:
        prepare(Archive.objects.get(pk=asked.archive))
    except ParureError as error:  # it is written down for the page
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
