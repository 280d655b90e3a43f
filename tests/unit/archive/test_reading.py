"""What a reader remembers of an archive that another connection changes."""

from pathlib import Path
from threading import Lock

from backstory.archive.index import Index
from backstory.archive.local import LocalArchive
from backstory.archive.reading import Reader
from backstory.archive.writing import DATABASE, INDEX
from factories import make_article


async def test_a_follower_reads_its_overview_anew_only_when_the_archive_has_changed(tmp_path: Path) -> None:
    archive = await LocalArchive.open(tmp_path)
    await archive.add([make_article("Pier 0 closed.", url="https://example.org/0", publisher="The Post")])
    reader = Reader(tmp_path / DATABASE, Index.open(tmp_path / INDEX), Lock(), follows=True)
    first = reader.stats()

    assert reader.stats() is first
    await archive.add([make_article("Pier 1 closed.", url="https://example.org/1", publisher="Courier")])
    assert reader.publishers() == {"The Post", "Courier"}
    assert reader.stats().articles == 2
    await archive.forget("https://example.org/0")
    assert reader.publishers() == {"Courier"}

    reader.close()
    await archive.close()
