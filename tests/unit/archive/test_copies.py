"""What makes two articles copies of one another."""

from dataclasses import replace

import pytest

from backstory.archive.copies import MAX_DAYS, MAX_WORDS, fingerprint, grouped, is_copy
from backstory.model import Article
from factories import make_article

SENTENCES = (
    "The harbour of Lindau was closed on Monday after a ferry with ninety people on board struck the eastern pier.",
    "Nobody was hurt, the port authority said, but the pier will stay shut until divers have looked at its feet.",
    "Mayor Ida Berg told reporters that the town would ask the ferry company to pay for what had been broken.",
    "Ferries to Bregenz and Romanshorn leave from the western pier for the time being, twice an hour until evening.",
    "The company said that its captain had reported trouble with the engine a few minutes before the ship came in.",
    "In 2011 a cargo boat had damaged the same pier, which was then repaired at a cost of two million euros.",
)
OTHERS = (
    "Beekeepers around the lake expect a poor harvest this year because it rained for most of April and May.",
    "Prices for a jar of honey have gone up by a third since last summer, an association of growers said.",
    "Some have begun to feed their bees with sugar, which is allowed only until the first flowers have opened.",
    "The ministry in Munich promised to look into help for small holdings before the end of the season.",
)


def copies(one: Article, other: Article) -> bool:
    """Whether they are, where two outlets published them."""
    first, second = fingerprint(one), fingerprint(replace(other, publisher="Another"))
    assert is_copy(first, second) == is_copy(second, first)
    return is_copy(first, second)


REPORT = make_article(*SENTENCES)


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(make_article(*SENTENCES, headline="Another headline"), id="a new headline"),
        pytest.param(make_article(*SENTENCES[:2]), id="cut after two paragraphs"),
        pytest.param(make_article(OTHERS[0], *SENTENCES, OTHERS[1]), id="a paragraph before and one behind"),
        pytest.param(make_article(SENTENCES[0], OTHERS[2], *SENTENCES[2:4], OTHERS[3]), id="every third sentence new"),
        pytest.param(make_article(" ".join(SENTENCES).upper()), id="in capitals and one paragraph"),
        pytest.param(make_article(*SENTENCES, published="2024-05-10"), id="three days later"),
    ],
)
def test_a_report_that_is_carried_on_is_a_copy(other: Article) -> None:
    assert copies(REPORT, other)


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(make_article(*OTHERS), id="another report"),
        pytest.param(make_article(SENTENCES[0], *OTHERS), id="one sentence quoted"),
        pytest.param(make_article(*SENTENCES, published="2024-05-11"), id="four days later"),
        pytest.param(make_article(*OTHERS * 4, *SENTENCES[:2]), id="quoted at the end of a long one"),
        pytest.param(make_article(SENTENCES[0][:60]), id="too short to tell"),
        pytest.param(make_article("."), id="without words"),
    ],
)
def test_what_is_told_anew_is_none(other: Article) -> None:
    assert not copies(REPORT, other)


def test_of_two_from_one_agency_less_has_to_agree() -> None:
    wire = make_article(f"LINDAU (Reuters) - {SENTENCES[0]}", *SENTENCES[1:4])
    first, rest = SENTENCES[0], (OTHERS[0], SENTENCES[2], *OTHERS[1:])

    assert not copies(wire, make_article(first, *rest))
    assert copies(wire, make_article(f"LINDAU, May 7 (Reuters) \N{EM DASH} {first}", *rest))
    assert copies(wire, make_article(first, *rest, authors=("Thomson Reuters",)))
    assert not copies(wire, make_article(f"LINDAU (AP) - {first}", *rest))


def test_of_two_from_one_outlet_more_has_to_agree() -> None:
    report, same, written_on = map(
        fingerprint, (REPORT, make_article(*SENTENCES[:5]), make_article(*SENTENCES[:4], *OTHERS))
    )

    assert is_copy(report, same)
    assert not is_copy(report, written_on)
    assert copies(REPORT, make_article(*SENTENCES[:4], *OTHERS))


def test_scripts_without_spaces_are_read_by_the_character() -> None:
    text = "".join(chr(0x4E00 + 7 * number) for number in range(60))

    assert copies(make_article(text, language="zh"), make_article(text[:40], language="zh"))


def test_no_more_than_so_many_words_are_read() -> None:
    long = make_article(" ".join(f"word{number}" for number in range(3 * MAX_WORDS)))

    assert len(fingerprint(long).runs) < MAX_WORDS


def test_copies_of_copies_are_one_group() -> None:
    later = make_article(*SENTENCES, published="2024-05-10")
    latest = make_article(*SENTENCES, published="2024-05-13")
    prints = dict(enumerate(map(fingerprint, (REPORT, make_article(*OTHERS), latest, later))))

    assert not copies(REPORT, latest)
    assert grouped(prints) == [[0, 2, 3], [1]]
    assert MAX_DAYS == 3
