from datetime import date

import pytest

from backstory.archive.memory import MemoryArchive
from backstory.embedding import EmbeddedArchive, OnnxEmbedder
from backstory.embedding.vectors import VectorStore
from backstory.model import Publication
from factories import make_article, make_publication
from unit.embedding.tiny_model import make_model

PIER = "https://example.org/pier"
BANK = "https://example.org/bank"
LATER = Publication(date(2024, 6, 1))


@pytest.fixture
def embedder(tmp_path):
    return OnnxEmbedder(tmp_path / "tiny", digest=make_model(tmp_path / "tiny"))


@pytest.fixture
def store(tmp_path, embedder):
    return VectorStore(tmp_path / "vectors.sqlite", model=embedder.name, dimensions=embedder.dimensions)


@pytest.fixture
def archive(embedder, store):
    return EmbeddedArchive(MemoryArchive(), embedder, store)


def urls(ranking):
    return [hit.passage.url for hit in ranking]


async def test_a_report_is_found_by_what_it_means(archive):
    await archive.add([make_article("pier", url=PIER), make_article("bank", url=BANK)])

    found = await archive.near(["jetty", "lender"], LATER, limit=1)

    assert [urls(ranking) for ranking in found.rankings] == [[PIER], [BANK]]
    assert found.rankings[0][0].score == pytest.approx(1, abs=1e-3)


async def test_only_what_is_strictly_earlier_is_near(archive):
    same_day = make_publication("2024-06-01")
    await archive.add([make_article("pier", url=PIER, published=same_day)])

    assert (await archive.near(["pier"], LATER, limit=5)).rankings == ((),)


async def test_what_was_forgotten_is_not_near(archive):
    await archive.add([make_article("pier", url=PIER)])
    await archive.forget(PIER)

    assert (await archive.near(["pier"], LATER, limit=5)).rankings == ((),)


async def test_given_passages_are_told_how_near_they_are(archive):
    await archive.add([make_article("pier", url=PIER), make_article("bank", url=BANK)])
    [[hit]] = (await archive.near(["bank"], LATER, limit=1)).rankings

    found = await archive.near(["lender"], LATER, limit=1, passages=[hit.passage])

    assert found.cosines[0, hit.passage.id] == pytest.approx(hit.score)
    assert hit.score > 0.5


async def test_a_headline_says_what_a_passage_is_about(archive):
    await archive.add([make_article("It was long.", url=PIER, headline="pier"), make_article("match", url=BANK)])

    [ranking] = (await archive.near(["jetty"], LATER, limit=1)).rankings

    assert urls(ranking) == [PIER]


async def test_what_came_in_before_the_model_is_embedded_later(embedder, store):
    inner = MemoryArchive()
    await inner.add([make_article("pier", url=PIER), make_article("bank", url=BANK)])
    archive = EmbeddedArchive(inner, embedder, store)

    assert await archive.catch_up() == 2
    assert await archive.catch_up() == 0
    assert [urls(ranking) for ranking in (await archive.near(["jetty"], LATER, limit=1)).rankings] == [[PIER]]


async def test_catching_up_drops_what_is_gone_and_renews_what_changed(embedder, store):
    inner = MemoryArchive()
    archive = EmbeddedArchive(inner, embedder, store)
    await archive.add([make_article("pier", url=PIER), make_article("bank", url=BANK)])
    await inner.forget(BANK)
    await inner.add([make_article("match", url=PIER)])

    assert await archive.catch_up() == 1
    assert set(store.digests()) == {PIER}
    [ranking] = (await archive.near(["match"], LATER, limit=5)).rankings
    assert urls(ranking) == [PIER]
