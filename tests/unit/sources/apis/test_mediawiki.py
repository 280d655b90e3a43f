"""What both of MediaWiki's sources share: continuation, lag, refusals."""

import pytest

from backstory.errors import FetchError, SourceError
from backstory.sources.apis.mediawiki import ask_wiki, continued, pages_of
from servers.http import Answer
from servers.mediawiki import LAGGED, MediaWiki, error

pytestmark = pytest.mark.network


@pytest.fixture
def wiki():
    with MediaWiki({f"Page {number}": f"words of {number}" for number in range(7)}, whole=3) as wiki:
        yield wiki


async def ask(wiki, door, question):
    return await ask_wiki(door, wiki.address, question, source="wikinews", why="a test")


async def test_what_does_not_fit_is_asked_for_until_all_is_there(wiki, door):
    question = {"titles": "|".join(f"Page {number}" for number in range(8))}  # the last is not there
    found: list[tuple[str, str]] = []
    while question:
        answer = await ask(wiki, door, question)
        found += pages_of(answer)
        question = continued(answer, question)

    assert sorted(found) == [(f"Page {number}", f"words of {number}") for number in range(7)]
    assert len(wiki.asked) == 3


@pytest.mark.parametrize(
    "busy", [LAGGED, error("ratelimited", "You've exceeded your rate limit."), error("readonly", "Being moved.")]
)
async def test_a_busy_wiki_is_asked_again_later(wiki, door, busy):
    wiki.next_answers = [busy]
    with pytest.raises(FetchError) as caught:
        await ask(wiki, door, {"titles": "Page 1"})
    assert (caught.value.status, caught.value.retry_after) == (503, 5.0)


async def test_a_wrong_question_is_told_in_the_wikis_words(wiki, door):
    with pytest.raises(SourceError, match="wikinews says: Too many values"):
        await ask(wiki, door, {"titles": "|".join(f"Page {number}" for number in range(51))})


async def test_hostile_answers_bring_nothing(wiki, door):
    for body in (
        b'{"query": 7}',
        b'{"query": {"pages": {"1": []}}, "continue": [1]}',
        b'{"query": {"pages": [{}, 1]}}',
    ):
        wiki.next_answers = [Answer(body=body, headers=(("Content-Type", "application/json"),))]
        answer = await ask(wiki, door, {"titles": "Page 1"})
        assert list(pages_of(answer)) == []
        assert continued(answer, {"titles": "Page 1"}) == {}
