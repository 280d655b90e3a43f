"""What `backstory import` is given: files, folders, standard input."""

import io
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import cast

import click

from backstory.following.import_files import READ_BYTES, Found, ImportFile, import_file
from backstory.sources import files
from backstory.sources.files import Opened
from backstory.sources.unpacking import unpacked

STANDARD_INPUT = "-"


@contextmanager
def opened(name: str, *, max_page_bytes: int) -> Iterator[ImportFile]:
    """A file or a folder (- for standard input), unpacked where it is packed.

    Raises:
        SourceError: it holds nothing that is read.
        ClickException: it cannot be opened.
    """
    try:
        if name == STANDARD_INPUT:
            with _standard_input() as file:
                yield import_file(file, max_page_bytes)
        elif Path(name).is_dir():
            found = Found()
            offers = files.offers_in(Path(name), max_page_bytes=max_page_bytes)
            yield ImportFile(map(found.take, offers), None, lambda: found.offers, found)
        else:
            with files.opened(Path(name)) as file:
                yield import_file(file, max_page_bytes)
    except PermissionError as error:
        raise click.ClickException(f"{name} cannot be opened: {error.strerror}") from error


@contextmanager
def _standard_input() -> Iterator[Opened]:
    raw = cast("io.BufferedReader", io.BufferedReader(cast("io.RawIOBase", sys.stdin.buffer), READ_BYTES))
    try:
        stream = unpacked(raw)
        yield Opened("standard input", files.kind_of("standard input", stream), stream)
    finally:
        raw.detach()  # standard input is not ours to close
