"""What went wrong with a page, as a person reads it."""

from collections.abc import Mapping
from dataclasses import dataclass

from backstory.errors import BackstoryError, FetchError, FetchRefusedError
from backstory.web.problems import PROBLEMS, ProblemError, problem_name

_REFUSED, _NOT_FETCHED = 422, 502  # statuses


@dataclass(frozen=True, slots=True)
class Trouble:
    """Words for a person, with the status and the headers that say the same to a browser."""

    words: str
    status: int
    headers: Mapping[str, str] | None = None


def trouble_of(error: ProblemError | BackstoryError) -> Trouble:
    """The trouble that an error is to a reader. One that is not a reader's business is raised again."""
    match error:
        case ProblemError():
            return _of_problem(error.name, error.detail, error.headers)
        case FetchRefusedError():
            return Trouble(f"This is not fetched: {error}.", _REFUSED)
        case FetchError():
            return Trouble(f"{error}.", _NOT_FETCHED)
    name = problem_name(type(error))
    if name is None:
        raise error
    return _of_problem(name, str(error))


def _of_problem(name: str, detail: str, headers: Mapping[str, str] | None = None) -> Trouble:
    problem = PROBLEMS[name]
    return Trouble(f"{problem.title}: {detail}.", problem.status, headers)
