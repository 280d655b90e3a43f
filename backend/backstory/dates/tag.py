"""A text to its time expressions: split, match, reckon, in one pass from left to right."""

from functools import partial

from backstory.dates import tense, timex
from backstory.dates.language import Language, load, supported
from backstory.dates.reading import Reading
from backstory.dates.resolve import resolve
from backstory.dates.scene import Scene
from backstory.dates.story import Mention, Story
from backstory.dates.tokens import split
from backstory.dates.wording import day_words
from backstory.model import Publication, Span, TimeExpression


def tag(text: str, published: Publication, language: str = "en") -> tuple[TimeExpression, ...]:
    """Find the time expressions of a text, in order and apart, read as of its day of publication.

    Spans leave out prepositions. A language that is not supported gives none.
    """
    if not supported(language):
        return ()
    return tuple(_expressions(text, Story(published), load(language)))


def correct(span: Span, value: str, published: Publication) -> TimeExpression:
    """A reader's correction: the expression reads as this TIMEX3 value. Raises ValueError if it means nothing."""
    value = value.strip()
    return TimeExpression(
        span=span,
        type=timex.kind_of(value),
        value=value,
        interval=timex.interval_of(value),
        relative_to=published.day,
        reckoned="as a reader put it right",
    )


def _expressions(text: str, story: Story, language: Language) -> list[TimeExpression]:
    tokens = split(text)
    codes = language.lexicon.encode(tokens.words)
    found = []
    for frames in language.frames(tokens, codes):
        for frame in frames:
            way = partial(tense.way, tokens.words, codes, frame.first, frame.after, language.lexicon)
            reading = resolve(frame, Scene(story, way))
            if reading is None:
                continue
            found.append(_expression(tokens.span(frame.first, frame.after), reading))
            if reading.interval is not None and reading.type in ("DATE", "TIME"):
                story.mentions.append(Mention(reading.interval, reading.value, frame.first, reading.full))
    return found


def _expression(span: Span, reading: Reading) -> TimeExpression:
    return TimeExpression(
        span=span,
        type=reading.type,
        value=reading.value,
        interval=reading.interval,
        mod=reading.mod,
        relative_to=reading.anchor,
        reckoned=reading.reckoned or (day_words(reading.interval.start) if reading.interval and len(reading.value) == 10 else ""),
    )
