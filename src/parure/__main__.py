"""`python -m parure` is the `parure` command."""

from parure.cli import main

if __name__ == "__main__":
    main()
