from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backstory.archive.local import LocalArchive
from backstory.archive.spoken import MOST_NUMBERS, NOWHERE, NUMBER_BYTES, SpokenWriter, read
from backstory.archive.writing import INDEX
from backstory.model import Hit, Query, Term
from backstory.retrieval.codes import pack, packed
from factories import make_article

HARBOUR, FERRY = packed((), ("harbour", "closed")), packed(("ferry",), ("ferry", "late"))


def write(folder: Path, *rows: bytes) -> list[int]:
    writer = SpokenWriter(folder)
    keys = [writer.add(row) for row in rows]
    writer.flush()
    writer.close()
    return keys


@given(said=st.lists(st.lists(st.text(max_size=8), max_size=9), max_size=9))
def test_what_was_added_can_be_read_whatever_it_is(tmp_path_factory: pytest.TempPathFactory, said: list[list[str]]):
    folder, rows = tmp_path_factory.mktemp("index"), [packed(words[:1], words[1:]) for words in said]

    keys = write(folder, *rows)

    assert read(folder, keys) == dict(zip(keys, rows, strict=True))


def test_a_crash_that_tore_the_last_row_spoils_no_other(tmp_path: Path):
    [first] = write(tmp_path, HARBOUR)
    with next(tmp_path.iterdir()).open("ab") as file:
        file.write(FERRY[:-3])

    [second] = write(tmp_path, FERRY)

    assert read(tmp_path, [first, second]) == {first: HARBOUR, second: FERRY}


def test_what_is_not_there_or_not_whole_is_left_out(tmp_path: Path):
    first, second = write(tmp_path, HARBOUR, FERRY)
    path = next(tmp_path.iterdir())
    path.write_bytes(b"\x7f" * len(HARBOUR) + path.read_bytes()[len(HARBOUR) : -1])

    assert read(tmp_path, [first, second, second + (1 << 40), NOWHERE]) == {}


def test_made_anew_old_rows_go_and_new_ones_are_found(tmp_path: Path):
    [old] = write(tmp_path, HARBOUR)
    writer = SpokenWriter(tmp_path)
    writer.start_anew()
    new = writer.add(FERRY)
    writer.flush()

    assert read(tmp_path, [old, new]) == {old: HARBOUR, new: FERRY}
    writer.drop_older()
    assert read(tmp_path, [old, new]) == {new: FERRY}
    writer.close()


def test_a_row_longer_than_can_be_kept_is_not(tmp_path: Path):
    assert write(tmp_path, bytes((MOST_NUMBERS + 1) * NUMBER_BYTES)) == [NOWHERE]


async def hits(archive: LocalArchive) -> tuple[Hit, ...]:
    [ranking] = await archive.search([Query(terms=(Term("harbour"),))])
    return ranking


async def test_a_hit_brings_its_words_and_goes_without_where_they_are_lost(tmp_path: Path):
    archive = await LocalArchive.open(tmp_path)
    article = make_article("The harbour is closed.", "Ferries are late. " * 40, headline="A harbour's day")
    await archive.add([article])

    found = await hits(archive)
    assert found
    assert [hit.words for hit in found] == [pack(hit.passage) for hit in found]

    await archive.rebuild()
    assert [hit.words for hit in await hits(archive)] == [pack(hit.passage) for hit in found]

    for path in (tmp_path / INDEX).glob("spoken-*"):
        path.unlink()
    assert [hit.words for hit in await hits(archive)] == [b"" for _ in found]
    await archive.close()
