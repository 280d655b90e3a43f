"""Article → claims: its sentences, each with what stands in it and how much it claims."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import TypeVar

from backstory.claims.checkworthy import Setting, checkworthy
from backstory.claims.factual import factual
from backstory.claims.phrases import FINITE, Sentence
from backstory.claims.speech import read_speech
from backstory.model import Article, Attribution, Block, Claim, Span, TimeExpression

_Placed = TypeVar("_Placed", TimeExpression, Attribution)

_SHOWN_FROM = 0.5  # the probability of stating a fact from which a sentence is a claim
_TITLES = frozenset({"heading", "caption"})
_FULL_STOPS = frozenset('.!?…"”’»)')


def find_claims(
    article: Article,
    times: tuple[TimeExpression, ...],
    attributions: tuple[Attribution, ...],
    *,
    all_sentences: bool = False,
) -> tuple[Claim, ...]:
    """The article's claims in order; with `all_sentences` every sentence, whatever it states.

    A heading or caption counts only where it is a sentence.
    """
    read, _ = read_speech(article)
    starts = [sentence.span.start for sentence in read]
    inside = _by_sentence(starts, read, ((time.span, time) for time in times))
    said = _by_sentence(starts, read, ((span, each) for each in attributions for span in (each.content, each.cue)))
    claims = (
        _claim(article, sentence, inside[number], said[number])
        for number, sentence in enumerate(read)
        if _is_sentence(article.blocks[sentence.block], sentence, article.text)
    )
    return tuple(claim for claim in claims if all_sentences or claim.factual >= _SHOWN_FROM)


def _by_sentence(
    starts: Sequence[int], read: Sequence[Sentence], placed: Iterable[tuple[Span, _Placed]]
) -> dict[int, list[_Placed]]:
    """What stands at least partly in each sentence, by the sentence's number."""
    found: dict[int, list[_Placed]] = defaultdict(list)
    for span, thing in placed:
        first = max(0, bisect_right(starts, span.start) - 1)
        for number in range(first, bisect_left(starts, span.end)):
            if read[number].span.overlaps(span):
                found[number].append(thing)
    return found


def _claim(article: Article, sentence: Sentence, times: Sequence[TimeExpression], said: Sequence[Attribution]) -> Claim:
    span = sentence.span
    inside = tuple(time for time in times if span.covers(time.span))
    probability = factual(sentence, article.language)
    return Claim(
        span=span,
        text=span.of(article.text),
        times=inside,
        attribution=max(said, key=lambda a: _shared(span, a), default=None),
        factual=round(probability, 4),
        checkworthy=round(checkworthy(Setting(sentence, inside, said, article.published), probability), 4),
    )


def _shared(span: Span, attribution: Attribution) -> tuple[int, int]:
    """How many characters of the content lie in a sentence; of equals, the one whose cue stands there."""
    content = attribution.content
    return min(span.end, content.end) - max(span.start, content.start), int(span.overlaps(attribution.cue))


def _is_sentence(block: Block, sentence: Sentence, text: str) -> bool:
    if block.kind not in _TITLES:
        return True
    return text[sentence.span.end - 1] in _FULL_STOPS and any(tag in FINITE for tag in sentence.tags)
