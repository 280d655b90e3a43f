"""Somebody's interface on this machine: answers for as long as a block runs, and remembers what it was asked."""

import json
from contextlib import ExitStack
from typing import Self

from servers.http import Answer, Request, serving

JSON = ("Content-Type", "application/json; charset=utf-8")
_ROBOTS = "/robots.txt"


def as_json(document: object, status: int = 200, **headers: object) -> Answer:
    """An answer in JSON; headers by names with underscores."""
    more = tuple((name.replace("_", "-"), str(value)) for name, value in headers.items())
    return Answer(status=status, body=json.dumps(document).encode(), headers=(JSON, *more))


class Interface:
    """A server of its own while the block runs, at `address`. A subclass says what it `answer`s."""

    def __init__(self) -> None:
        self.asked: list[Request] = []
        self.next_answers: list[Answer] = []
        """Answers that come before any other, as a server in trouble gives them."""
        self._stack = ExitStack()

    def answer(self, request: Request) -> Answer:
        raise NotImplementedError

    def __enter__(self) -> Self:
        self.address = self._stack.enter_context(serving(self)).origin
        return self

    def __exit__(self, *_error: object) -> None:
        self._stack.close()

    def __call__(self, request: Request) -> Answer:
        if request.path == _ROBOTS:
            # Interfaces keep crawlers out of what programs may ask.
            return Answer(body=b"User-agent: *\nDisallow: /\n", headers=(("Content-Type", "text/plain"),))
        self.asked.append(request)
        return self.next_answers.pop(0) if self.next_answers else self.answer(request)
