"""Watching a folder: new photos go the way of an archive, one look after the other, and a policy decides.

    step     look (which files lie still) -> scan -> judge -> decide -> apply -> log
    items    what was decided of which file: rows, and the event log
    known    all photos a new one may repeat: other archives, the catalogue, what was approved here
    loop     one watcher a source, from look to look, until told to stop

Nothing is decided from memory. What was decided is written down before a file is touched, and logged in the same
transaction that says it is done; killed anywhere, the next watcher finishes what it finds and handles nothing twice.
"""
