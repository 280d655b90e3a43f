"""How an interface is asked: a step's key to the question, the question to the answer.

A key is the question itself, as a query string. What it holds besides the request's own parameters is for the source
alone.
"""

import asyncio
from collections.abc import Collection, Mapping
from urllib.parse import parse_qsl, urlencode

from backstory.errors import FetchError, SourceError
from backstory.model import Errand, Interval, Step
from backstory.ports import Door, FetchedPage
from backstory.sources.apis.answers import Record, to_record

REFUSED = frozenset({401, 403})
"""How most interfaces say that they will not answer this asker."""


def to_step(days: Interval, question: Mapping[str, str | int], *, requests: int = 1) -> Step:
    """A step that asks this question about these days; what is empty is not asked."""
    key = urlencode({name: value for name, value in question.items() if value != ""})
    return Step(key=key, days=days, requests=requests)


def question_of(step: Step) -> dict[str, str]:
    """What a step asks.

    Raises:
        SourceError: the key is none of ours.
    """
    try:
        return dict(parse_qsl(step.key, strict_parsing=True))
    except ValueError as error:
        raise SourceError(f"no step is called {step.key!r}") from error


async def ask(door: Door, errand: Errand, *, source: str, refused: Collection[int] = REFUSED) -> Record:
    """What an interface answers, which is to be a JSON object.

    Raises:
        SourceError: it refuses the key, or what it says means nothing.
        FetchError: it could not be asked.
    """
    page = await fetch(door, errand, source=source, refused=refused)
    return await asyncio.to_thread(to_record, page.body, source)


async def fetch(door: Door, errand: Errand, *, source: str, refused: Collection[int] = REFUSED) -> FetchedPage:
    """What an interface answers, in whatever form; raises as `ask` does."""
    try:
        return await door.get(errand)
    except FetchError as error:
        if error.status in refused:
            told = f"its key: look at {source}_key" if errand.secret else "to answer"
            raise SourceError(f"{source} refuses {told} (it answered {error.status})") from error
        raise
